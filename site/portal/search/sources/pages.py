"""Live pages and their parts as drafts of search entries."""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.apps import apps
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from participation.processes.models import Participation, ParticipationPage
from participation.processes.plain_text import one_line
from portal.core.models import BasePage

from ..drafts import Draft
from ..registry import PageKind, page_kind

BATCH = 100
UNKNOWN = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a page was published that nobody has published; made by programs alone."""
_TAG = re.compile(r"<[^>]*>")


def page_types() -> list[type[BasePage]]:
    """Page types that can be found: registered ones, abstract ones left out."""
    found = (model for model in apps.get_models() if issubclass(model, BasePage))
    return [model for model in found if page_kind(model) is not None]


def drafts_of(pages: Iterable[BasePage]) -> Iterator[Draft]:
    """Drafts of live pages, to be given as the database has them: others may hold words not public yet."""
    for batch in _batches(pages):
        participations = _participations(batch)
        for page in batch:
            kind = page_kind(type(page))
            if kind is not None and page.live and page.alias_of_id is None:
                yield from _of_page(page, kind, participations.get(page.translation_key))


def _batches(pages: Iterable[BasePage]) -> Iterator[list[BasePage]]:
    batch: list[BasePage] = []
    for page in pages:
        batch.append(page)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _participations(pages: Iterable[BasePage]) -> dict[uuid.UUID, Participation]:
    keys = [page.translation_key for page in pages if isinstance(page, ParticipationPage)]
    rows = Participation.objects.filter(translation_key__in=keys).prefetch_related("parts") if keys else ()
    return {row.translation_key: row for row in rows}


def _of_page(page: BasePage, kind: PageKind, participation: Participation | None) -> Iterator[Draft]:
    shared: dict[str, Any] = {
        "language": page.locale.language_code,
        "dated_at": page.first_published_at or page.last_published_at or UNKNOWN,
        "participation_id": participation.pk if participation else None,
        "page_id": page.pk,
        "form": "" if participation else kind.form(page),
    }
    yield Draft(
        kind=kind.kind.name,
        public_id=page.translation_key,
        rank=kind.kind.rank,
        title=page.title,
        passage=_joined(_texts(page, participation)),
        **shared,
    )
    if participation is not None and kind.part_kind is not None and isinstance(page, ParticipationPage):
        by_block = {part.block_id: part for part in participation.parts.all()}
        for number, block in enumerate(getattr(page, page.parts_field), 1):
            part = by_block.get(uuid.UUID(str(block.id)))
            if part is not None:
                heading = block.value["heading"]
                texts = block.block.get_searchable_content(block.value)
                yield Draft(
                    kind=kind.part_kind.name,
                    public_id=part.public_id,
                    rank=kind.part_kind.rank,
                    title=heading,
                    fragment=kind.part_fragment(number),
                    passage=_joined(text for text in texts if str(text) != heading),
                    **shared,
                )


def _texts(page: BasePage, participation: Participation | None) -> Iterator[str]:
    """What a reader of the page reads; what came of it only once that is told."""
    yield page.lead
    if participation is not None:
        language = page.locale.language_code
        yield participation.text("matter", language)
        yield participation.text("deciding_body", language)
        yield participation.diary_number
    for field in page._meta.get_fields():
        if field.name in _untold(page, participation):
            continue
        value = getattr(page, field.name, None)
        if isinstance(field, RichTextField) and value:
            yield plain(value)
        elif isinstance(field, StreamField) and value:
            yield from field.stream_block.get_searchable_content(value)


def _untold(page: BasePage, participation: Participation | None) -> set[str]:
    if not isinstance(page, ParticipationPage):
        return set()
    answers = () if participation is not None and participation.answered_at else page.answer_fields
    return {*answers, page.parts_field}


def plain(html: str) -> str:
    """Rich text as words; tags part them."""
    return unescape(_TAG.sub(" ", html))


def _joined(texts: Iterable[Any]) -> str:
    """One passage of separate texts; a reader sees where one ends."""
    return " · ".join(filter(None, (one_line(str(text)) for text in texts)))


def live_pages(page_type: type[BasePage]) -> Iterator[BasePage]:
    """Every live page of exactly this type, by key, a batch at a time."""
    last = 0
    rows = page_type.objects.filter(live=True, alias_of=None).select_related("locale").order_by("pk")
    while True:
        batch = list(rows.filter(pk__gt=last)[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1].pk


def stored(page: Page) -> BasePage | None:
    """The page as it is in the database, of its own type."""
    model = page.specific_class
    if model is None or page_kind(model) is None:
        return None
    found: BasePage | None = model.objects.filter(pk=page.pk).select_related("locale").first()
    return found
