"""Everything that writes in moderation."""

from .acts import (
    ACTS,
    BulkResult,
    approve,
    cover_name,
    hide,
    keep,
    moderate_many,
    redact,
    restore,
    show_name,
    version_of,
)
from .asking import ask_for_review, may_ask_for_review, report_abuse
from .messages import address_of

__all__ = [
    "ACTS",
    "BulkResult",
    "address_of",
    "approve",
    "ask_for_review",
    "cover_name",
    "hide",
    "keep",
    "may_ask_for_review",
    "moderate_many",
    "redact",
    "report_abuse",
    "restore",
    "show_name",
    "version_of",
]
