"""What the search form sends; what makes no sense in an address is left out, never an error."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.processes.enums import ParticipationForm, State
from participation.processes.plain_text import one_line

from . import registry
from .analysis import MOST_QUERY_CHARACTERS
from .asking import Filters
from .enums import Since, TextLanguage

FACET_LABELS = {
    "form": _("Form of participation"),
    "state": _("State"),
    "municipality": _("Municipality"),
    "kind": _("Type"),
    "language": _("Language"),
    "since": pgettext_lazy("filter", "Time"),
}
LONGEST_CODE = 20


def address(name: str, text: str, **more: str) -> str:
    """The address of a search by the name of its URL; what is empty is left out."""
    kept = {key: value for key, value in {"q": text, **more}.items() if value}
    return f"{reverse(name)}?{urlencode(kept)}" if kept else reverse(name)


class Question:
    """The question and the filters that an address carries."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self.data = data

    def question(self) -> str:
        """What was typed, as much of it as is looked for, on one line and without control characters."""
        return one_line(self.data.get("q", "")[:MOST_QUERY_CHARACTERS])

    def filters(self) -> Filters:
        known: dict[str, Collection[str]] = {
            "form": ParticipationForm.values,
            "state": State.values,
            "kind": registry.kinds(),
            "language": TextLanguage.values,
            "since": Since.values,
        }
        chosen = {name: self.data.get(name, "") for name in known}
        kept = {name: value for name, value in chosen.items() if value in known[name]}
        municipality = self.data.get("municipality", "")
        if municipality.isalnum() and len(municipality) <= LONGEST_CODE:
            kept["municipality"] = municipality
        return Filters(**kept)
