"""`/o/<public id>`: the only address in mails, QR codes and files; it leads to the reader's language."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers

from .models import AuthorityProfile

Resolver = Callable[[uuid.UUID, str, HttpRequest], str | None]
"""From a public id and a language to the address of a page that the visitor may read; else None."""

_resolvers: dict[str, Resolver] = {}
_staff_resolvers: dict[str, Resolver] = {}


def register(kind: str, resolver: Resolver, staff: Resolver | None = None) -> None:
    """Called by the apps above in `AppConfig.ready()`.

    `staff` leads staff to the administration when the public has nothing to see.
    """
    _resolvers[kind] = resolver
    if staff is not None:
        _staff_resolvers[kind] = staff


def lasting_url(public_id: uuid.UUID | str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}/o/{public_id}"


def readers_language(request: HttpRequest) -> str:
    """The account's language, else the one chosen earlier on the site, else the authority's first."""
    languages = AuthorityProfile.load(request_or_site=request).languages
    user = getattr(request, "user", None)
    wishes = [
        user.language if user is not None and user.is_authenticated else "",
        request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""),
    ]
    return next((wish for wish in wishes if wish in languages), languages[0])


def redirect_to_object(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    language = readers_language(request)
    resolvers = [*_resolvers.values()]
    if request.user.has_perm("wagtailadmin.access_admin"):
        resolvers += _staff_resolvers.values()
    for resolve in resolvers:
        address = resolve(public_id, language, request)
        if address:
            response = HttpResponseRedirect(address)
            add_never_cache_headers(response)
            return response
    raise Http404
