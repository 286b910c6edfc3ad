"""What people see of a hearing, in a constant number of queries."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .models import HearingPage


def hearing_context(page: "HearingPage", query: Mapping[str, str], now: dt.datetime | None) -> dict[str, Any]:
    return {}
