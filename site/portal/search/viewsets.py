"""The register of search terms that editors keep."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.admin.ui.tables import UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from .analysis import KNOWN_LANGUAGES
from .models import SearchTerm
from .term_forms import SearchTermForm

ADVICE = _(
    "Different names of one thing: in other languages, synonyms, abbreviations. Write several names in one "
    "language with | between them. Whoever searches by one name also finds texts that have another, below "
    "those that have the word itself."
)


class SearchTermViewSet(SnippetViewSet):
    model = SearchTerm
    icon = "search"
    menu_label = _("Search terms")
    add_to_settings_menu = True
    # All names: any one language may be empty, and an empty link would lead nowhere.
    list_display: ClassVar[list] = ["__str__", UpdatedAtColumn()]
    search_fields = list(KNOWN_LANGUAGES)
    search_backend_name = None
    ordering = list(KNOWN_LANGUAGES)
    copy_view_enabled = False
    edit_handler = ObjectList(
        [HelpPanel(content=ADVICE), *map(FieldPanel, KNOWN_LANGUAGES)], base_form_class=SearchTermForm
    )
