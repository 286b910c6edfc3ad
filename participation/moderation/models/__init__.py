from .acts import ModerationAct
from .requests import AbuseReport, ReviewRequest

__all__ = ["AbuseReport", "ModerationAct", "ReviewRequest"]
