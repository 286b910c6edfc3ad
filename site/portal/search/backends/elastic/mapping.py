"""An entry as a document of the index."""

import datetime as dt
from typing import Any

from modelsearch.backends.elasticsearch9 import Elasticsearch9Mapping

from ...cursors import EPOCH
from ...models import SearchEntry
from ...words import words
from .fields import FIELDS, VERSION

CELL_PARTS = 4
BREAK = "|"


class EntryMapping(Elasticsearch9Mapping):
    """Takes its fields from here, not from the model.

    Were SearchEntry `Indexed`, Wagtail would put it into its own index too, at every save.
    """

    def get_mapping(self) -> dict[str, Any]:
        return {
            "dynamic": "strict",
            # Texts are shown from the database: the server need not keep them.
            "_source": {"enabled": False},
            "_meta": {"version": VERSION},
            "properties": FIELDS,
        }

    def get_document_id(self, obj: SearchEntry) -> str:
        return obj.document

    def get_document(self, obj: SearchEntry) -> dict[str, Any]:
        is_contribution = obj.contribution_id is not None
        return {
            "exact": obj.exact,
            "base": obj.base,
            "title": "" if is_contribution else " ".join(words(obj.title)),
            "document": obj.document,
            "kind": obj.kind,
            "language": obj.language,
            "form": obj.form,
            "participation": key(obj.participation_id),
            "page": key(obj.page_id),
            "is_contribution": is_contribution,
            "cell": BREAK.join([key(obj.participation_id) or "", obj.form, obj.kind, obj.language]),
            "rank": obj.rank,
            "dated_at": microseconds(obj.dated_at),
            "digest": obj.digest,
        }


def key(value: int | None) -> str | None:
    return None if value is None else str(value)


def microseconds(moment: dt.datetime) -> int:
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def moment(microseconds: int) -> dt.datetime:
    return EPOCH + dt.timedelta(microseconds=microseconds)
