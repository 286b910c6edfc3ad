"""The public search: page, feed and suggestions while typing; all by GET, none needs a script."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.core.device import address_key
from portal.core.limits import hit

from . import feed, selectors
from .analysis import MOST_QUERY_CHARACTERS
from .asking import FACETS, Filters
from .cursors import place_from, place_to
from .question import FACET_LABELS, Question, address

PAGE = "search:search"
WINDOW_SECONDS = 60
TITLES_PER_SEARCH = 5


def _language() -> str:
    return (get_language() or "fi")[:2]


def _is_too_many(request: HttpRequest) -> bool:
    """Whether this network has searched more than one may; counted before anything is looked for."""
    return hit("search", address_key(request), WINDOW_SECONDS) > settings.SEARCH_LIMIT_PER_ADDRESS


def _are_too_many_titles(request: HttpRequest) -> bool:
    """Counted by themselves: whoever types asks several times before they search."""
    most = settings.SEARCH_LIMIT_PER_ADDRESS * TITLES_PER_SEARCH
    return hit("search-titles", address_key(request), WINDOW_SECONDS) > most


def _refused(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "portal_search/search.html", context | {"is_refused": True}, status=429)
    response["Retry-After"] = str(WINDOW_SECONDS)
    return response


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    form = Question(request.GET)
    text, filters = form.question(), form.filters()
    context: dict[str, Any] = {
        "text": text,
        "was_cut": len(request.GET.get("q", "")) > MOST_QUERY_CHARACTERS,
        "filters": filters,
        "clear_url": address(PAGE, text),
    }
    if text and _is_too_many(request):
        return _refused(request, context)
    if text:
        after, shown_before = place_from(request.GET.get("after", ""))
        results = selectors.search(text, language=_language(), filters=filters, after=after)
        context |= _results(text, filters, results, shown_before if after else 0)
    response = render(request, "portal_search/search.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _results(text: str, filters: Filters, results: selectors.Results, before: int) -> dict[str, Any]:
    last = before + len(results.results)
    following = place_to(results.following, last) if results.following else ""
    return {
        "results": results,
        "first": before + 1,
        "last": last,
        "next_url": address(PAGE, text, **filters.chosen, after=following) if following else "",
        "start_url": address(PAGE, text, **filters.chosen) if before else "",
        "facets": [
            {
                "name": name,
                "label": FACET_LABELS[name],
                "options": results.facets[name],
                "chosen": getattr(filters, name),
            }
            for name in FACETS
            if len(results.facets.get(name, ())) > 1 or getattr(filters, name)
        ],
        "chosen": [
            {
                "label": next(
                    (option.label for option in results.facets.get(name, ()) if option.value == value), value
                ),
                "url": address(PAGE, text, **filters.without(name).chosen),
            }
            for name, value in filters.chosen.items()
        ],
        "better_url": address(PAGE, results.better) if results.better else "",
        "feed_url": address("search:feed", text, **filters.chosen),
    }


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Titles that begin as somebody types, for the list below the field."""
    text = Question(request.GET).question()
    if _are_too_many_titles(request):
        return JsonResponse({"titles": []}, status=429)
    titles = selectors.titles_beginning(text, language=_language()) if text else []
    response = JsonResponse({"titles": titles})
    patch_cache_control(response, private=True, max_age=30)
    return response


@require_safe
def search_feed(request: HttpRequest) -> HttpResponse:
    """The latest of what a question finds, as RSS; addresses are the lasting ones."""
    form = Question(request.GET)
    text, filters = form.question(), form.filters()
    if _is_too_many(request):
        return HttpResponse(_("Too many searches. Wait a minute."), status=429, content_type="text/plain")
    content = feed.rss(text, filters, language=_language(), address=address(PAGE, text, **filters.chosen))
    response = HttpResponse(content, content_type="application/rss+xml; charset=utf-8")
    patch_cache_control(response, private=True, max_age=60)
    return response
