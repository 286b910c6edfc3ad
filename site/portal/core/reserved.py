"""First words of our own addresses under a language (`/fi/tili/`, `/sv/konto/`): no page may take them."""

from functools import lru_cache

from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern, URLPattern, URLResolver
from django.utils.translation import override


@lru_cache(maxsize=1)
def reserved_slugs() -> frozenset[str]:
    """In all languages: a page's own language may change, its translations have slugs too."""
    found: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            for pattern in get_resolver().url_patterns:
                if isinstance(pattern, URLResolver) and isinstance(pattern.pattern, LocalePrefixPattern):
                    found |= _first_words(pattern.url_patterns)
    return frozenset(found - {""})


def _first_words(patterns: list[URLPattern | URLResolver]) -> set[str]:
    words = set()
    for pattern in patterns:
        if isinstance(pattern.pattern, RoutePattern):
            word = str(pattern.pattern).split("/")[0]
            if not word and isinstance(pattern, URLResolver):
                words |= _first_words(pattern.url_patterns)
            elif "<" not in word:
                words.add(word)
    return words
