"""Indexes of entries: making one, writing to it, moving the name to it, comparing what it holds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import NotFoundError
from elasticsearch.helpers import streaming_bulk
from modelsearch.backends.elasticsearch9 import Elasticsearch9Index
from modelsearch.backends.elasticsearchbase import ElasticsearchAtomicIndexRebuilder

from ...models import SearchEntry
from .queries import KNOWN

BUILDING = "-building"
MOST_BYTES = 10_000_000
RETRIES = 3
COMPARED = 1_000


class EntryIndex(Elasticsearch9Index):
    """One index, or the name (alias) that stands for one.

    Everything is written to a name and never to an index itself: writing to an index that was deleted a
    moment ago would make a new one, without a mapping.
    """

    @property
    def building_name(self) -> str:
        return f"{self.name}{BUILDING}"

    def put(self) -> None:
        mapping = self.mapping_class(SearchEntry).get_mapping()
        aliases: dict[str, Any] = {self.building_name: {}}
        self.es.indices.create(index=self.name, mappings=mapping, aliases=aliases, **self.backend.settings)

    def write(
        self, names: Sequence[str], entries: Mapping[str, SearchEntry], versions: Mapping[str, int]
    ) -> set[str]:
        """Brings each document's state, or its absence, to each name; documents that all have confirmed.

        A state never replaces one of a greater version, whoever comes first.
        """
        mapping = self.mapping_class(SearchEntry)
        actions = []
        for document, version in versions.items():
            action: dict[str, Any] = {"_id": document, "version": version, "version_type": "external_gte"}
            entry = entries.get(document)
            action |= {"_op_type": "delete"} if entry is None else mapping.get_document(entry)
            actions += [action | {"_index": name} for name in names]
        bulk = streaming_bulk(
            self.es,
            actions,
            max_chunk_bytes=MOST_BYTES,
            max_retries=RETRIES,
            initial_backoff=1,
            raise_on_error=False,
            require_alias=True,
        )
        items = ((ok, item) for ok, result in bulk for item in result.values())
        return set(versions) - {item["_id"] for ok, item in items if not _is_confirmed(ok, item)}

    def names_to_write(self) -> list[str]:
        """The name itself and those of indexes that are being built to take its place."""
        found = self.es.indices.get_alias(name=f"{self.name}_*{BUILDING}")
        return [self.name, *(name for index in found.values() for name in index["aliases"])]

    def ask_for_nothing(self, seconds: float) -> None:
        """A search that fails where others would."""
        self.es.options(request_timeout=seconds).search(
            index=self.name, size=0, sort=KNOWN, source=False, allow_partial_search_results=False
        )

    def fits(self) -> bool:
        """Whether the index has our mapping, and nobody has changed it."""
        wanted = self.mapping_class(SearchEntry).get_mapping()
        mappings = self.es.indices.get_mapping(index=self.name).values()
        return all(_shape(held["mappings"]) == _shape(wanted) for held in mappings)

    def digests(self, documents: Sequence[str]) -> dict[str, str]:
        """Digests of those of the documents that the index has."""
        hits = self._hits({"terms": {"document": list(documents)}}, len(documents))
        return {hit["fields"]["document"][0]: hit["fields"]["digest"][0] for hit in hits}

    def all_documents(self) -> Iterator[list[str]]:
        """Every document that the index has, in batches."""
        last: list[Any] | None = None
        while True:
            hits = self._hits({"match_all": {}}, COMPARED, last)
            if hits:
                yield [hit["fields"]["document"][0] for hit in hits]
            if len(hits) < COMPARED:
                return
            last = hits[-1]["sort"]

    def _hits(self, query: dict[str, Any], size: int, after: list[Any] | None = None) -> list[dict[str, Any]]:
        more = {} if after is None else {"search_after": after}
        found: list[dict[str, Any]] = self.es.search(
            index=self.name,
            query=query,
            size=size,
            sort=[{"document": "asc"}],
            docvalue_fields=["document", "digest"],
            source=False,
            allow_partial_search_results=False,
            **more,
        )["hits"]["hits"]
        return found


def _shape(mapping: Mapping[str, Any]) -> tuple[Any, dict[str, str]]:
    fields = {name: field.get("type", "") for name, field in mapping.get("properties", {}).items()}
    return mapping.get("_meta"), fields


def _is_confirmed(ok: bool, item: dict[str, Any]) -> bool:
    """Also: what has a newer state already (409), and what was to be deleted and is not there."""
    return ok or item["status"] == 409 or (item["status"] == 404 and "error" not in item)


class EntryRebuilder(ElasticsearchAtomicIndexRebuilder):
    """Builds a new index beside the one that is asked; only then the name moves, in one step.

    modelsearch's own moves it in two, and between them each document is found twice.
    """

    def start(self) -> EntryIndex:
        """Indexes that another rebuild left behind go first: those that no name to ask stands for."""
        self._delete([index for index, names in self._existing().items() if not _asked_names(names)])
        self.index.put()
        new: EntryIndex = self.index
        return new

    def finish(self) -> None:
        self.index.refresh()
        before = [index for index in self._existing() if index != self.index.name]
        asked = self.alias.es.indices.get_alias(name=self.alias.name).body if self.alias.is_alias() else {}
        moves = [{"remove": {"index": index, "alias": self.alias.name}} for index in asked]
        self.index.es.indices.update_aliases(
            actions=[
                *moves,
                {"add": {"index": self.index.name, "alias": self.alias.name}},
                {"remove": {"index": self.index.name, "alias": self.index.building_name, "must_exist": True}},
            ]
        )
        self._delete(before)

    def _existing(self) -> dict[str, list[str]]:
        """Indexes of entries, of any mapping, with the names that stand for them."""
        pattern = f"{self.alias.name.rpartition('-')[0]}-*"
        found = self.alias.es.indices.get_alias(index=pattern)
        return {index: list(held["aliases"]) for index, held in found.items()}

    def _delete(self, indexes: Sequence[str]) -> None:
        """One by one: two rebuilds may delete the same."""
        for name in indexes:
            try:
                self.alias.es.indices.delete(index=name)
            except NotFoundError:
                continue


def _asked_names(names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(BUILDING)]
