"""Conventions that need saying twice, as system checks."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connections
from wagtail.models import Page

from .reserved import reserved_slugs


@register(Tags.database)
def check_reserved_slugs(databases: Sequence[str] | None = None, **kwargs: Any) -> list[Error]:
    """Pages right under a home page whose slug hides an address of ours (`check --database default`)."""
    if "default" not in (databases or ()):
        return []
    if Page._meta.db_table not in connections["default"].introspection.table_names():
        return []
    taken = Page.objects.filter(depth=3, slug__in=reserved_slugs()).values_list("slug", "url_path")
    return [
        Error(
            f"the page {path} has the reserved slug {slug!r}",
            hint="Give the page another slug.",
            id="portal_core.E001",
        )
        for slug, path in taken
    ]
