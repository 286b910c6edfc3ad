import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from participation.processes.enums import AgeClass, Level, State
from participation.processes.permissions import (
    Refusal,
    age_refusal,
    late_refusal,
    may_answer_officially,
    may_manage,
    may_moderate,
    may_see_reports,
    refusal,
)
from tests.factories.accounts import UserFactory
from tests.factories.hearings import HearingFactory
from tests.factories.processes import PartFactory

pytestmark = pytest.mark.django_db
STATES = {
    State.DRAFT: Refusal.NOT_OPEN,
    State.SCHEDULED: Refusal.NOT_OPEN,
    State.OPEN: None,
    State.CLOSED: Refusal.CLOSED,
    State.ANSWERED: Refusal.CLOSED,
    State.CANCELLED: Refusal.CANCELLED,
}


@pytest.mark.parametrize("state", list(State))
def test_every_state_says_whether_comments_are_taken(state):
    hearing = HearingFactory(**{state.value: True})
    assert refusal(hearing, user=None, moment=timezone.now()) == STATES[state]


LEVELS = [
    (Level.OPEN, "", None, None),
    (Level.REGISTERED, "", Refusal.LOGIN, None),
    (Level.STRONG, "", Refusal.LOGIN, Refusal.STRONG),
    (Level.CLOSED, "", Refusal.PART_CLOSED, Refusal.PART_CLOSED),
    (Level.CLOSED, Level.OPEN, None, None),
    (Level.OPEN, Level.REGISTERED, Refusal.LOGIN, None),
    (Level.OPEN, Level.CLOSED, Refusal.PART_CLOSED, Refusal.PART_CLOSED),
]


@pytest.mark.parametrize(("level", "part_level", "visitor", "resident"), LEVELS)
def test_a_part_may_have_a_level_of_its_own(level, part_level, visitor, resident):
    hearing = HearingFactory(level=level)
    part = PartFactory(participation=hearing, level=part_level)
    now = timezone.now()
    assert refusal(hearing, user=AnonymousUser(), moment=now, part=part) == visitor
    assert refusal(hearing, user=UserFactory(), moment=now, part=part) == resident


@pytest.mark.parametrize(
    ("opened", "sent", "refused"),
    [
        (-1, 0, None),
        (-1, 14.9, None),
        (-1, 15, Refusal.CLOSED),
        (0, 1, Refusal.CLOSED),
        (1, 2, Refusal.CLOSED),
        (None, 1, Refusal.CLOSED),
    ],
)
def test_a_form_opened_before_the_closing_has_fifteen_minutes(opened, sent, refused):
    hearing = HearingFactory(closed=True)
    at = lambda minutes: hearing.closes_at + dt.timedelta(minutes=minutes)  # noqa: E731
    form_opened = at(opened) if opened is not None else None
    found = late_refusal(hearing, user=None, moment=at(sent), form_opened=form_opened)
    assert found == refused


def test_the_grace_opens_nothing_that_was_not_open():
    hearing = HearingFactory(closed=True, level=Level.REGISTERED)
    opened, now = hearing.closes_at - dt.timedelta(minutes=1), hearing.closes_at
    assert late_refusal(hearing, user=None, moment=now, form_opened=opened) == Refusal.LOGIN
    cancelled = HearingFactory(cancelled=True)
    moment = timezone.now()
    earlier = moment - dt.timedelta(days=2)
    assert late_refusal(cancelled, user=None, moment=moment, form_opened=earlier) == Refusal.CANCELLED


@pytest.mark.parametrize(
    ("minimum", "age", "refused"),
    [
        (None, AgeClass.NOT_SAID, None),
        (15, AgeClass.UNDER_15, Refusal.TOO_YOUNG),
        (15, AgeClass.FROM_15_TO_17, None),
        (18, AgeClass.FROM_15_TO_17, Refusal.TOO_YOUNG),
        (18, AgeClass.FROM_75, None),
        (18, AgeClass.NOT_SAID, Refusal.AGE_NEEDED),
    ],
)
def test_a_minimum_age_is_met_by_the_class(minimum, age, refused):
    assert age_refusal(HearingFactory.build(minimum_age=minimum), age) == refused


@pytest.mark.parametrize(
    ("role", "manages", "moderates", "reads_reports", "answers"),
    [
        (None, False, False, False, False),
        ("editor", False, False, False, False),
        ("official", True, False, True, True),
        ("moderator", False, True, False, False),
        ("administrator", True, True, True, True),
    ],
)
def test_roles(role, manages, moderates, reads_reports, answers):
    user = UserFactory(**{role: True}) if role else UserFactory()
    hearing = HearingFactory()
    found = [ask(user, hearing) for ask in (may_manage, may_moderate, may_see_reports, may_answer_officially)]
    assert found == [manages, moderates, reads_reports, answers]
