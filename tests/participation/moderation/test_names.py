"""Covering the name apart from the text: what is kept, what is shown, and who is told."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from participation.hearings.models import Comment
from participation.moderation import services
from participation.moderation.errors import ContributionMeanwhileChanged, ModerationRefused
from participation.moderation.models import ModerationAct
from participation.processes.models import ContributorAddress
from participation.processes.receipts import receipt_code
from participation.processes.services import contributions
from participation.reports.models import Report
from portal.audit.models import Entry
from portal.mail.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NAME, TEXT = "Kanarialintu Meikäläinen", "Bussi kulkee liian harvoin."
COVERED = {"fi": "Nimi peitetty", "sv": "Namnet övertäckt"}


@pytest.fixture
def comment(pair):
    return CommentFactory(participation=pair.hearing, display_name=NAME, original_text=TEXT)


def cover(comment, moderator, **changes):
    arguments = {"reason": "personal_data"} | changes
    return services.cover_name(contribution=comment, actor=moderator, **arguments)


def fresh(comment):
    return Comment.objects.get(pk=comment.pk)


def test_the_name_goes_and_the_text_stays(comment, moderator):
    act = cover(comment, moderator, note="Nimi on toisen ihmisen.")
    row = fresh(comment)
    assert (row.display_name, row.covered_name, row.is_name_covered) == ("", NAME, True)
    assert (row.public_text, row.is_redacted, row.moderation_state) == (TEXT, False, "published")
    assert (act.kind, act.reason, act.state_before, act.state_after) == (
        "cover_name",
        "personal_data",
        "published",
        "published",
    )
    entry = Entry.objects.get(verb="moderation.cover_name")
    assert (entry.actor, entry.public_id) == (moderator.public_id, str(comment.public_id))


def test_the_name_can_be_shown_again(comment, moderator):
    cover(comment, moderator)
    services.show_name(contribution=comment, actor=moderator)
    assert (fresh(comment).display_name, fresh(comment).covered_name) == (NAME, "")
    with pytest.raises(ModerationRefused):
        services.show_name(contribution=comment, actor=moderator)


@pytest.mark.parametrize("fields", [{"display_name": ""}, {"is_official": True}, {"withdrawn": True}])
def test_where_no_writers_name_is_shown_none_is_covered(pair, moderator, fields):
    comment = CommentFactory(participation=pair.hearing, **({"display_name": NAME} | fields))
    with pytest.raises(ModerationRefused):
        cover(comment, moderator)
    assert not ModerationAct.objects.exists()


@pytest.mark.parametrize(("reason", "note"), [("", ""), ("unknown", ""), ("other", " ")])
def test_covering_a_name_needs_a_reason(comment, moderator, reason, note):
    with pytest.raises(ModerationRefused):
        cover(comment, moderator, reason=reason, note=note)
    assert fresh(comment).display_name == NAME


def test_covering_a_name_meanwhile_counts_as_a_change(comment, moderator):
    seen = services.version_of(comment)
    cover(comment, moderator)
    with pytest.raises(ContributionMeanwhileChanged):
        services.hide(contribution=comment, actor=moderator, reason="insults", expected=seen)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_pages_say_that_the_name_is_covered(client, pair, comment, moderator, language):
    reply = CommentFactory(participation=pair.hearing, parent=comment, display_name="Naapuri")
    cover(comment, moderator)
    with translation.override(language):
        thread = reverse("hearings:thread", args=[comment.public_id])
        report = reverse("hearings:report_comment", args=[comment.public_id])
    page = pair.page(language)
    for address in (page.url, f"{page.url}?reply={comment.public_id}", thread, report):
        body = client.get(address).content.decode()
        assert NAME not in body, address
        assert TEXT in body, address
        assert (COVERED[language] in body) or address == report, address
    assert reply.display_name in client.get(page.url).content.decode()


def test_the_page_that_visitors_have_is_replaced(
    client, pair, comment, moderator, django_capture_on_commit_callbacks
):
    assert NAME in client.get(pair.fi.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        cover(comment, moderator)
    assert NAME not in client.get(pair.fi.url).content.decode()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_writer_is_told_and_can_ask_for_a_review(client, comment, moderator, language):
    ContributorAddress.objects.create(
        contribution=comment,
        email="kirjoittaja@example.fi",
        language=language,
        erase_after=timezone.now() + dt.timedelta(days=1),
    )
    cover(comment, moderator)
    mail = OutgoingMail.objects.get()
    assert (mail.template, mail.language) == ("moderation/name_covered", language)
    assert NAME not in mail.body
    with translation.override(language):
        address = reverse("hearings:receipt", args=[receipt_code(comment.public_id)])
    said = {"fi": "Moderaattori on peittänyt", "sv": "En moderator har täckt över"}[language]
    assert said in client.get(address).content.decode()
    services.ask_for_review(contribution=fresh(comment))
    services.show_name(contribution=comment, actor=moderator)
    assert OutgoingMail.objects.filter(template="moderation/name_shown", language=language).count() == 1
    assert not services.may_ask_for_review(fresh(comment))


def test_the_log_counts_names_beside_texts(client, pair, comment, moderator):
    services.redact(contribution=comment, actor=moderator, text="[peitetty]", reason="insults")
    cover(comment, moderator)
    other = CommentFactory(participation=pair.hearing, display_name=NAME)
    cover(other, moderator, reason="insults")
    services.show_name(contribution=other, actor=moderator)
    with translation.override("fi"):
        response = client.get(reverse("moderation:log"))
    [row] = response.context["rows"]
    assert [number for _label, number in row.redacted] == [1]
    assert [number for _label, number in row.names_covered] == [1]
    assert NAME not in response.content.decode()
    assert "Nimi peitetty:" in response.content.decode()


def test_a_report_that_may_hold_the_name_is_withdrawn(pair, comment, moderator):
    report = Report.objects.create(
        participation=pair.hearing, read_from=timezone.now(), taken_at=timezone.now()
    )
    cover(comment, moderator)
    report.refresh_from_db()
    assert report.is_superseded
    assert report.change_counts() == {"redacted": 1}


def test_a_covered_name_is_destroyed_with_the_text(comment, moderator):
    cover(comment, moderator)
    contributions.destroy(contribution=comment, actor=moderator, decision="ESIM/2/2026")
    assert (fresh(comment).display_name, fresh(comment).covered_name) == ("", "")


def test_a_covered_name_goes_with_its_owners_account(pair, moderator):
    comment = CommentFactory(participation=pair.hearing, display_name=NAME, author=UserFactory())
    cover(comment, moderator)
    contributions.forget_author(comment.author)
    assert (fresh(comment).author, fresh(comment).covered_name) == (None, "")


def desk(comment):
    return reverse("moderation_admin:contribution", args=[comment.public_id])


def sent(comment, act, **fields):
    values = {"act": act, "version": services.version_of(fresh(comment))} | fields
    return {f"name_shown-{name}": value for name, value in values.items()}


def test_the_desk_covers_a_name_and_shows_it_again(client, comment, moderator):
    client.force_login(moderator)
    assert "Peitä nimi" in client.get(desk(comment)).content.decode()
    missing = client.post(desk(comment), sent(comment, "cover_name"))
    assert missing.status_code == 422
    assert fresh(comment).display_name == NAME
    assert client.post(desk(comment), sent(comment, "cover_name", reason="personal_data")).status_code == 302
    page = client.get(desk(comment)).content.decode()
    assert NAME in page
    assert "Näytä nimi taas" in page
    assert client.post(desk(comment), sent(comment, "show_name")).status_code == 302
    assert fresh(comment).display_name == NAME


@pytest.mark.parametrize("act", ["redact", "cover_name", "show_name", "unknown"])
def test_what_needs_a_form_of_its_own_is_not_done_by_another(client, comment, moderator, act):
    """Nor by an address sent by hand: it is told at the form, not as an error of the service."""
    client.force_login(moderator)
    version = services.version_of(comment)
    one = client.post(desk(comment), {"act": act, "reason": "insults", "version": version})
    many = {"bulk-act": act, "bulk-reason": "insults", "chosen": str(comment.public_id)}
    bulk = client.post("/cms/moderation/", many)
    assert (one.status_code, bulk.status_code) == (422, 422)
    assert not ModerationAct.objects.exists()
