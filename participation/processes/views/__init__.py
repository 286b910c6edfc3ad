from .acts import ActView, ConfirmTranslationView, HistoryView
from .copying import CopyView
from .languages import LanguagesView
from .listing import ListingView
from .settings import SettingsView
from .shortcuts import by_key

__all__ = [
    "ActView",
    "ConfirmTranslationView",
    "CopyView",
    "HistoryView",
    "LanguagesView",
    "ListingView",
    "SettingsView",
    "by_key",
]
