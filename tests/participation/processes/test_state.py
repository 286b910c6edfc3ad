"""One rule of state: the same from facts and from the database, over every combination of facts."""

import datetime as dt
import itertools
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.processes.enums import State
from participation.processes.models import Participation
from participation.processes.state import Facts, compute_state

NOW = dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)
EARLIER, LATER = NOW - dt.timedelta(days=3), NOW + dt.timedelta(days=3)
NAMES = [
    "published_at",
    "opens_at",
    "closes_at",
    "gate_met_at",
    "gate_waived_at",
    "cancelled_at",
    "answered_at",
]


def facts(**given_facts):
    return Facts(**(dict.fromkeys(NAMES) | given_facts))


OPEN = {"published_at": EARLIER, "opens_at": EARLIER, "closes_at": LATER, "gate_met_at": EARLIER}
CLOSED = OPEN | {"opens_at": EARLIER - dt.timedelta(days=9), "closes_at": EARLIER}


@pytest.mark.parametrize(
    ("expected", "given_facts"),
    [
        (State.DRAFT, {}),
        (State.DRAFT, OPEN | {"published_at": None}),
        (State.DRAFT, OPEN | {"opens_at": None, "closes_at": None}),
        (State.DRAFT, CLOSED | {"gate_met_at": None}),
        (State.SCHEDULED, OPEN | {"opens_at": LATER, "closes_at": None}),
        (State.SCHEDULED, OPEN | {"gate_met_at": None}),
        (State.OPEN, OPEN),
        (State.OPEN, OPEN | {"opens_at": NOW}),
        (State.OPEN, OPEN | {"closes_at": None}),
        (State.OPEN, OPEN | {"gate_met_at": None, "gate_waived_at": EARLIER}),
        (State.CLOSED, OPEN | {"closes_at": NOW}),
        (State.CLOSED, CLOSED),
        (State.CLOSED, CLOSED | {"answered_at": LATER}),
        (State.ANSWERED, CLOSED | {"answered_at": EARLIER}),
        (State.CANCELLED, OPEN | {"cancelled_at": EARLIER}),
        (State.CANCELLED, CLOSED | {"answered_at": EARLIER, "cancelled_at": NOW}),
        (State.OPEN, OPEN | {"cancelled_at": LATER}),
    ],
)
def test_state_of_facts(expected, given_facts):
    assert compute_state(facts(**given_facts), NOW) == expected


def test_the_table_above_covers_every_state():
    parameters = test_state_of_facts.pytestmark[0].args[1]
    assert {state for state, _facts in parameters} == set(State)


@pytest.mark.both
@pytest.mark.django_db
def test_database_and_python_agree_on_every_combination():
    moments = [None, EARLIER, NOW, LATER]
    rows = []
    for values in itertools.product(moments, repeat=3):
        opens, closes, cancelled = values
        if opens and closes and closes <= opens:
            continue
        for published, met, waived, answered in itertools.product(
            [None, EARLIER], [None, EARLIER], [None, EARLIER], moments
        ):
            rows.append(
                Participation(
                    translation_key=uuid.uuid4(),
                    kind="hearing",
                    published_at=published,
                    opens_at=opens,
                    closes_at=closes,
                    gate_met_at=met,
                    gate_waived_at=waived,
                    cancelled_at=cancelled,
                    answered_at=answered,
                )
            )
    Participation.objects.bulk_create(rows)
    found = Participation.objects.with_state(NOW)
    assert len(found) == len(rows)
    assert [row.state_now for row in found] == [row.state_at(NOW).value for row in found]
    assert {row.state_now for row in found} == {state.value for state in State}


@given(
    shift=st.timedeltas(min_value=dt.timedelta(0), max_value=dt.timedelta(days=30)),
    step=st.timedeltas(min_value=dt.timedelta(0), max_value=dt.timedelta(days=30)),
)
def test_time_never_reopens(shift, step):
    """Without an act, a state only moves forward as time passes."""
    order = [State.SCHEDULED, State.OPEN, State.CLOSED]
    moment = NOW - dt.timedelta(days=10) + shift
    one, two = compute_state(facts(**OPEN), moment), compute_state(facts(**OPEN), moment + step)
    assert order.index(one) <= order.index(two)
