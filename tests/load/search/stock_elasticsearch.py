"""Elasticsearch with its own default analyzer (`standard`) for a text, best match (BM25) first."""

from itertools import islice

BATCH = 2_000


class StockElasticsearch:
    def __init__(self, texts, client, name):
        self._client, self._name = client.options(request_timeout=30), name
        settings = {"number_of_shards": 1, "number_of_replicas": 0}
        client.indices.create(
            index=name, settings=settings, mappings={"properties": {"body": {"type": "text"}}}
        )
        texts = iter(texts)
        while batch := list(islice(texts, BATCH)):
            operations = []
            for text in batch:
                operations += [{"index": {"_id": str(text.id)}}, {"body": text.text}]
            answer = client.bulk(index=name, operations=operations)
            assert not answer["errors"]
        client.indices.refresh(index=name)

    def found(self, query, language, limit):
        return [int(hit["_id"]) for hit in self._ask(query, limit)["hits"]["hits"]]

    def page(self, query, limit):
        """What a page of results asks for: the first ones, and how many there are."""
        return self._ask(query, limit, track_total_hits=True)

    def _ask(self, query, limit, **options):
        match = {"match": {"body": {"query": query, "operator": "and"}}}
        return self._client.search(index=self._name, query=match, size=limit, **options)
