"""One whole hearing through production's own processes: published, commented, moderated, closed, reported."""

import datetime as dt
import json
import re
import time
import urllib.request
from collections.abc import Callable
from email.message import Message
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from participation.hearings.models import Comment, Hearing
from participation.processes.models import FiredEffect
from portal.jobs.models import Job
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.hearings import HearingPair, hearing_pair
from tests.production.conftest import SITE, Running
from tests.production.visitor import Answer, FormReader, Visitor

pytestmark = [pytest.mark.production, pytest.mark.timeout(420)]
FORMATS = {"xlsx", "csv", "json", "pdf", "docx"}
TEXTS = {"fi": "Lähibussi jokaiseen kylään, myös öisin.", "sv": "Närbuss till varje by, också på natten."}


def wait_for(question: Callable[[], object], what: str, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < deadline, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.3)


def signed_in(running: Running, **role: bool) -> Visitor:
    user = UserFactory(language="fi", **role)
    visitor = running.visitor()
    page = visitor.visit("/cms/login/")
    answer = visitor.submit(page, login=user.email, password=PASSWORD)
    assert (answer.status, answer.url) == (200, f"{SITE}/cms/"), answer.errors()
    return visitor


def publish(editor: Visitor, pair: HearingPair) -> None:
    """Both language versions by the explorer's bulk action, then the word that they say the same."""
    address = f"/cms/bulk/wagtailcore/page/publish/?id={pair.fi.pk}&id={pair.sv.pk}&next=/cms/"
    answer = editor.submit(editor.visit(address), "publish")
    assert answer.status == 200
    languages = f"/cms/participations/{pair.hearing.public_id}/languages/"
    answer = editor.submit(editor.visit(languages), "/confirm/")
    assert answer.status == 200


def open_now(official: Visitor, pair: HearingPair) -> None:
    now = timezone.localtime()
    until = now + dt.timedelta(days=20)
    address = f"/cms/participations/{pair.hearing.public_id}/"
    answer = official.submit(
        official.visit(address),
        opens_at_day=f"{now.day}.{now.month}.{now.year}",
        opens_at_time="",
        closes_at_day=f"{until.day}.{until.month}.{until.year}",
        closes_at_time="",
    )
    assert answer.status == 200, answer.errors()
    hearing = Hearing.objects.get(pk=pair.hearing.pk)
    assert hearing.state == "open", hearing.facts


def comment(running: Running, pair: HearingPair, language: str) -> tuple[Visitor, Answer]:
    resident = running.visitor()
    page = resident.visit(pair.page(language).get_url())
    assert page.status == 200
    receipt = resident.submit(page, text=TEXTS[language], language=language)
    assert receipt.status == 200, receipt.errors()
    return resident, receipt


def moderate(moderator: Visitor, text: str) -> None:
    found = Comment.objects.get(original_text=text)
    answer = moderator.submit(moderator.visit("/cms/moderation/"), "?", one=str(found.public_id))
    assert answer.status == 200
    found.refresh_from_db()
    assert found.moderation_state == "published"


def files_of_report(official: Visitor, pair: HearingPair) -> dict[str, Answer]:
    address = f"/cms/participations/{pair.hearing.public_id}/reports/"
    answer = official.submit(official.visit(address), languages=["fi", "sv"], formats=sorted(FORMATS))
    assert answer.status == 200, answer.errors()
    ordered = Job.objects.filter(kind__contains="report")
    wait_for(lambda: ordered.filter(state__in=["done", "failed"]).exists(), "the report's job", 240)
    job = ordered.get()
    assert job.state == "done", job.message
    page = official.visit(address)
    links = sorted(set(re.findall(r'href="(/files/[0-9a-f-]+)"', page.text)))
    answers = [official.visit(link) for link in links]
    assert {answer.status for answer in answers} == {200}
    return {file_name(answer): answer for answer in answers}


def file_name(answer: Answer) -> str:
    message = Message()
    message["Content-Disposition"] = answer.headers["content-disposition"]
    return message.get_filename() or ""


def closed_to_plain_http_and_ready(running: Running) -> None:
    visitor = running.visitor()
    ready = visitor.visit("/health/ready")
    assert (ready.status, json.loads(ready.text)) == (200, {"status": "ok"})
    host = {"Host": urlsplit(SITE).netloc}
    asked = urllib.request.Request(f"http://127.0.0.1:{running.port}/health/ready", headers=host)
    with urllib.request.urlopen(asked, timeout=10) as answer:
        checks = json.load(answer)["checks"]
    assert checks == dict.fromkeys(("database", "migrations", "cache", "broker"), "ok")
    front = visitor.visit("/fi/")
    assert front.headers["strict-transport-security"].startswith("max-age=31536000")
    assert "upgrade-insecure-requests" in front.headers["content-security-policy"]
    assert front.url.startswith(SITE)
    assert not visitor.cookies


def test_a_whole_hearing(portal_running):
    """On a site that is ready and closed to plain HTTP; one test, for what starting it takes."""
    closed_to_plain_http_and_ready(portal_running)
    pair = hearing_pair(state="draft", fi={"live": False}, sv={"live": False})
    for page in (pair.fi, pair.sv):
        page.save_revision()
    editor = signed_in(portal_running, editor=True)
    official = signed_in(portal_running, official=True)
    moderator = signed_in(portal_running, moderator=True)

    publish(editor, pair)
    open_now(official, pair)

    for language, text in TEXTS.items():
        resident, _receipt = comment(portal_running, pair, language)
        assert text not in portal_running.visitor().visit(pair.page(language).get_url()).text
        moderate(moderator, text)
        for other in ("fi", "sv"):
            assert text in resident.visit(pair.page(other).get_url()).text

    Hearing.objects.filter(pk=pair.hearing.pk).update(closes_at=timezone.now())
    effects = FiredEffect.objects.filter(participation=pair.hearing, effect="closed")
    wait_for(effects.exists, "closing, told by beat and done by the worker", 60)
    for language in TEXTS:
        closed = portal_running.visitor().visit(pair.page(language).get_url())
        assert closed.status == 200
        assert "text" not in {name for form in FormReader(closed.text).forms for name, _ in form.fields}

    files = files_of_report(official, pair)
    assert {name.rpartition(".")[2] for name in files} == FORMATS
    for language, title in (("fi", "Palvelulupaus"), ("sv", "Servicelöftet")):
        named = [name for name in files if title in name]
        assert {name.rpartition(".")[2] for name in named} == FORMATS, sorted(files)
        [table] = [files[name] for name in named if name.endswith(".csv")]
        assert all(text in table.body.decode("utf-8-sig") for text in TEXTS.values()), language
    resident = portal_running.visitor()
    assert resident.visit(next(iter(files.values())).url).status in {403, 404}
