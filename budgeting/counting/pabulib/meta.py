"""The section META: keys and values, and those of them that rule the reading of the other sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from budgeting.counting.model import VoteType
from budgeting.counting.pabulib import names
from budgeting.counting.pabulib.amounts import parse_amount, parse_count, parse_number
from budgeting.counting.pabulib.cells import CellReader, Place, split_list
from budgeting.counting.pabulib.errors import ErrorCode, WarningCode
from budgeting.counting.pabulib.file import Section
from budgeting.counting.pabulib.limits import Limits
from budgeting.counting.pabulib.sections import Cursor, Header

KEY_AND_VALUE = ("key", "value")


@dataclass
class Regulations:
    """What META says of amounts and ballots, under the format's own keys. Amounts are in currency units."""

    vote_type: VoteType = VoteType.APPROVAL
    amounts: dict[str, Fraction] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, Fraction] = field(default_factory=dict)
    amount_lists: dict[str, tuple[Fraction, ...]] = field(default_factory=dict)
    count_lists: dict[str, tuple[int, ...]] = field(default_factory=dict)
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    scoring_function: str = ""
    lines: dict[str, int] = field(default_factory=dict)

    def all_amounts(self) -> list[Fraction]:
        return [
            *self.amounts.values(),
            *(amount for listed in self.amount_lists.values() for amount in listed),
        ]


class MetaReader:
    """Reads one META section. Numbers and lists are kept as the format writes them, texts as they stand."""

    def __init__(self, cells: CellReader, limits: Limits) -> None:
        self._cells = cells
        self._limits = limits
        self._rows: list[tuple[str, ...]] = []
        self.regulations = Regulations()

    def read(self, cursor: Cursor) -> Section:
        findings = self._cells.findings
        header = Header(cursor.open("META"), cursor.line, KEY_AND_VALUE, KEY_AND_VALUE, findings)
        if header.names[:2] != KEY_AND_VALUE:
            raise findings.fail(ErrorCode.COLUMN_ORDER, line=header.line, column=1, expected=KEY_AND_VALUE)
        for line, cells in cursor:
            if len(self._rows) == self._limits.meta_rows:
                raise findings.fail(ErrorCode.TOO_MANY_ROWS, line=line, expected=(str(len(self._rows)),))
            self._read_row(line, header.fit(cells, line))
        self._check_keys(header.line)
        self._check_list_lengths()
        return Section(header.names, tuple(self._rows))

    def _read_row(self, line: int, cells: list[str]) -> None:
        name, value = cells[0], cells[1]
        key = name.lower() if name.lower() in names.META_KEYS else name
        lines = self.regulations.lines
        if not key:
            self._cells.note(ErrorCode.UNNAMED_KEY, Place(line, 1, "key"), value)
        elif key in lines:
            self._cells.note(ErrorCode.REPEATED_KEY, Place(line, 1, key), key)
        else:
            lines[key] = line
            if value:
                value = self._read_value(key, value, Place(line, 2, key))
            self._rows.append((key, value, *cells[2:]))

    def _read_value(self, key: str, value: str, place: Place) -> str:
        """Takes what is known of the key's kind into the regulations; gives the text to keep."""
        cells, kept = self._cells, self.regulations
        if key == "vote_type":
            return self._read_vote_type(value.lower(), place)
        if key == "scoring_fn":
            kept.scoring_function = value
        if key in names.COUNT_KEYS:
            value = cells.with_point(value, place)
            count = cells.number(parse_count, value, place)
            if count is not None:
                kept.counts[key] = count
        elif key in names.AMOUNT_KEYS or key in names.NUMBER_KEYS:
            value = cells.with_point(value, place)
            amount = key in names.AMOUNT_KEYS
            number = cells.number(parse_amount if amount else parse_number, value, place)
            if number is not None:
                (kept.amounts if amount else kept.numbers)[key] = number
        else:
            return self._read_list(key, value, place)
        return value

    def _read_vote_type(self, value: str, place: Place) -> str:
        if value in names.VOTE_TYPES:
            self.regulations.vote_type = VoteType(value)
        else:
            self._cells.note(ErrorCode.UNKNOWN_VALUE, place, value, *names.VOTE_TYPES)
        return value

    def _read_list(self, key: str, value: str, place: Place) -> str:
        cells, kept = self._cells, self.regulations
        if key in names.TEXT_LIST_KEYS:
            kept.texts[key] = cells.text_list(value, place)
            return ",".join(kept.texts[key])
        if key in names.AMOUNT_LIST_KEYS:
            kept.amount_lists[key] = cells.numbers(parse_amount, value, place)
        elif key in names.COUNT_LIST_KEYS:
            kept.count_lists[key] = cells.numbers(parse_count, value, place)
        else:
            return value
        return ",".join(item for item in split_list(value) if item)

    def _check_keys(self, line: int) -> None:
        """Needed ones that are missing end the reading: without them every ballot would be judged wrongly."""
        given = {row[0] for row in self._rows if row[1]}
        lines = self.regulations.lines
        for key in (*names.NEEDED_KEYS, *names.DEMANDED_KEYS):
            if key not in given:
                code = ErrorCode.MISSING_KEY if key in names.NEEDED_KEYS else WarningCode.KEY_MISSING
                self._cells.note(code, Place(lines.get(key, line), 1, key), "", key)
        if not self._cells.findings.counts.keys().isdisjoint(
            {ErrorCode.MISSING_KEY, ErrorCode.UNKNOWN_VALUE}
        ):
            raise self._cells.findings.stop()

    def _check_list_lengths(self) -> None:
        """A list of limits has one number, or one for each category (neighbourhood) in their order.

        Otherwise it cannot be told which limit is whose, and none is applied.
        """
        kept = self.regulations
        lists: dict[str, int] = {key: len(listed) for key, listed in kept.amount_lists.items()}
        lists |= {key: len(listed) for key, listed in kept.count_lists.items()}
        for key, length in lists.items():
            whole = "neighborhoods" if key.endswith("neighborhood") else "categories"
            wanted = len(kept.texts.get(whole, ()))
            place = Place(kept.lines[key], 2, key)
            # None at all: one of them was no number, and that was noted.
            if length not in {0, 1, wanted}:
                self._cells.note(WarningCode.LIST_LENGTH, place, str(length), str(wanted))
            elif wanted > self._limits.categories and key in names.BALLOT_LIST_KEYS:
                self._cells.note(ErrorCode.TOO_MANY_ITEMS, place, str(wanted), str(self._limits.categories))
