"""Importing comments that came in elsewhere: on paper, in an event, in another service."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from participation.processes.device_keys import device_key_in
from participation.processes.enums import DeviceUse, ModerationState
from participation.processes.models import Contribution, Part, Participation
from participation.processes.plain_text import same_text
from participation.processes.screening import detect_language, hold_reasons
from participation.processes.services.contributions import lock_participation
from participation.processes.signals import contribution_changed
from portal.accounts.models import User
from portal.audit.services import record
from portal.core.keyed_hash import keyed_hash
from portal.core.page_cache import purge_on_commit
from portal.search.services import indexing as search_indexing

from ..models import Comment, Hearing, HearingPage
from .import_rows import BadRow, GoodRow, Names, municipality_names, read_rows

BATCH = 500


@dataclass
class Imported:
    """What became of a file: rows added, rows that were there already, rows left out with their reasons."""

    added: int = 0
    known: int = 0
    held: int = 0
    bad: list[BadRow] = field(default_factory=list)


def import_comments(
    *,
    hearing: Hearing,
    path: Path,
    columns: Mapping[str, str] | None = None,
    actor: User | None = None,
    tick: Callable[[int], None] = lambda count: None,
) -> Imported:
    """Adds the rows of a file, five hundred to a transaction; raises `FileUnreadable`.

    A row is known by its section, author, text and its how-manieth occurrence in the file, so that importing
    the same file again adds nothing. Imported texts are public at once where the hearing shows comments, but
    a text that seems to hold personal data waits for a moderator, as everybody's does. In each transaction
    the counts of the hearing and its parts are changed once; `contribution_changed` is sent for every row.
    """
    result = Imported()
    names = Names(section_names(hearing), municipality_names(), hearing.source_language)
    rows = read_rows(path, columns or {}, names)
    while batch := list(islice(rows, BATCH)):
        result.bad += [row for row in batch if isinstance(row, BadRow)]
        good = [row for row in batch if isinstance(row, GoodRow)]
        if good:
            _import_batch(hearing, good, result)
        tick(len(batch))
    if result.added:
        record(verb="comment.imported", actor=actor, obj=hearing, kind="participation", participation=hearing)
    return result


def section_names(hearing: Hearing) -> dict[str, Part]:
    """By number, first word of a heading, heading and public id; of two that are the same the later wins."""
    parts = {part.block_id: part for part in Part.objects.filter(participation_id=hearing.pk)}
    pages = HearingPage.objects.filter(translation_key=hearing.translation_key)
    titles = [
        (parts[key], title) for page in pages for key, title in page.part_titles().items() if key in parts
    ]
    ordered = sorted(parts.values(), key=lambda part: (part.order, part.pk))
    found = {str(number): part for number, part in enumerate(ordered, start=1)}
    found |= {title.split()[0].rstrip(".:").casefold(): part for part, title in titles if title.split()}
    found |= {title.casefold(): part for part, title in titles}
    return found | {str(part.public_id): part for part in ordered}


@transaction.atomic
def _import_batch(hearing: Hearing, rows: Iterable[GoodRow], result: Imported) -> None:
    now = timezone.now()
    participation = lock_participation(hearing.pk)
    made, sources = {}, {}
    for row in rows:
        one = _contribution(participation, row, now)
        made[one.submission_key], sources[one.submission_key] = one, row
    known = set(
        Contribution.objects.filter(submission_key__in=list(made)).values_list("submission_key", flat=True)
    )
    new = [made[key] for key in made if key not in known]
    result.known += len(made) - len(new)
    if not new:
        return
    written = {key: row.created for key, row in sources.items() if row.created}
    new = Contribution.objects.bulk_create(new)
    _restore_dates(new, written)
    _add_children(new)
    _count(participation, new)
    with search_indexing.together():
        for contribution in new:
            contribution_changed.send(sender=Contribution, contribution=contribution, change="created")
    purge_on_commit()
    result.added += len(new)
    result.held += sum(one.moderation_state == ModerationState.PENDING for one in new)


def _contribution(participation: Participation, row: GoodRow, now: dt.datetime) -> Contribution:
    hearing_id = str(participation.public_id)
    part_id = str(row.part.public_id) if row.part else ""
    identity = (hearing_id, part_id, row.author, row.text, str(row.occurrence))
    author = keyed_hash("import-author", hearing_id, row.author) if row.author else ""
    held_for = hold_reasons(row.text)
    received = row.received or row.created or now
    closes_at = participation.closes_at
    return Contribution(
        participation=participation,
        part=row.part,
        language=row.language,
        detected_language=detect_language(row.text),
        channel=row.channel,
        received_at=received,
        late=closes_at is not None and row.received is not None and row.received >= closes_at,
        moderation_state=ModerationState.PENDING if held_for else ModerationState.PUBLISHED,
        held_for=[reason.value for reason in held_for],
        original_text=row.text,
        public_text=row.text,
        municipality=row.municipality,
        device_key=device_key_in(hearing_id, DeviceUse.CONTRIBUTING, author),
        text_key=keyed_hash("text", hearing_id, same_text(row.text)),
        submission_key=keyed_hash("import", *identity),
    )


def _restore_dates(new: list[Contribution], written: Mapping[str, dt.datetime]) -> None:
    """A row's own date of writing: the column fills itself with the present moment on insertion."""
    dated = [one for one in new if one.submission_key in written]
    for one in dated:
        one.created_at = written[one.submission_key]
    if dated:
        Contribution.objects.bulk_update(dated, ["created_at"], batch_size=BATCH)


def _add_children(new: list[Contribution]) -> None:
    """The comment's own row for each: Django does not insert children of several tables in bulk."""
    quote = connection.ops.quote_name
    table, key = quote(Comment._meta.db_table), quote(Comment._meta.pk.attname)
    places = ", ".join(["(%s, 0)"] * len(new))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({key}, {quote('support_count')}) VALUES {places}", [one.pk for one in new]
        )


def _count(participation: Participation, new: list[Contribution]) -> None:
    public: dict[int | None, int] = {}
    for one in new:
        public[one.part_id] = public.get(one.part_id, 0) + one.is_public
    Participation.objects.filter(pk=participation.pk).update(
        received_count=F("received_count") + len(new),
        published_count=F("published_count") + sum(public.values()),
    )
    for part_id, count in public.items():
        if part_id is not None and count:
            Part.objects.filter(pk=part_id).update(published_count=F("published_count") + count)


def rows_in(path: Path) -> Iterator[int]:
    """Sizes of the pieces of a file in lines: close enough to rows for a bar that knows its end."""
    with path.open("rb") as source:
        while piece := source.read(1 << 20):
            yield piece.count(b"\n")
