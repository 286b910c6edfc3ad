"""How much a file may hold before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes a file may have, far above the largest of pabulib.org; a larger one is refused, not read.

    `cells` bounds what VOTES takes in memory (rows × columns), `digits` the numbers, since arithmetic on a
    number takes time by the square of its length. `problems` of each kind are listed, all are counted.
    """

    bytes: int = 32 * 1024 * 1024
    row_length: int = 1_000_000
    field_length: int = 100_000
    columns: int = 100
    meta_rows: int = 1_000
    projects: int = 10_000
    votes: int = 500_000
    cells: int = 3_000_000
    digits: int = 40
    problems: int = 10_000


DEFAULT_LIMITS = Limits()
