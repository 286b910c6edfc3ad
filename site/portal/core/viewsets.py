"""The registers that staff keep: units, contact persons, municipalities and their population."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .admin_forms import BilingualAdminForm, PopulationForm, UnitForm
from .edit_panels import TranslationStatePanel, bilingual
from .enums import PopulationLanguage
from .models import ContactPerson, Municipality, MunicipalityPopulation, Unit
from .population import PopulationFileError, RowError, read_population
from .services import ImportResult, import_population

UPLOAD_PERMISSION = "portal_core.change_authorityprofile"
MOST_ERRORS_SHOWN = 100


class UnitViewSet(SnippetViewSet):
    model = Unit
    icon = "group"
    menu_label = gettext_lazy("Units")
    list_display = [
        "name_fi",
        "name_sv",
        BooleanColumn("stale", label=gettext_lazy("Translation out of date")),
    ]
    search_fields = ["name_fi", "name_sv"]
    search_backend_name = None
    ordering = ["name_fi"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [TranslationStatePanel(), bilingual("name"), FieldPanel("members")], base_form_class=UnitForm
    )


class ContactPersonViewSet(SnippetViewSet):
    model = ContactPerson
    icon = "user"
    menu_label = gettext_lazy("Contact persons")
    list_display = ["name", Column("title", accessor=lambda person: person.text("title")), "unit", "email"]
    search_fields = ["name", "title_fi", "title_sv", "email"]
    search_backend_name = None
    ordering = ["name"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            TranslationStatePanel(),
            FieldPanel("name"),
            bilingual("title"),
            FieldPanel("unit"),
            FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        ],
        base_form_class=BilingualAdminForm,
    )


class MunicipalityViewSet(SnippetViewSet):
    model = Municipality
    icon = "site"
    menu_label = gettext_lazy("Municipalities")
    list_display = ["code", "name_fi", "name_sv"]
    search_fields = ["code", "name_fi", "name_sv"]
    search_backend_name = None
    ordering = ["code"]
    copy_view_enabled = False
    panels = [FieldPanel("code"), FieldRowPanel([FieldPanel("name_fi"), FieldPanel("name_sv")])]


class RegisterGroup(SnippetViewSetGroup):
    items = (ContactPersonViewSet, UnitViewSet, MunicipalityViewSet)
    menu_label = gettext_lazy("Registers")
    menu_icon = "list-ul"
    menu_order = 700


class PopulationView(WagtailAdminTemplateMixin, FormView):
    """What figures there are, and a form for more; a file with one bad row changes nothing."""

    form_class = PopulationForm
    template_name = "portal_core/population.html"
    page_title = gettext_lazy("Population")
    header_icon = "site"
    success_url = reverse_lazy("population")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(UPLOAD_PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: PopulationForm) -> HttpResponse:
        try:
            result = import_population(read_population(form.cleaned_data["file"].read()))
        except PopulationFileError as error:
            return self._refuse(form, error.errors)
        messages.success(self.request, _told(result))
        return super().form_valid(form)

    def _refuse(self, form: PopulationForm, errors: list[RowError]) -> HttpResponse:
        shown = [str(error) for error in errors[:MOST_ERRORS_SHOWN]]
        left = len(errors) - len(shown)
        if left:
            shown.append(ngettext("%(count)s more error.", "%(count)s more errors.", left) % {"count": left})
        return self.render_to_response(self.get_context_data(form=form, file_errors=shown), status=422)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        items: list[dict[str, str]] = super().get_breadcrumbs_items()
        return [*items, {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"years": self._years(), "form_is_multipart": True}

    def _years(self) -> list[dict[str, Any]]:
        figures = MunicipalityPopulation.objects.values("year", "language")
        rows = figures.annotate(municipalities=Count("pk"), source=Max("source")).order_by(
            "-year", "language"
        )
        return [row | {"label": PopulationLanguage(row["language"]).label} for row in rows]


def _told(result: ImportResult) -> str:
    message = _(
        "The figures are in use: %(added)s added, %(changed)s changed, %(unchanged)s as before, "
        "%(removed)s removed."
    )
    return message % result._asdict()
