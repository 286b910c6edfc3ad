"""Registers that officials and editors keep: legal bases and service areas."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.core.admin_forms import BilingualAdminForm
from portal.core.edit_panels import TranslationStatePanel, bilingual

from .models import LegalBasis, ServiceArea

STALE = BooleanColumn("stale", label=_("Translation out of date"))


class LegalBasisViewSet(SnippetViewSet):
    model = LegalBasis
    icon = "doc-full"
    menu_label = _("Legal bases")
    add_to_settings_menu = True
    list_display = ["name_fi", "section_fi", "name_sv", "section_sv", "shortest_days", STALE]
    search_fields = ["name_fi", "name_sv", "section_fi", "section_sv"]
    search_backend_name = None
    ordering = ["name_fi", "section_fi"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            TranslationStatePanel(),
            bilingual("name"),
            bilingual("section"),
            bilingual("link"),
            FieldPanel("shortest_days"),
        ],
        base_form_class=BilingualAdminForm,
    )


class ServiceAreaViewSet(SnippetViewSet):
    model = ServiceArea
    icon = "tag"
    menu_label = _("Service areas")
    add_to_settings_menu = True
    list_display = ["name_fi", "name_sv", STALE]
    search_fields = ["name_fi", "name_sv"]
    search_backend_name = None
    ordering = ["name_fi"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [TranslationStatePanel(), bilingual("name")], base_form_class=BilingualAdminForm
    )
