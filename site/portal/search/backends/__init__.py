"""Who answers a question: the database always can; a search server does where there is one."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from ..asking import Asked, Cell, Place


class Hit(NamedTuple):
    """One found document: its place in the order, and by what it was found."""

    place: Place
    tier: int


class Backend(Protocol):
    """One index of all entries, asked in several ways."""

    def cells_and_page(self, asked: Asked, after: Place | None, limit: int) -> tuple[list[Cell], list[Hit]]:
        """Both, for one page of a search."""
        ...

    def cells(self, asked: Asked) -> list[Cell]:
        """Counts of everything that is found, whatever the filters."""
        ...

    def page(self, asked: Asked, after: Place | None, limit: int) -> list[Hit]:
        """What is found with the filters, in order, after a place."""
        ...

    def titles(self, asked: Asked, limit: int) -> Sequence[str]:
        """Documents whose titles go on as the question begins."""
        ...
