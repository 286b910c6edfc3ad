"""Everything that writes in hearings."""

from .posting import Draft, Posted, Sender, post_comment
from .support import support, unsupport

__all__ = ["Draft", "Posted", "Sender", "post_comment", "support", "unsupport"]
