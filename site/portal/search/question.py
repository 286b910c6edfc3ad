"""What the search form sends; what makes no sense in an address is left out, never an error."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation.processes.enums import ParticipationForm, State

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


class Question:
    """The question and the filters that an address carries."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self.data = data

    def question(self) -> str:
        """What was typed, as much of it as is looked for; NUL and line breaks are spaces."""
        typed = self.data.get("q", "")[:MOST_QUERY_CHARACTERS]
        return " ".join(typed.replace("\x00", " ").split())

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
