"""Everything that writes in moderation."""

from .acts import BulkResult, approve, hide, keep, moderate_many, redact, restore, version_of
from .asking import ask_for_review, may_ask_for_review, report_abuse
from .messages import address_of

__all__ = [
    "BulkResult",
    "address_of",
    "approve",
    "ask_for_review",
    "hide",
    "keep",
    "may_ask_for_review",
    "moderate_many",
    "redact",
    "report_abuse",
    "restore",
    "version_of",
]
