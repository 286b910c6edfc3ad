"""Who answers a question: the database always can; a search server does where there is one."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from ..asking import Asked, Cell, Place


class Hit(NamedTuple):
    """One found document: its place in the order, and by what it was found."""

    place: Place
    tier: int


class Backend(Protocol):
    """One index of all entries, asked in three ways."""

    def cells(self, asked: Asked) -> list[Cell]:
        """Counts of everything that is found, whatever the filters."""
        ...

    def page(self, asked: Asked, after: Place | None, limit: int, found: int = 0) -> list[Hit]:
        """What is found with the filters, in order, after a place; `found`: how many, where it is known."""
        ...

    def titles(self, asked: Asked, limit: int) -> Sequence[str]:
        """Documents whose titles go on as the question begins."""
        ...
