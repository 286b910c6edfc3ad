"""Numbers and times as Finnish and Finland-Swedish readers write them, the same in every file."""

import datetime as dt
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
NO_BREAK = "\u00a0"
MINUS = "\u2212"
_CLOCK = {"fi": "klo", "sv": "kl."}


def integer(value: int) -> str:
    return f"{value:,}".replace(",", NO_BREAK).replace("-", MINUS)


def decimal(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace(",", NO_BREAK).replace(".", ",").replace("-", MINUS)


def percent(share: float) -> str:
    """8,2 %: one decimal, a no-break space before the sign."""
    return f"{decimal(share * 100, 1)}{NO_BREAK}%"


def moment(text: str) -> dt.datetime:
    """An ISO time of the snapshot, in Helsinki's time."""
    return dt.datetime.fromisoformat(text).astimezone(HELSINKI)


def date(value: dt.date) -> str:
    return f"{value.day}.{value.month}.{value.year}"


def date_time(value: dt.datetime, language: str) -> str:
    return f"{date(value)} {_CLOCK[language]}{NO_BREAK}{value.hour}.{value.minute:02}"


def date_time_of(text: str, language: str) -> str:
    """As `date_time`, from the snapshot's ISO text; a missing time is an empty text."""
    return date_time(moment(text), language) if text else ""
