"""`write`: the bytes of a file, in the one way that every reader of the format takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from budgeting.counting.pabulib.errors import ErrorCode, Findings
from budgeting.counting.pabulib.file import PabulibFile, Section
from budgeting.counting.pabulib.sections import is_section_name

NEEDS_QUOTES = re.compile(r'[;"\r\n]')


def write(file: PabulibFile) -> bytes:
    """What was read comes back equal when read again. PabulibError where it cannot be written."""
    return write_sections(file.meta_section, file.projects, file.votes)


def write_sections(meta: Section, projects: Section, votes: Section) -> bytes:
    """UTF-8 without a mark, LF at the end of every line, quotes where they are needed and nowhere else."""
    sections = (("META", meta), ("PROJECTS", projects), ("VOTES", votes))
    lines = (line for name, section in sections for line in section_lines(name, section))
    return "".join(f"{line}\n" for line in lines).encode()


def section_lines(name: str, section: Section) -> Iterator[str]:
    yield name
    yield row_text(section.columns)
    for row in section.rows:
        if is_section_name(row[0]):
            raise Findings("").fail(ErrorCode.RESERVED_WORD, column=1, field=section.columns[0], value=row[0])
        yield row_text(row)


def row_text(cells: Iterable[str]) -> str:
    return ";".join(map(quoted, cells))


def quoted(cell: str) -> str:
    if NEEDS_QUOTES.search(cell) is None:
        return cell
    return '"' + cell.replace('"', '""') + '"'
