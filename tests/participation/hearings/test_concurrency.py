"""Writers at the same moment, with real threads and real row locks."""

import datetime as dt
import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone

from participation.hearings.errors import CommentRefused
from participation.hearings.models import Comment, Hearing, Support
from participation.hearings.services import Draft, Sender, post_comment, support
from participation.processes.enums import ModerationState
from participation.processes.models import Participation
from participation.processes.services import contributions
from tests.factories.accounts import UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_postgresql")]


def at_once(*acts):
    """Runs every act in a thread and a session of its own, beginning together; gives what came of each."""
    barrier = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(place, act):
        barrier.wait()
        try:
            results[place] = act()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def posting(pair, text, *, device="d", opened=None, **draft):
    return lambda: post_comment(
        hearing_id=pair.hearing.public_id,
        draft=Draft(text=text, language="fi", **draft),
        sender=Sender(device_key=device * 64, browser_key="b" * 64, device_is_known=True),
        form_opened=opened or timezone.now() - dt.timedelta(minutes=1),
    )


def test_support_is_counted_once_however_often_it_is_pressed_at_once():
    comment = CommentFactory(participation=hearing_pair().hearing)

    def press(device):
        return lambda: support(comment_id=comment.public_id, sender=Sender(device_key=device * 64))

    results = at_once(*[press("a") for _press in range(6)], press("b"), press("c"))
    assert sorted(results) == [False] * 5 + [True] * 3
    comment.refresh_from_db()
    assert comment.support_count == Support.objects.count() == 3


@pytest.mark.parametrize("turn", range(4))
def test_a_person_supporting_with_and_without_account_at_once_counts_once(turn):
    comment, user = CommentFactory(participation=hearing_pair().hearing), UserFactory()

    def press(**sender):
        return lambda: support(comment_id=comment.public_id, sender=Sender(device_key="a" * 64, **sender))

    presses = [press(), press(user=user)] * 3
    results = at_once(*presses[turn % 2 :])
    assert sorted(results) == [False] * (len(results) - 1) + [True]
    comment.refresh_from_db()
    assert comment.support_count == Support.objects.count() == 1
    assert not Support.objects.exclude(user=user).exists()


def test_a_double_click_makes_one_comment_with_one_receipt():
    pair = hearing_pair(at_once=True)
    opened = timezone.now() - dt.timedelta(minutes=1)
    posted = at_once(*[posting(pair, "Kaksoisnapsautus.", opened=opened) for _press in range(5)])
    assert len({one.receipt_code for one in posted}) == 1
    assert sum(not one.duplicate for one in posted) == 1
    assert Comment.objects.count() == 1


def test_counts_are_right_when_many_write_and_moderate_at_once():
    pair = hearing_pair(at_once=True)
    root = CommentFactory(participation=pair.hearing, part=pair.parts[0])
    others = [CommentFactory(participation=pair.hearing, part=pair.parts[0]) for _number in range(4)]
    writers = [
        posting(pair, f"Vastaus {letter}.", device=letter, parent_id=root.public_id) for letter in "abcdef"
    ]

    def hide(one):
        return lambda: contributions.set_moderation_state(
            contribution=one, state=ModerationState.HIDDEN, reason="insults"
        )

    results = at_once(*writers, *[hide(one) for one in (root, *others)])
    refused = [one for one in results if isinstance(one, Exception)]
    # A reply that came after its comment was hidden has nothing to hang on; nothing waits in a circle.
    assert {type(one).__name__ for one in refused} <= {"TargetGone"}
    pair.hearing.refresh_from_db()
    pair.parts[0].refresh_from_db()
    assert pair.hearing.received_count == Comment.objects.count() == 11 - len(refused)
    assert (
        pair.hearing.published_count == Comment.objects.published().count() == pair.parts[0].published_count
    )


def test_a_comment_that_waits_for_a_closing_hearing_comes_after_the_closing():
    pair = hearing_pair()
    locked, outcome = threading.Event(), []

    def close():
        with transaction.atomic():
            row = Participation.objects.select_for_update().get(pk=pair.hearing.pk)
            locked.set()
            time.sleep(0.5)
            row.closes_at = timezone.now()
            row.save(update_fields=["closes_at"])
        connection.close()

    def write():
        locked.wait()
        try:
            posting(pair, "Juuri kun suljetaan.", opened=timezone.now() + dt.timedelta(hours=1))()
        except CommentRefused as refused:
            outcome.append(refused.refusal.value)
        connection.close()

    threads = [threading.Thread(target=act) for act in (close, write)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert outcome == ["closed"]
    assert not Comment.objects.exists()
    assert Hearing.objects.get().received_count == 0
