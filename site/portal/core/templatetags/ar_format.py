"""Filters for dates, numbers and language marks in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from ..formats import text

register = template.Library()


def _language() -> str:
    return get_language() or "fi"


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    return text.format_date(value, _language()) if value else ""


@register.filter
def date_time(value: dt.datetime | None) -> str:
    return text.format_datetime(value, _language()) if value else ""


@register.filter
def day_month(value: dt.date | dt.datetime | None) -> str:
    return text.format_day_month(value, _language()) if value else ""


@register.filter
def deadline(value: dt.datetime | None) -> str:
    """Last moment of an exclusive end: `{{ closes_at|deadline }}`."""
    return text.format_deadline(value, _language()) if value else ""


@register.filter
def day_range(start: dt.date | dt.datetime, end: dt.date | dt.datetime) -> str:
    """`{{ start|day_range:end }}`, both days included."""
    return text.format_date_range(start, end, _language())


@register.filter
def machine_date(value: dt.date | dt.datetime) -> str:
    """The `datetime` attribute of a time element: a day as a day, a moment with its offset."""
    if isinstance(value, dt.datetime):
        return value.astimezone(text.HELSINKI).isoformat(timespec="minutes")
    return value.isoformat()


@register.filter
def number(value: text.Number | None, decimals: int | None = None) -> str:
    return "" if value is None else text.format_number(value, _language(), decimals)


@register.filter
def percent(share: text.Number | None, decimals: int = 1) -> str:
    return "" if share is None else text.format_percent(share, _language(), decimals)


@register.filter
def time_left(closes_at: dt.datetime | None) -> str:
    """While open "3 days left" or "Last day today"; nothing when it is over."""
    days = text.days_left(closes_at, timezone.now()) if closes_at else -1
    if days < 0:
        return ""
    if days == 0:
        return gettext("Last day today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


@register.filter
def lang_attr(language: Any) -> str:
    """fi → fi, sv → sv-FI; unknown or mixed languages give `und`, so that no wrong voice reads them."""
    code = str(language or "")
    return "und" if code in ("", "other") else text.html_language(code)


@register.filter
def character_count(message: str) -> str:
    """Our `{count}` as the placeholder that govuk-frontend's CharacterCount fills in."""
    return message.replace("{count}", "%{count}")
