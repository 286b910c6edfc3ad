"""A closed account: comments and supports stay, the person is nowhere in them."""

import datetime as dt

import pytest
from django.utils import timezone

from participation.hearings.models import Comment, Support
from participation.processes.models import ContributorAddress
from participation.processes.signals import contribution_changed
from portal.accounts.models import User
from portal.accounts.services import close_account
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
