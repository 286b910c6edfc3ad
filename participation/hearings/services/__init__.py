"""Everything that writes in hearings."""

from .drafts import Draft, Posted, Sender
from .posting import post_comment
from .support import support, unsupport

__all__ = ["Draft", "Posted", "Sender", "post_comment", "support", "unsupport"]
