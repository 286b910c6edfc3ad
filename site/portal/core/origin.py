"""Forms that need no login are checked by where they were sent from: cached pages carry no visitor's token.

Browsers say it in Sec-Fetch-Site and Origin, older ones in Referer. A request that says nothing at all is
refused: every browser since 2020 sends at least one of them with a POST of its own.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from .views import csrf_failure

Parameters = ParamSpec("Parameters")
View = Callable[Concatenate[HttpRequest, Parameters], HttpResponseBase]


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a page of this site sent the request, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site and site != "same-origin":
        return False
    origin = request.headers.get("Origin", "")
    if site and origin == "null":
        # Chromium says so of a page that sends no referrer; a sandboxed frame of ours is cross-site.
        return True
    if origin:
        return _is_ours(request, origin)
    if site:
        return True
    referrer = request.headers.get("Referer", "")
    return bool(referrer) and _is_ours(request, referrer)


def same_origin_form(view: View[Parameters]) -> View[Parameters]:
    """For views of login-free forms: no CSRF token, but unsafe methods only from our own pages."""

    @wraps(view)
    def checked(
        request: HttpRequest, *args: Parameters.args, **kwargs: Parameters.kwargs
    ) -> HttpResponseBase:
        if request.method in {"GET", "HEAD", "OPTIONS"} or is_same_origin(request):
            return view(request, *args, **kwargs)
        return refusal(request)

    return csrf_exempt(checked)


def refusal(request: HttpRequest) -> HttpResponseBase:
    """Says in both languages that the form came from elsewhere, what to do, and what was written."""
    return csrf_failure(request, reason="origin")


def _is_ours(request: HttpRequest, address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    sent_from = f"{parts.scheme}://{parts.netloc}"
    ours = f"{request.scheme}://{request.get_host()}"
    return sent_from == ours or sent_from in settings.CSRF_TRUSTED_ORIGINS
