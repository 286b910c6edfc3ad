"""What becomes a search entry, before it is analysed."""

import datetime as dt
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

from participation.processes.plain_text import one_line

from .analysis import analyse_entry, analyser
from .models import SearchEntry, StaffSearchEntry

LONGEST_PASSAGE = 100_000
"""Characters of one text that are searched; the longest documents of councils have some 60,000."""


@dataclass(frozen=True)
class Draft:
    """A public thing as its source gives it; either of a page or of a contribution."""

    kind: str
    public_id: uuid.UUID
    language: str
    rank: int
    dated_at: dt.datetime
    title: str
    passage: str
    participation_id: int | None = None
    page_id: int | None = None
    contribution_id: int | None = None
    form: str = ""
    """Of what belongs to no participation: a participation's own may change."""
    fragment: str = ""

    @cached_property
    def document(self) -> str:
        return f"{self.kind}:{self.public_id}:{self.language}"

    @cached_property
    def digest(self) -> str:
        return digest(*_values(self), analyser(self.language))

    def as_entry(self) -> SearchEntry:
        title, passage = one_line(self.title)[:300], self.passage[:LONGEST_PASSAGE]
        tokens = analyse_entry(title, passage, self.language)
        return SearchEntry(
            document=self.document,
            kind=self.kind,
            public_id=self.public_id,
            language=self.language,
            participation_id=self.participation_id,
            page_id=self.page_id,
            contribution_id=self.contribution_id,
            form=self.form,
            fragment=self.fragment,
            rank=self.rank,
            dated_at=self.dated_at,
            title=title,
            passage=passage,
            exact=tokens.exact,
            base=tokens.base,
            digest=self.digest,
        )


@dataclass(frozen=True)
class StaffDraft:
    """A contribution in any state, as staff look for it."""

    contribution_id: int
    language: str
    title: str
    passage: str

    @cached_property
    def digest(self) -> str:
        return digest(*_values(self), analyser(self.language))

    def as_entry(self) -> StaffSearchEntry:
        tokens = analyse_entry(self.title, self.passage[:LONGEST_PASSAGE], self.language)
        return StaffSearchEntry(
            contribution_id=self.contribution_id,
            language=self.language,
            exact=tokens.exact,
            base=tokens.base,
            digest=self.digest,
        )


def _values(draft: Draft | StaffDraft) -> Iterator[object]:
    return (getattr(draft, name) for name in draft.__dataclass_fields__)


def digest(*values: object) -> str:
    return blake2b("\x00".join(map(str, values)).encode("utf-8", "replace"), digest_size=16).hexdigest()
