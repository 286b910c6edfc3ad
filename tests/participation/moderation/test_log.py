"""The public log of moderation: numbers by hearing and reason, in both languages, and nothing else."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

from participation.moderation import services
from participation.moderation.enums import Reason
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "title"), [("fi", "Palvelulupaus"), ("sv", "Servicelöftet")])
def test_the_log_counts_by_reason_and_tells_no_names_or_texts(client, pair, moderator, language, title):
    comments = CommentFactory.create_batch(
        3, participation=pair.hearing, pending=True, display_name="Nimimerkki", original_text="kanarialintu"
    )
    for comment in comments[:2]:
        services.hide(contribution=comment, actor=moderator, reason="commercial", note="salainen viesti")
    services.redact(
        contribution=comments[2], actor=moderator, text="[peitetty]", reason="personal_data", publish=True
    )
    with translation.override(language):
        address = reverse("moderation:log")
        labels = [str(Reason.COMMERCIAL.label), str(Reason.PERSONAL_DATA.label)]
    assert address.startswith(f"/{language}/")
    response = client.get(address)
    page = response.content.decode()
    assert title in page
    assert all(label in page for label in labels)
    [row] = response.context["rows"]
    assert [number for _label, number in row.hidden] == [2]
    assert [number for _label, number in row.redacted] == [1]
    for secret in ("Nimimerkki", "kanarialintu", "salainen viesti", moderator.name, moderator.email):
        assert secret not in page


def test_what_is_not_for_everybody_is_not_in_the_log(client, pair, moderator):
    services.hide(contribution=CommentFactory(participation=pair.hearing), actor=moderator, reason="insults")
    for page in (pair.fi, pair.sv):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    with translation.override("fi"):
        assert client.get(reverse("moderation:log")).context["rows"] == []


def test_what_is_decided_twice_counts_once_and_restored_as_restored(client, pair, moderator):
    comment = CommentFactory(participation=pair.hearing)
    services.hide(contribution=comment, actor=moderator, reason="insults")
    services.restore(contribution=comment, actor=moderator)
    with translation.override("fi"):
        [row] = client.get(reverse("moderation:log")).context["rows"]
    assert (row.hidden, row.restored) == ([], 1)


def test_a_decision_that_stood_when_it_was_looked_at_again_still_counts(client, pair, moderator):
    hidden, redacted = CommentFactory.create_batch(2, participation=pair.hearing)
    services.hide(contribution=hidden, actor=moderator, reason="insults")
    services.redact(contribution=redacted, actor=moderator, text="[peitetty]", reason="personal_data")
    for comment in (hidden, redacted):
        comment.refresh_from_db()
        services.ask_for_review(contribution=comment)
        services.keep(contribution=comment, actor=moderator)
    with translation.override("fi"):
        [row] = client.get(reverse("moderation:log")).context["rows"]
    assert ([number for _label, number in row.hidden], [number for _label, number in row.redacted]) == (
        [1],
        [1],
    )


def test_a_text_hidden_before_anybody_saw_it_is_in_the_log_at_once(
    client, pair, moderator, django_capture_on_commit_callbacks
):
    """The log is cached whole like any page of visitors."""
    waiting = CommentFactory(participation=pair.hearing, pending=True)
    with translation.override("fi"):
        address = reverse("moderation:log")
        reason = str(Reason.COMMERCIAL.label)
    assert reason not in client.get(address).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        services.hide(contribution=waiting, actor=moderator, reason="commercial")
    assert reason in client.get(address).content.decode()


def test_drafts_are_not_in_the_log(client, pair, moderator):
    draft = hearing_pair(state="draft")
    comment = CommentFactory(participation=draft.hearing)
    services.hide(contribution=comment, actor=moderator, reason="insults")
    draft.hearing.published_at = None
    draft.hearing.save()
    with translation.override("fi"):
        assert client.get(reverse("moderation:log")).context["rows"] == []
