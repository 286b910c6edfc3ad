"""How much a file may hold before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes a file may have, far above the largest of pabulib.org; a larger one is refused, not read.

    `cells` (rows × columns) and `choices` (projects named on all ballots together) bound what VOTES takes in
    memory and time, `digits` the numbers, since arithmetic on a number takes time by the square of its
    length, `items` the lists of META and PROJECTS, `categories` those with limits of their own for ballots.
    `problems` are errors and warnings together, the first `listed` of each kind are listed.
    """

    bytes: int = 32 * 1024 * 1024
    lines: int = 1_000_000
    row_length: int = 1_000_000
    field_length: int = 100_000
    columns: int = 100
    meta_rows: int = 1_000
    projects: int = 10_000
    votes: int = 500_000
    cells: int = 3_000_000
    choices: int = 3_000_000
    items: int = 1_000
    categories: int = 20
    digits: int = 40
    problems: int = 1_000_000
    listed: int = 10_000


DEFAULT_LIMITS = Limits()
