"""Dates and numbers as text in a language that is named, for reports, files and mails as for pages.

Pure functions: no active language, no locale of the machine. A moment belongs to the day it is in Finland.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
CLOCK = {"fi": "klo ", "sv": "kl. ", "en": "at "}
HTML_LANGUAGE = {"fi": "fi", "sv": "sv-FI", "en": "en"}

Number = int | float | Decimal | Fraction


def base_language(language: str) -> str:
    """`sv` of `sv-FI`; raises ValueError for a language the site has no formats for."""
    code = language.replace("_", "-").partition("-")[0].lower()
    if code not in CLOCK:
        raise ValueError(f"No formats for language {language!r}; there are {', '.join(CLOCK)}.")
    return code


def html_language(language: str) -> str:
    """The `lang` attribute: Swedish is Finland's Swedish, for the voice that reads it aloud."""
    return HTML_LANGUAGE.get(language.partition("-")[0].lower(), language)


def helsinki_day(value: dt.date | dt.datetime) -> dt.date:
    """The day of a moment in Finland; a plain date is its own day. Naive moments are refused."""
    return _local(value).date() if isinstance(value, dt.datetime) else value


def format_date(value: dt.date | dt.datetime, language: str) -> str:
    """30.11.2026 (en: 30 November 2026)."""
    day = helsinki_day(value)
    if base_language(language) == "en":
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"


def format_day_month(value: dt.date | dt.datetime, language: str) -> str:
    """3.5. in Finnish, 3.5 in Swedish: Swedish puts no full stop after the month."""
    day = helsinki_day(value)
    if base_language(language) == "en":
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]}"
    return f"{day.day}.{day.month}." if base_language(language) == "fi" else f"{day.day}.{day.month}"


def format_time(value: dt.datetime | dt.time, language: str) -> str:
    """16.15 (en: 16:15)."""
    clock = _local(value).time() if isinstance(value, dt.datetime) else value
    separator = ":" if base_language(language) == "en" else "."
    return f"{clock.hour}{separator}{clock.minute:02}"


def format_datetime(value: dt.datetime, language: str) -> str:
    """30.11.2026 klo 16.15, 30.11.2026 kl. 16.15."""
    return f"{format_date(value, language)} {CLOCK[base_language(language)]}{format_time(value, language)}"


def format_deadline(value: dt.datetime, language: str) -> str:
    """The last moment of a period with an exclusive end; midnight is the whole day before, without a time."""
    local = _local(value)
    if local.time() == dt.time(0):
        return format_date(local.date() - dt.timedelta(days=1), language)
    return format_datetime(value, language)


def last_day(closes_at: dt.datetime) -> dt.date:
    """The last day on which something with this exclusive end is still open."""
    return helsinki_day(closes_at - dt.timedelta(microseconds=1))


def days_left(closes_at: dt.datetime, now: dt.datetime) -> int:
    """Whole days until the last one: 0 on the last day, negative when it is over."""
    return (last_day(closes_at) - helsinki_day(now)).days if closes_at > now else -1


def format_date_range(start: dt.date | dt.datetime, end: dt.date | dt.datetime, language: str) -> str:
    """1.–30.11.2026, 1.11.–5.12.2026 in Finnish; 1–30.11.2026, 1.11–5.12.2026 in Swedish; both included."""
    first, last = helsinki_day(start), helsinki_day(end)
    if first == last:
        return format_date(first, language)
    if first.year != last.year:
        opening = format_date(first, language)
    elif first.month != last.month:
        opening = format_day_month(first, language)
    else:
        opening = f"{first.day}." if base_language(language) == "fi" else str(first.day)
    return f"{opening}{EN_DASH}{format_date(last, language)}"


def format_number(value: Number, language: str, decimals: int | None = None) -> str:
    """1 655 624 with non-breaking spaces, a decimal comma, a real minus; halves round away from zero."""
    number = _decimal(value)
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(number):,f}"
    if base_language(language) != "en":
        text = text.replace(",", NO_BREAK_SPACE).replace(".", ",")
    return f"{MINUS}{text}" if number < 0 else text


def format_percent(share: Number, language: str, decimals: int = 1) -> str:
    """A share of one as 8,2 % with a non-breaking space (en: 8.2%)."""
    number = format_number(_decimal(share) * 100, language, decimals)
    return f"{number}%" if base_language(language) == "en" else f"{number}{NO_BREAK_SPACE}%"


_ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _decimal(value: Number) -> Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value))


def _local(value: dt.datetime) -> dt.datetime:
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone; moments must have one.")
    return value.astimezone(HELSINKI)
