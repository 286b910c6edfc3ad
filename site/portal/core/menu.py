"""Items of the administration's main menu that lead to screens of ours."""

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem, admin_menu


class PlainMenuItem(MenuItem):
    """Its screens work without scripts, and so must the way to them: Wagtail's menu is drawn by script."""


def plain_items(request: HttpRequest) -> list[MenuItem]:
    items = [item for item in admin_menu.registered_menu_items if isinstance(item, PlainMenuItem)]
    return sorted((item for item in items if item.is_shown(request)), key=lambda item: item.order)
