"""What an index holds of an entry, and how it is analysed: not at all, but for the beginnings of titles."""

import json
from hashlib import blake2b
from typing import Any

from ...words import LONGEST_WORD

KEYWORD = {"type": "keyword"}
TOKENS = {"type": "text", "analyzer": "whitespace", "norms": False}
FIELDS: dict[str, Any] = {
    # Positions: words of a phrase stand side by side.
    "exact": TOKENS,
    "base": TOKENS | {"index_options": "docs"},
    "title": {
        "type": "text",
        "analyzer": "edgengram_analyzer",
        "search_analyzer": "keyword",
        "norms": False,
        "index_options": "docs",
    },
    "document": KEYWORD,
    "kind": KEYWORD,
    "language": KEYWORD,
    "form": KEYWORD,
    "participation": KEYWORD,
    "page": KEYWORD,
    "is_contribution": {"type": "boolean"},
    "cell": KEYWORD,
    "rank": {"type": "integer"},
    # Microseconds since 1970: a date of Elasticsearch's is cut to milliseconds, and order would differ.
    "dated_at": {"type": "long"},
    "digest": KEYWORD | {"index": False},
}
# modelsearch folds accents when it indexes and not when it searches: "vård" would find nothing.
INDEX_SETTINGS: dict[str, Any] = {
    "settings": {
        "analysis": {
            "analyzer": {
                "edgengram_analyzer": {
                    "tokenizer": "whitespace",
                    "filter": ["lowercase", "folded", "edgengram"],
                }
            },
            "filter": {
                "folded": {"type": "asciifolding", "preserve_original": True},
                "edgengram": {"type": "edge_ngram", "min_gram": 1, "max_gram": LONGEST_WORD},
            },
        },
        "index": {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            # How long a deletion is remembered, for an older state that arrives after it.
            "gc_deletes": "1h",
        },
    }
}
VERSION = blake2b(json.dumps([FIELDS, INDEX_SETTINGS], sort_keys=True).encode(), digest_size=4).hexdigest()
"""Of the mapping; it is in the name that is asked, so that no index of another mapping answers."""
