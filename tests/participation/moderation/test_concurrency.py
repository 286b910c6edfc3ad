"""Moderators and writers at the same moment, with real threads."""

import threading

import pytest
from django.db import connection

from participation.moderation import services
from participation.moderation.errors import ModerationRefused
from participation.moderation.models import AbuseReport, ModerationAct
from participation.processes.models import Contribution
from participation.processes.services import contributions
from tests.factories.hearings import CommentFactory
from tests.factories.staff import staff_member

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]


def at_once(*calls):
    """Runs the calls in threads that start together; returns what each gave or raised."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        barrier.wait()
        try:
            results[number] = call()
        except Exception as error:
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_two_moderators_one_decides_and_the_other_is_told(pair):
    comment = CommentFactory(participation=pair.hearing, pending=True)
    first, second = staff_member("moderator"), staff_member("moderator")
    seen = services.version_of(comment)
    results = at_once(
        lambda: services.approve(contribution=comment, actor=first, expected=seen),
        lambda: services.hide(contribution=comment, actor=second, reason="insults", expected=seen),
    )
    assert sorted(isinstance(result, ModerationRefused) for result in results) == [False, True]
    act = ModerationAct.objects.get()
    row = Contribution.objects.get(pk=comment.pk)
    assert row.moderation_state == act.state_after
    pair.hearing.refresh_from_db()
    assert pair.hearing.published_count == int(row.moderation_state == "published")


def test_withdrawing_and_moderating_at_once_leaves_it_withdrawn(pair, moderator):
    comments = CommentFactory.create_batch(5, participation=pair.hearing, pending=True)
    for comment in comments:
        at_once(
            lambda comment=comment: services.approve(contribution=comment, actor=moderator),
            lambda comment=comment: contributions.withdraw(contribution=comment),
        )
    states = Contribution.objects.filter(participation=pair.hearing).values_list(
        "moderation_state", flat=True
    )
    assert set(states) == {"withdrawn"}
    pair.hearing.refresh_from_db()
    assert pair.hearing.published_count == 0


def test_many_reports_from_one_device_are_one(pair):
    comment = CommentFactory(participation=pair.hearing)
    results = at_once(
        *[
            lambda: services.report_abuse(contribution=comment, reason="insults", device_key="laite")
            for _number in range(4)
        ]
    )
    assert len({result.pk for result in results}) == 1
    assert AbuseReport.objects.count() == 1
