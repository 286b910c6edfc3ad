from typing import Any

from django import template
from wagtail.admin.menu import MenuItem

from ..menu import plain_items

register = template.Library()


@register.simple_tag(takes_context=True)
def plain_menu(context: dict[str, Any]) -> list[MenuItem]:
    """What the main menu holds for browsers without scripts."""
    request = context.get("request")
    return plain_items(request) if request is not None and request.user.is_authenticated else []
