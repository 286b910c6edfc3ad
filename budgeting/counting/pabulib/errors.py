"""What can be wrong with a `.pb` file, as codes and values; sentences are made where they are shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from budgeting.counting.pabulib.limits import DEFAULT_LIMITS, Limits

# A value is shown to a person, who needs its beginning only; a hostile file may hold megabytes of it.
SHOWN_LENGTH = 80


class ErrorCode(StrEnum):
    """With one of these nothing is counted."""

    # The bytes
    UNREADABLE = "unreadable"
    TOO_LARGE = "too-large"
    NOT_UTF8 = "not-utf8"
    NUL_CHARACTER = "nul-character"
    QUOTE_NOT_CLOSED = "quote-not-closed"
    TOO_MANY_PROBLEMS = "too-many-problems"
    TEXT_AFTER_QUOTE = "text-after-quote"
    TOO_MANY_LINES = "too-many-lines"
    ROW_TOO_LONG = "row-too-long"
    FIELD_TOO_LONG = "field-too-long"
    TOO_MANY_COLUMNS = "too-many-columns"
    TOO_MANY_ROWS = "too-many-rows"
    # The sections
    TEXT_BEFORE_SECTIONS = "text-before-sections"
    MISSING_SECTION = "missing-section"
    REPEATED_SECTION = "repeated-section"
    MISSING_HEADER = "missing-header"
    MISSING_COLUMN = "missing-column"
    UNNAMED_COLUMN = "unnamed-column"
    REPEATED_COLUMN = "repeated-column"
    COLUMN_ORDER = "column-order"
    RESERVED_WORD = "reserved-word"
    # The values
    MISSING_KEY = "missing-key"
    UNNAMED_KEY = "unnamed-key"
    REPEATED_KEY = "repeated-key"
    MISSING_ID = "missing-id"
    REPEATED_ID = "repeated-id"
    COMMA_IN_ID = "comma-in-id"
    MISSING_VALUE = "missing-value"
    UNKNOWN_VALUE = "unknown-value"
    NOT_A_NUMBER = "not-a-number"
    NOT_WHOLE = "not-whole"
    NEGATIVE = "negative"
    TOO_MANY_DIGITS = "too-many-digits"
    UNKNOWN_PROJECT = "unknown-project"
    POINTS_LENGTH = "points-length"
    TOO_MANY_ITEMS = "too-many-items"
    TOO_MANY_CHOICES = "too-many-choices"


class WarningCode(StrEnum):
    """The file is counted, but whoever rests on the count should know of these."""

    # How it is written
    CONTROL_CHARACTER = "control-character"
    EMPTY_LINE = "empty-line"
    ROW_SHORT = "row-short"
    ROW_LONG = "row-long"
    EMPTY_ITEM = "empty-item"
    DECIMAL_COMMA = "decimal-comma"
    RENAMED_COLUMN = "renamed-column"
    # What it says
    KEY_MISSING = "key-missing"
    LIST_LENGTH = "list-length"
    COUNT_DIFFERS = "count-differs"
    VOTES_DIFFER = "votes-differ"
    SCORE_DIFFERS = "score-differs"
    COST_ZERO = "cost-zero"
    COST_LOW = "cost-low"
    COST_HIGH = "cost-high"
    COST_ABOVE_BUDGET = "cost-above-budget"
    CATEGORY_UNKNOWN = "category-unknown"
    PROJECT_WITHDRAWN = "project-withdrawn"
    # The ballots
    PROJECT_TWICE = "project-twice"
    BALLOT_SHORT = "ballot-short"
    BALLOT_LONG = "ballot-long"
    BALLOT_CHEAP = "ballot-cheap"
    BALLOT_DEAR = "ballot-dear"
    POINTS_LOW = "points-low"
    POINTS_HIGH = "points-high"
    POINTS_SUM_LOW = "points-sum-low"
    POINTS_SUM_HIGH = "points-sum-high"
    # What the count does not use
    POINTS_UNUSED = "points-unused"
    RANKS_DIFFER = "ranks-differ"
    DEFAULT_SCORE_UNUSED = "default-score-unused"
    SCORING_UNUSED = "scoring-unused"


Code = ErrorCode | WarningCode


def shown(text: str) -> str:
    return text if len(text) <= SHOWN_LENGTH else text[:SHOWN_LENGTH] + "…"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong or odd, and where.

    `line` is the line of the file where the row begins, `column` the number of the field in that row (of
    the character, where rows could not be told apart), both from 1. `field` is the column's name, or the
    key in META. `expected` are the values that would be right, where they can be named.
    """

    code: Code
    line: int | None = None
    column: int | None = None
    field: str = ""
    value: str = ""
    expected: tuple[str, ...] = ()


class PabulibError(Exception):
    """The file cannot be counted.

    `problems` lists the errors, `warnings` what else was seen; `counts` holds how many there are of each
    code, which is more than the lists hold where `Limits.listed` was reached. The properties are the
    first error's.
    """

    def __init__(self, source: str, findings: Findings) -> None:
        super().__init__(source)
        self.source = source
        self.problems = tuple(findings.errors)
        self.warnings = tuple(findings.warnings)
        self.counts = Counter(findings.counts)

    @property
    def code(self) -> Code:
        return self.problems[0].code

    @property
    def line(self) -> int | None:
        return self.problems[0].line

    @property
    def column(self) -> int | None:
        return self.problems[0].column

    @property
    def field(self) -> str:
        return self.problems[0].field

    @property
    def value(self) -> str:
        return self.problems[0].value

    @property
    def expected(self) -> tuple[str, ...]:
        return self.problems[0].expected

    def __str__(self) -> str:
        first = self.problems[0]
        place = ":".join(str(part) for part in (self.source, first.line, first.column) if part is not None)
        expected = f", expected {' or '.join(first.expected)}" if first.expected else ""
        return f"{place}: {first.code} {first.field} {first.value!r}{expected}"


@dataclass
class Findings:
    """What reading one file brought to light so far: all is counted, the first of each kind are listed."""

    source: str
    limits: Limits = DEFAULT_LIMITS
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    counts: Counter[Code] = field(default_factory=Counter)
    _whole: int = 0

    def add(
        self,
        code: Code,
        line: int | None = None,
        column: int | None = None,
        field: str = "",
        value: str = "",
        expected: tuple[str, ...] = (),
    ) -> None:
        self.counts[code] += 1
        self._whole += 1
        listed = self.errors if isinstance(code, ErrorCode) else self.warnings
        if len(listed) < self.limits.listed:
            problem = Problem(code, line, column, shown(field), shown(value), tuple(map(shown, expected)))
            listed.append(problem)
        if self._whole == self.limits.problems:
            raise self.fail(ErrorCode.TOO_MANY_PROBLEMS, line=line, expected=(str(self.limits.problems),))

    def stop(self) -> PabulibError:
        """The error to raise. Only to be called when there is one."""
        return PabulibError(self.source, self)

    def fail(self, code: ErrorCode, **where: object) -> PabulibError:
        """The error to raise where reading cannot go on."""
        self.add(code, **where)  # type: ignore[arg-type]
        return self.stop()
