from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import ObjectList
from wagtail.snippets.models import register_snippet

from .admin_forms import AuthorityProfileForm, BilingualAdminForm
from .edit_panels import authority_panels, contact_panels
from .models import AuthorityProfile, SiteContact
from .serving import guard_document
from .viewsets import UPLOAD_PERMISSION, PopulationView, RegisterGroup

hooks.register("before_serve_document", guard_document)
register_snippet(RegisterGroup)
AuthorityProfile.edit_handler = ObjectList(authority_panels, base_form_class=AuthorityProfileForm)
SiteContact.edit_handler = ObjectList(contact_panels, base_form_class=BilingualAdminForm)


class PopulationMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(UPLOAD_PERMISSION))


@hooks.register("construct_help_menu")
def keep_to_this_site(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Wagtail's help leads to other sites and counts them as unread; its list of shortcuts is ours too."""
    menu_items[:] = [item for item in menu_items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("register_admin_urls")
def register_population_url() -> list[URLPattern]:
    return [path("population/", PopulationView.as_view(), name="population")]


@hooks.register("register_settings_menu_item")
def register_population_menu_item() -> PopulationMenuItem:
    return PopulationMenuItem(_("Population"), reverse("population"), icon_name="site", order=250)
