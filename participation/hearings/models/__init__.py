from .comment import Comment, Support
from .hearing import Hearing
from .page import HearingPage

__all__ = ["Comment", "Hearing", "HearingPage", "Support"]
