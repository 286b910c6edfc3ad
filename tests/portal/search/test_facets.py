"""Counts beside the filters: each is what choosing it would find."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from participation.processes.enums import State
from portal.search.asking import FACETS, Cell, Filters, total
from portal.search.enums import Since, TextLanguage
from portal.search.facets import options
from portal.search.scope import Matter, Scope

NAMES = {code: {"fi": f"Kunta {code}", "sv": f"Kommun {code}"} for code in ("049", "091", "092")}
FORMS = ["information", "planning", "decision"]
STATES = [State.OPEN, State.CLOSED, State.ANSWERED]
MATTERS = st.builds(
    Matter,
    form=st.sampled_from(FORMS),
    state=st.sampled_from(STATES),
    municipalities=st.frozensets(st.sampled_from(sorted(NAMES))),
)
CELLS = st.builds(
    Cell,
    participation=st.none() | st.integers(1, 4),
    form=st.sampled_from(["", *FORMS]),
    kind=st.sampled_from(["hearing", "comment", "page"]),
    language=st.sampled_from(TextLanguage.values),
    age=st.integers(0, 2),
    entries=st.integers(1, 9),
)


def perhaps(values):
    return st.sampled_from(["", *values])


FILTERS = st.builds(
    Filters,
    form=perhaps(FORMS),
    state=perhaps([state.value for state in STATES]),
    municipality=perhaps(NAMES),
    kind=perhaps(["hearing", "comment"]),
    language=perhaps(TextLanguage.values),
    since=perhaps(Since.values),
)


@given(st.lists(CELLS, max_size=20), FILTERS, st.lists(MATTERS, max_size=3))
def test_a_count_is_what_choosing_it_finds(cells, filters, matters):
    """Of participation 4 there is no matter: it is of no state that the public sees."""
    scope = Scope(dt.datetime(2026, 1, 1, tzinfo=dt.UTC), matters=dict(enumerate(matters, 1)))
    scope.municipality_names = NAMES
    found = options(cells, filters, scope, "sv")
    assert set(found) == set(FACETS)
    for facet, offered in found.items():
        others = filters.without(facet).chosen
        for option in offered:
            assert option.entries == total(cells, Filters(**{**others, facet: option.value}), scope)
            assert option.entries or option.value == getattr(filters, facet)
    assert [option.label for option in found["municipality"]] == sorted(
        option.label for option in found["municipality"]
    )
