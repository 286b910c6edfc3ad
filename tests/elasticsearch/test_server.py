"""The server that the suite searches with: what it is, and that it keeps our tokens as we made them."""

from importlib import metadata

import pytest
from elasticsearch import BadRequestError, Elasticsearch
from modelsearch.backends.elasticsearch9 import SearchBackend

from scripts.elasticsearch import version

OURS = "kirjasto =kirjasto +auto ~aanestys ^=kirjasto vårdcentral"
TOKENS = {"properties": {"base": {"type": "text", "analyzer": "whitespace"}}}
# modelsearch's own, with a folding that keeps the original beside the folded form.
AUTOCOMPLETE = {
    "analysis": {
        "filter": {
            "folded": {"type": "asciifolding", "preserve_original": True},
            "edgengram": {"type": "edge_ngram", "min_gram": 1, "max_gram": 15},
        },
        "analyzer": {
            "beginnings": {"tokenizer": "standard", "filter": ["lowercase", "folded", "edgengram"]},
        },
    }
}


def words_of(client, index, query):
    hits = client.search(index=index, query=query)["hits"]["hits"]
    return sorted(hit["_source"]["word"] for hit in hits)


def test_it_is_the_version_that_is_built_and_of_the_clients_major(elasticsearch_client):
    number = elasticsearch_client.info()["version"]["number"]
    assert number == version()
    assert number.split(".")[0] == metadata.version("elasticsearch").split(".")[0]


def test_tokens_with_marks_stay_as_they_are(elasticsearch_client, index_prefix):
    elasticsearch_client.indices.create(index=index_prefix, mappings=TOKENS)
    found = elasticsearch_client.indices.analyze(index=index_prefix, field="base", text=OURS)
    assert [token["token"] for token in found["tokens"]] == OURS.split()


@pytest.mark.parametrize("token", OURS.split())
def test_a_token_is_found_by_itself_and_by_its_beginning(elasticsearch_client, index_prefix, token):
    elasticsearch_client.indices.create(index=index_prefix, mappings=TOKENS)
    elasticsearch_client.index(index=index_prefix, document={"word": "it", "base": OURS}, refresh=True)
    elasticsearch_client.index(index=index_prefix, document={"word": "no", "base": "=muu"}, refresh=True)
    for query in ({"term": {"base": token}}, {"match": {"base": token}}, {"prefix": {"base": token[:4]}}):
        assert words_of(elasticsearch_client, index_prefix, query) == ["it"]


def test_an_alias_moves_from_one_index_to_the_next_at_once(elasticsearch_client, index_prefix):
    old, new, alias = (f"{index_prefix}-{name}" for name in ("1", "2", "current"))
    for index, word in ((old, "old"), (new, "new")):
        elasticsearch_client.indices.create(index=index, mappings=TOKENS)
        elasticsearch_client.index(index=index, document={"word": word, "base": "=x"}, refresh=True)
    elasticsearch_client.indices.put_alias(index=old, name=alias)
    assert words_of(elasticsearch_client, alias, {"match_all": {}}) == ["old"]
    actions = [{"remove": {"index": old, "alias": alias}}, {"add": {"index": new, "alias": alias}}]
    elasticsearch_client.indices.update_aliases(actions=actions)
    assert words_of(elasticsearch_client, alias, {"match_all": {}}) == ["new"]


@pytest.mark.parametrize("asked", ["vård", "vard", "Vård", "vå", "va"])
def test_beginnings_are_found_with_their_marks_and_without(elasticsearch_client, index_prefix, asked):
    word = {"type": "text", "analyzer": "beginnings", "search_analyzer": "standard"}
    elasticsearch_client.indices.create(
        index=index_prefix, settings=AUTOCOMPLETE, mappings={"properties": {"word": word}}
    )
    for text in ("vårdcentral", "bibliotek"):
        elasticsearch_client.index(index=index_prefix, document={"word": text}, refresh=True)
    query = {"match": {"word": {"query": asked, "operator": "and"}}}
    assert words_of(elasticsearch_client, index_prefix, query) == ["vårdcentral"]


def test_modelsearchs_own_settings_make_an_index(elasticsearch_client, index_prefix):
    indices = elasticsearch_client.indices
    indices.create(index=index_prefix, settings=SearchBackend.settings["settings"])
    found = indices.analyze(index=index_prefix, analyzer="edgengram_analyzer", text="Vård")
    assert [token["token"] for token in found["tokens"]] == ["v", "va", "var", "vard"]


@pytest.mark.parametrize(
    "unknown", [{"type": "synonym", "synonyms": ["a, b"]}, {"type": "edge_ngram", "side": "back"}]
)
def test_what_the_stand_in_does_not_know_is_refused(killable_elasticsearch, unknown):
    """Ignored, an option or a filter would seem to work here and work otherwise in production."""
    settings = {"analysis": {"filter": {"mine": unknown}}}
    with Elasticsearch(killable_elasticsearch.url) as client, pytest.raises(BadRequestError):
        client.indices.create(index="refused", settings=settings)


@pytest.mark.faults
def test_killed_and_started_again_it_answers_at_its_address_with_its_data(killable_elasticsearch):
    with Elasticsearch(killable_elasticsearch.url) as client:
        client.indices.create(index="kept", mappings=TOKENS)
        client.index(index="kept", id="1", document={"word": "kept", "base": "=sana"})
    before = killable_elasticsearch.url
    killable_elasticsearch.kill()
    assert not killable_elasticsearch.answers()
    killable_elasticsearch.start()
    assert killable_elasticsearch.url == before
    with Elasticsearch(before) as client:
        assert client.get(index="kept", id="1")["_source"]["word"] == "kept"
        assert words_of(client, "kept", {"term": {"base": "=sana"}}) == ["kept"]
        client.indices.delete(index="kept")
