"""A question as a feed: what it finds, the latest first."""

from django.conf import settings
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _

from portal.core.lasting import lasting_url

from . import bridge, registry
from .answering import may_be_found, stored
from .asking import Asked, Filters
from .backends.choice import answer_by_any
from .highlight import Marker
from .models import SearchEntry
from .reading import read
from .scope import present_scope

ITEMS = 30


def rss(text: str, filters: Filters, *, language: str, address: str) -> str:
    made = Rss201rev2Feed(
        title=_("Search: %(text)s") % {"text": text},
        link=settings.SITE_URL.rstrip("/") + address,
        description=_("The latest that this search finds."),
        language={"fi": "fi", "sv": "sv-FI"}.get(language, language),
    )
    reading = read(text, language, bridge.current())
    if not reading.is_empty:
        scope = present_scope()
        asked = Asked(reading, scope, filters, newest_first=True)
        hits = answer_by_any(lambda backend: backend.page(asked, None, ITEMS))
        entries = stored(hit.place.document for hit in hits)
        marker = Marker(reading)
        for hit in hits:
            if may_be_found(entries, hit, scope):
                _add(made, entries[hit.place.document], marker)
    written: str = made.writeString("utf-8")
    return written


def _add(made: Rss201rev2Feed, entry: SearchEntry, marker: Marker) -> None:
    kind = registry.kinds().get(entry.kind)
    label = str(kind.label) if kind else ""
    made.add_item(
        title=f"{label}: {entry.title}" if entry.title else label,
        link=lasting_url(_lasting_id(entry)),
        description="".join(piece.text for piece in marker.passage(entry.passage, entry.language).pieces),
        unique_id=entry.document,
        unique_id_is_permalink=False,
        pubdate=entry.dated_at,
    )


def _lasting_id(entry: SearchEntry) -> str:
    if entry.contribution_id is None and entry.participation is not None:
        return str(entry.participation.public_id)
    return str(entry.public_id)
