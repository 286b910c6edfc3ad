"""The content security policy: strict on public pages, relaxed where Wagtail's administration needs it."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN_PREFIX = "/cms/"
# Wagtail's editors write style attributes, start inline scripts, preview in a frame and show local images.
ADMIN_DIRECTIVES: dict[str, Any] = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "connect-src": ["'self'"],
    "frame-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'self'"],
}


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Chooses the policy by the kind of page; one shown in the preview pane may be framed by our own site."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if report_only or parts.config is not None:
            return parts
        is_preview = getattr(request, "is_dummy", False) or getattr(request, "is_preview", False)
        if is_preview:
            parts.replace = (parts.replace or {}) | {"frame-ancestors": ["'self'"]}
        elif request.path_info.startswith(ADMIN_PREFIX):
            parts.config = ADMIN_DIRECTIVES | _upgrade()
        return parts


def _upgrade() -> dict[str, Any]:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    name = "upgrade-insecure-requests"
    return {name: directives[name]} if name in directives else {}
