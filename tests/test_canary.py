"""Hidden is hidden everywhere: a word in every text that may not be shown, hunted in every output."""

import io
import zipfile

import pytest
from django.core import mail
from django.core.files.storage import storages
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import override
from pypdf import PdfReader

from participation.moderation.enums import Reason
from participation.moderation.services import cover_name, hide, redact
from participation.processes.services import contributions
from participation.reports.models import Report
from participation.reports.services.ordering import request_report
from portal.jobs.models import JobFile
from portal.mail.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import home, index

pytestmark = pytest.mark.django_db

NOBODY = ("hidden", "withdrawn", "removed", "destroyed", "redacted")
"""Texts that no output may hold; the moderator's own desk is the one place that shows some of them."""
STAFF_ONLY = ("pending", "preparers")
"""Texts that the staff read and the public does not."""
SEEN = "kanarialintunakyvissa"


def canary(kind):
    return f"kanarialintu{kind}"


@pytest.fixture
def scene(django_capture_on_commit_callbacks):
    """An open hearing with a canary of each kind, brought there by the services that people's acts use."""
    pair = hearing_pair(state="open")
    moderator = UserFactory(moderator=True)

    def comment(kind, **fields):
        text = f"Tämä on {canary(kind)} ja muuta."
        return CommentFactory(
            participation=pair.hearing,
            part=pair.parts[0],
            original_text=text,
            display_name=canary(kind),
            **fields,
        )

    with django_capture_on_commit_callbacks(execute=True):
        seen = CommentFactory(participation=pair.hearing, original_text=f"Tämä on {SEEN}.")
        hide(contribution=comment("hidden"), actor=moderator, reason=Reason.values[0])
        contributions.withdraw(contribution=comment("withdrawn"))
        contributions.request_removal(contribution=comment("removed"))
        destroyed = comment("destroyed")
        contributions.request_removal(contribution=destroyed)
        contributions.destroy(contribution=destroyed, actor=moderator, decision="Päätös 1/2026")
        redacted = comment("redacted")
        cover_name(contribution=redacted, actor=moderator, reason=Reason.PERSONAL_DATA)
        redact(
            contribution=redacted,
            actor=moderator,
            text="Tämä on [poistettu] ja muuta.",
            reason=Reason.values[0],
        )
        comment("pending", pending=True)
        comment("preparers", preparers=True)
        CommentFactory(participation=pair.hearing, parent=seen, hidden=True, original_text=canary("hidden"))
    return pair


def own_patterns(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from own_patterns(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and pattern.callback.__module__.startswith(
            ("portal", "participation")
        ):
            yield route


def addresses(pair):
    """Every address of ours with every id that could lead somewhere, and every public page."""
    comments = list(pair.hearing.contributions.all())
    ids = [pair.hearing.public_id, *[comment.public_id for comment in comments]]
    ids += [report.public_id for report in Report.objects.all()]
    for language in ("fi", "sv"):
        yield from (pair.page(language).url, home(language).url, index("decision", language).url)
        yield f"{pair.page(language).url}?part={pair.parts[0].public_id}"
        with override(language):
            for route in own_patterns(get_resolver().url_patterns):
                if "<path" in route or "<int" in route:
                    continue
                if "<" not in route:
                    yield f"/{route}"
                    continue
                for public_id in ids:
                    yield f"/{filled(route, str(public_id))}"


def filled(route, public_id):
    words = []
    for word in route.split("/"):
        if word.startswith("<uuid"):
            word = public_id
        elif word.startswith("<str"):
            word = "answer"
        words.append(word)
    return "/".join(words)


@pytest.mark.parametrize("role", ["anonymous", "resident", "editor", "official"])
def test_no_address_shows_a_hidden_text_to_anybody_but_moderators(client, scene, role):
    forbidden = [canary(kind) for kind in NOBODY]
    if role != "anonymous":
        client.force_login(UserFactory(**({role: True} if role != "resident" else {})))
    if role in ("anonymous", "resident"):
        forbidden += [canary(kind) for kind in STAFF_ONLY]
    visited = 0
    for address in dict.fromkeys(addresses(scene)):
        response = client.get(address)
        content = b"".join(response.streaming_content) if response.streaming else response.content
        found = [word for word in forbidden if word.encode() in content]
        assert not found, f"{address} shows {found} to {role}"
        visited += response.status_code == 200
    assert visited >= 8
    assert SEEN in client.get(scene.fi.url).content.decode()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_search_finds_a_hidden_text(client, scene, language):
    with override(language):
        search, feed, titles = (reverse(f"search:{name}") for name in ("search", "feed", "suggestions"))
    assert client.get(search, {"q": SEEN}).context["results"].total == 1
    for word in (canary(kind) for kind in (*NOBODY, *STAFF_ONLY)):
        results = client.get(search, {"q": word}).context["results"]
        assert (results.found, results.results, results.better) == (0, [], "")
        assert b"<item>" not in client.get(feed, {"q": word}).content
        assert client.get(titles, {"q": word}).json() == {"titles": []}


def texts_of(name, data):
    """Everything a reader of the file could find."""
    if name.endswith(".pdf"):
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if name.endswith((".xlsx", ".docx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return " ".join(archive.read(member).decode("utf-8", "replace") for member in archive.namelist())
    return data.decode("utf-8-sig")


def test_no_file_holds_a_hidden_text(scene, django_capture_on_commit_callbacks):
    official = UserFactory(official=True)
    with django_capture_on_commit_callbacks(execute=True):
        report = request_report(
            participation=scene.hearing,
            languages=["fi", "sv"],
            formats=["xlsx", "csv", "json", "pdf", "docx"],
            actor=official,
        )
    report.refresh_from_db()
    files = list(JobFile.objects.filter(job=report.job))
    assert len(files) == 10
    with storages["private"].open(report.snapshot.name) as stored:
        held = {"snapshot": stored.read().decode()}
    for file in files:
        with file.file.open() as stored:
            held[file.name] = texts_of(file.name, stored.read())
    for name, text in held.items():
        compact = "".join(text.split())
        assert SEEN in compact, f"{name} lacks the comment everybody sees"
        found = [kind for kind in NOBODY if canary(kind) in compact]
        assert not found, f"{name} holds {found}"


def test_no_message_holds_any_of_them(scene):
    sent = [f"{message.subject} {message.body}" for message in mail.outbox]
    sent += [f"{message.subject} {message.body}" for message in OutgoingMail.objects.all()]
    assert not [text for text in sent if "kanarialintu" in text]


def test_cached_page_forgets_at_once(client, scene, django_capture_on_commit_callbacks):
    """Found in the anonymous copy, hidden, and gone from the next response."""
    assert SEEN in client.get(scene.sv.url).content.decode()
    seen = scene.hearing.contributions.get(original_text__contains=SEEN)
    with django_capture_on_commit_callbacks(execute=True):
        hide(contribution=seen, actor=UserFactory(moderator=True), reason=Reason.values[0])
    for language in ("fi", "sv"):
        assert SEEN not in client.get(scene.page(language).url).content.decode()
