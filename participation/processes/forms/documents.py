"""Choosing a document: Wagtail's dialogue, and a plain list of the latest ones where scripts are off."""

from collections.abc import Sequence
from typing import Any

from wagtail.documents.widgets import AdminDocumentChooser

from portal.core.models import Document

MOST_LISTED = 50
Choice = tuple[int, str]


def latest_documents() -> list[Choice]:
    """Key and title; asked once for all the rows of a form."""
    return list(Document.objects.order_by("-created_at", "-pk").values_list("pk", "title")[:MOST_LISTED])


class DocumentChooser(AdminDocumentChooser):
    """The list has the name of the dialogue's hidden input and stands after it, so that its choice counts."""

    template_name = "participation_processes/admin/widgets/document.html"
    latest: Sequence[Choice] = ()

    def get_context(self, name: str, value_data: dict[str, Any], attrs: dict[str, Any]) -> dict[str, Any]:
        chosen = value_data.get("id")
        choices = list(self.latest)
        if chosen is not None and chosen not in dict(choices):
            choices.insert(0, (chosen, value_data[self.display_title_key]))
        context: dict[str, Any] = super().get_context(name, value_data, attrs)
        return context | {"name": name, "chosen": chosen, "choices": choices}
