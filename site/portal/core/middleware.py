"""A request's id and its log line without personal data; its language from the address."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from . import request_id

logger = logging.getLogger("portal.request")
HEADER = "X-Request-ID"
QUIET_PREFIXES = ("/static/", "/health/")


class RequestIdMiddleware:
    """Sets the request id for logs, audit entries and jobs; logs method, path, status and time.

    The path goes out masked by the log formatter; the query string, the address and the browser never do.
    An id sent with the request is believed only when a trusted proxy stands in front.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.trusts_header = getattr(settings, "TRUSTED_PROXIES", 0) > 0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get(HEADER, "") if self.trusts_header else ""
        value = sent if request_id.acceptable(sent) else request_id.fresh()
        started = time.perf_counter()
        with request_id.use(value):
            response = self.get_response(request)
            response[HEADER] = value
            if not request.path_info.startswith(QUIET_PREFIXES) and not getattr(request, "is_dummy", False):
                milliseconds = (time.perf_counter() - started) * 1000
                logger.info(
                    "%s %s %d %.0f ms", request.method, request.path_info, response.status_code, milliseconds
                )
        return response


class PathLocaleMiddleware(LocaleMiddleware):
    """The language is the address's own, else the one chosen earlier; never the browser's wish.

    Django's middleware would send an address without a language to one by Accept-Language.
    """

    def process_request(self, request: HttpRequest) -> None:
        language = translation.get_language_from_path(request.path_info)
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        if not language:
            language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response
