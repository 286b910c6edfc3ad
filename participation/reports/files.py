"""Formats, languages and names of a report's files."""

import re
from dataclasses import dataclass

from django.utils.translation import override, pgettext

from .labels import Labels
from .snapshot import Row

FORMATS = ("xlsx", "csv", "json", "pdf", "docx")
LANGUAGES = ("fi", "sv")
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
LONGEST_TITLE = 180
"""Bytes of a title in a file name; file systems take 255 for the whole."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True)
class FilePlan:
    """One file to make; volume 0 is the report itself, 1… are annexes of comments."""

    language: str
    format: str
    volume: int = 0

    @property
    def key(self) -> str:
        """Name of the file while it is being made."""
        return f"{self.language}-{self.volume}.{self.format}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.format]


def plan_files(languages: list[str], formats: list[str], volumes: int) -> list[FilePlan]:
    """Every file of a report, quick ones first. ValueError names a language or format that is unknown."""
    for wanted, known in ((languages, LANGUAGES), (formats, FORMATS)):
        if unknown := sorted(set(wanted) - set(known)):
            raise ValueError(f"{', '.join(unknown)}: not one of {', '.join(known)}")
    plans = []
    for kind in (name for name in FORMATS if name in formats):
        for language in (name for name in LANGUAGES if name in languages):
            plans.append(FilePlan(language, kind))
            if kind == "pdf":
                plans += [FilePlan(language, kind, volume) for volume in range(1, volumes + 1)]
    return plans


def file_name(header: Row, plan: FilePlan) -> str:
    """`<title in that language> - raportti.pdf`: å ä ö kept, what no file system takes replaced by a
    space.
    """
    with override(plan.language):
        title = Labels(header, plan.language).pick(header["participation"]["title"])
        safe = safe_title(title)
        what = pgettext("file name", "report")
        if plan.volume:
            what = pgettext("file name", "report, annex %(number)d") % {"number": plan.volume}
        return f"{safe or what.capitalize()} - {what}.{plan.format}"


def safe_title(title: str) -> str:
    words = " ".join(_UNSAFE.sub(" ", title).split())
    return words.encode()[:LONGEST_TITLE].decode(errors="ignore").strip(". ")
