"""Text templates in the recipient's language, in one layout; plain text, so nothing is escaped for HTML."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from portal.core.lasting import lasting_url
from portal.core.models import AuthorityProfile

LAYOUT = "mail/layout.txt"


def render_mail(
    template: str, language: str, context: Mapping[str, Any], about: UUID | None
) -> tuple[str, str]:
    """Subject, on one line, and body, of `mail/<template>.subject.txt` and `mail/<template>.body.txt`."""
    profile = AuthorityProfile.load()
    values = {
        "language": language,
        "authority": profile.text("name", language),
        "site_url": settings.SITE_URL,
        "link": lasting_url(about) if about else "",
        **context,
    }
    with override(language):
        subject = " ".join(_render(f"mail/{template}.subject.txt", values).split())
        text = _render(f"mail/{template}.body.txt", values).strip()
        body = _render(LAYOUT, values | {"text": text})
    return subject[:250], body.strip() + "\n"


def _render(name: str, values: Mapping[str, Any]) -> str:
    return str(get_template(name).template.render(Context(dict(values), autoescape=False)))  # type: ignore[attr-defined]
