"""The choice of language at the root, and the pages that tell of an error, in both languages at once."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template import loader
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from . import error_texts, request_id
from .models import AuthorityProfile

logger = logging.getLogger(__name__)

LANGUAGE_COOKIE_SECONDS = 365 * 24 * 60 * 60
SHOWN_BACK = ("text", "body", "message")
"""Fields whose content is shown back when a form cannot be taken: what somebody wrote, never a password."""

BARE_PAGE = """<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>500</title></head><body>
<h1>Palvelussa on häiriö</h1><p>Yritä hetken kuluttua uudelleen.</p>
<h1 lang="sv-FI">Ett fel har uppstått i tjänsten</h1><p lang="sv-FI">Försök igen om en stund.</p>
</body></html>"""


def language_choice(request: HttpRequest) -> HttpResponse:
    """Offers the authority's languages side by side and remembers the choice, never by the browser's wish.

    `?language=sv` chooses; `?language=` shows the choice again to somebody who has chosen. With `next`, an
    address in that language, it is the switch of a page: it goes there and changes a choice made earlier,
    but makes none, so that who only reads is given no cookie.
    """
    profile = AuthorityProfile.load(request_or_site=request)
    languages = profile.languages
    asked = request.GET.get("language")
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if asked is not None and asked in languages:
        following = _following(request, asked)
        response: HttpResponse = HttpResponseRedirect(following or f"/{asked}/")
        if not following or chosen:
            _remember(request, response, asked)
    elif asked is None and len(languages) == 1:
        response = HttpResponseRedirect(f"/{languages[0]}/")
    elif asked is None and chosen in languages:
        response = HttpResponseRedirect(f"/{chosen}/")
    else:
        names = {code: profile.text("name", code) for code in languages}
        response = render(request, "language_choice.html", {"codes": languages, "names": names})
    patch_vary_headers(response, ["Cookie"])
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _following(request: HttpRequest, language: str) -> str:
    """Where the switch leads, if that is an address of this site in the language."""
    address = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours and address.startswith(f"/{language}/") else ""


def _remember(request: HttpRequest, response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=LANGUAGE_COOKIE_SECONDS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Shows back what was written on a page that has been taken away meanwhile."""
    return _error_page(request, 404, written=_written(request))


def gone(request: HttpRequest) -> HttpResponse:
    """A file that was withdrawn."""
    return _error_page(request, 410)


def server_error(request: HttpRequest) -> HttpResponse:
    return _error_page(request, 500)


def service_unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """For a time of maintenance; tells machines to come back in five minutes."""
    response = _error_page(request, 503)
    response["Retry-After"] = "300"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose safety token was missing or old: what was written is shown back, nothing is lost."""
    written = _written(request)
    key = "origin" if reason == "origin" else "csrf"
    return _error_page(request, 403, key=key, written=written)


def _written(request: HttpRequest) -> list[str]:
    """Empty for a body that cannot be read."""
    if request.method != "POST":
        return []
    try:
        return [request.POST[name] for name in SHOWN_BACK if request.POST.get(name)]
    except (OSError, SuspiciousOperation, MultiPartParserError):
        return []


def _error_page(
    request: HttpRequest, status: int, *, key: str = "", written: list[str] | None = None
) -> HttpResponse:
    """Both languages, the address's own first; no database, no context processors, no error of its own."""
    context: dict[str, Any] = {
        "halves": error_texts.halves(key or str(status), swedish_first=request.path.startswith("/sv/")),
        "reference": request_id.current() if status >= 500 else "",
        "written": written or [],
    }
    try:
        body = loader.get_template("errors/page.html").render(context)
    except Exception:
        logger.exception("the page for status %d could not be rendered", status)
        body = BARE_PAGE
    response = HttpResponse(body, status=status)
    patch_cache_control(response, private=True, no_store=True)
    return response
