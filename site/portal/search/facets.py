"""What each filter of the search page offers, with how many entries choosing it would leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from participation.processes.enums import ParticipationForm, State
from portal.core.collation import sort_key

from . import registry
from .asking import AGES, FACETS, Cell, Filters, fits
from .enums import Since, TextLanguage
from .scope import Scope


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    entries: int


def options(cells: Sequence[Cell], filters: Filters, scope: Scope, language: str) -> dict[str, list[Option]]:
    """Options of each filter, the other filters staying as they are; one pass over the cells for each."""
    found = {}
    for facet in FACETS:
        others = filters.without(facet)
        counted = _counted([cell for cell in cells if fits(cell, others, scope)], facet, scope)
        chosen = getattr(filters, facet)
        found[facet] = [
            Option(value, label, counted[value])
            for value, label in _labels(facet, scope, language)
            if counted[value] or value == chosen
        ]
    return found


def _counted(cells: Iterable[Cell], facet: str, scope: Scope) -> Counter[str]:
    counted: Counter[str] = Counter()
    for cell in cells:
        for value in _values(cell, facet, scope):
            counted[value] += cell.entries
    return counted


def _values(cell: Cell, facet: str, scope: Scope) -> Iterable[str]:
    """What may be chosen of a filter so that the cell fits: the other side of `asking.fits`."""
    if facet == "kind":
        return (cell.kind,)
    if facet == "language":
        return (cell.language,)
    if facet == "since":
        return [value for value, age in AGES.items() if cell.age <= age]
    if cell.participation is None:
        return (cell.form,) if facet == "form" else ()
    matter = scope.matters.get(cell.participation)
    if matter is None:
        return ()
    if facet == "form":
        return (matter.form,)
    if facet == "state":
        return (matter.state.value,)
    return matter.municipalities or scope.municipality_names


def _labels(facet: str, scope: Scope, language: str) -> list[tuple[str, str]]:
    if facet == "form":
        return [(form.value, str(form.label)) for form in ParticipationForm]
    if facet == "state":
        return [(state.value, str(state.label)) for state in State if state != State.DRAFT]
    if facet == "municipality":
        return _municipalities(scope, language)
    if facet == "kind":
        return [(kind.name, str(kind.label)) for kind in registry.kinds().values()]
    if facet == "language":
        return [(one.value, capfirst(str(one.label))) for one in TextLanguage]
    return [(since.value, str(since.label)) for since in Since]


def _municipalities(scope: Scope, language: str) -> list[tuple[str, str]]:
    """Those that some participation names; where none does, the filter would part nothing."""
    named = ((code, names.get(language, names["fi"])) for code, names in scope.municipality_names.items())
    return sorted(named, key=lambda pair: sort_key(pair[1], language))
