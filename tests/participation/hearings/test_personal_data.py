"""A closed account: comments and supports stay, the person is nowhere in them."""

import datetime as dt

import pytest
from django.utils import timezone

from participation.hearings.models import Comment, Support
from participation.moderation.models import AbuseReport
from participation.moderation.services import report_abuse
from participation.processes.models import ContributorAddress
from participation.processes.signals import contribution_changed
from portal.accounts.models import User
from portal.accounts.services import close_account
from portal.jobs import schedule
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, SupportFactory, hearing_pair

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def changes():
    heard = []

    def listen(sender, contribution, change, **kwargs):
        heard.append((contribution.pk, change))

    contribution_changed.connect(listen)
    yield heard
    contribution_changed.disconnect(listen)


def test_the_words_of_a_closed_account_stay_without_the_person(changes):
    hearing = hearing_pair().hearing
    user = UserFactory()
    named = CommentFactory(participation=hearing, author=user, display_name="Esimerkki")
    plain = CommentFactory(participation=hearing, author=user)
    others = CommentFactory(participation=hearing, display_name="Toinen")
    ContributorAddress.objects.create(
        contribution=named, email=user.email, language="fi", erase_after=timezone.now() + dt.timedelta(days=9)
    )
    text = named.original_text

    forgotten = close_account(user=user, actor=user)

    assert forgotten["contributions"] == 2
    assert not User.objects.filter(pk=user.pk).exists()
    named.refresh_from_db()
    assert (named.author, named.display_name, named.original_text) == (None, "", text)
    assert not ContributorAddress.objects.exists()
    others.refresh_from_db()
    assert others.display_name == "Toinen"
    assert changes == [(named.pk, "pseudonymised"), (plain.pk, "unlinked")]
    hearing.refresh_from_db()
    assert (hearing.received_count, hearing.published_count) == (3, 3)


def test_the_authoritys_answer_keeps_the_name_of_the_office_holder(changes):
    official = UserFactory(official=True)
    answer = CommentFactory(official=True, author=official, display_name="Esimerkki, suunnittelija")
    close_account(user=official, actor=None)
    answer.refresh_from_db()
    assert (answer.author, answer.display_name) == (None, "Esimerkki, suunnittelija")


def test_a_support_goes_on_counting_once():
    user = UserFactory()
    comment = CommentFactory()
    SupportFactory(comment=comment, user=user, device_key="")
    SupportFactory(comment=comment)
    assert close_account(user=user, actor=user)["supports"] == 1
    assert Comment.objects.get().support_count == 2
    assert Support.objects.filter(comment=comment, user=None).exclude(device_key="").count() == 2


def test_what_ties_one_devices_words_together_is_erased_a_year_after_closing(settings):
    settings.DEVICE_KEY_DAYS = 365
    year_ago = timezone.now() - dt.timedelta(days=366)
    old = hearing_pair(state="closed", opens_at=year_ago - dt.timedelta(days=30), closes_at=year_ago).hearing
    new = hearing_pair(state="closed").hearing
    for hearing in (old, new):
        comment = CommentFactory(participation=hearing, device_key="d" * 64)
        report = report_abuse(contribution=comment, reason="insults", device_key="e" * 64)
        for number in range(2):
            SupportFactory(comment=comment, device_key=f"{number:064}")
    AbuseReport.objects.filter(contribution__participation=old).update(handled_at=year_ago)
    for name in ("contributions.devices", "supports.devices", "abuse_reports.devices"):
        schedule._registered[name].function()
    kept = {"d" * 64, f"{0:064}", f"{1:064}", report.device_key}
    for hearing, expected in ((old, set()), (new, kept)):
        comment = Comment.objects.get(participation=hearing)
        keys = {comment.device_key, *comment.abuse_reports.values_list("device_key", flat=True)}
        keys |= set(comment.supports.values_list("device_key", flat=True))
        assert {key for key in keys if key and not key.startswith("forgotten")} == expected
        assert (comment.supports.count(), comment.support_count) == (2, 2)
    assert schedule._registered["supports.devices"].function() == 0
