from typing import Any

from django import template

from ..menu import plain_items

register = template.Library()


@register.inclusion_tag("portal_core/plain_menu.html", takes_context=True)
def plain_menu(context: dict[str, Any]) -> dict[str, Any]:
    """The main menu for browsers without scripts; with a context of its own, under Wagtail's templates."""
    request = context.get("request")
    return {"items": plain_items(request) if request is not None and request.user.is_authenticated else []}
