"""What an entry's tokens must hold, as a small tree that every backend writes in its own language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One token of the fields `exact` and `base`, or any token that begins with it."""

    token: str
    is_beginning: bool = False


@dataclass(frozen=True, slots=True)
class AnyOf:
    items: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class AllOf:
    items: "tuple[Expression, ...]"


Expression = Term | AnyOf | AllOf


def any_of(items: "Iterable[Expression]") -> Expression:
    """One of the items, each once; no frame is put around what is alone."""
    kept = tuple(dict.fromkeys(_opened(items, AnyOf)))
    return kept[0] if len(kept) == 1 else AnyOf(kept)


def all_of(items: "Iterable[Expression]") -> Expression:
    kept = tuple(dict.fromkeys(_opened(items, AllOf)))
    return kept[0] if len(kept) == 1 else AllOf(kept)


def _opened(items: "Iterable[Expression]", frame: type[AnyOf] | type[AllOf]) -> "Iterator[Expression]":
    for item in items:
        if isinstance(item, frame):
            yield from item.items
        else:
            yield item


def terms(expression: Expression) -> Iterable[Term]:
    """Every token of the tree."""
    if isinstance(expression, Term):
        yield expression
    else:
        for item in expression.items:
            yield from terms(item)
