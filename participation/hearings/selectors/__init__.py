"""What people see of a hearing, in a constant number of queries."""

from .commenting import replying_to
from .page import hearing_context, visible_page
from .receipts import receipt_context, writers_comment
from .single_thread import public_comment, sees_hearing_of, thread_context

__all__ = [
    "hearing_context",
    "public_comment",
    "receipt_context",
    "replying_to",
    "sees_hearing_of",
    "thread_context",
    "visible_page",
    "writers_comment",
]
