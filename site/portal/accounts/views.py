"""The account's own pages, and the door of the administration."""

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    NotificationsSettingsPanel,
    ThemeSettingsPanel,
)
from wagtail.users.models import UserProfile

from . import services
from .forms import AdminProfileForm, CloseAccountForm, ProfileForm
from .models import User
from .permissions import is_staff_member

ADMIN_ACCESS = "wagtailadmin.access_admin"


@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Who one is here, and the way to everything that can be changed about it."""
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_profile(user=_user(request), **form.cleaned_data)
        messages.success(request, _("Your details have been saved."))
        return redirect("account_home")
    return render(
        request, "account/home.html", {"form": form, "is_staff_member": is_staff_member(request.user)}
    )


@never_cache
@login_required
@reauthentication_required(allow_get=True)
def close(request: HttpRequest) -> HttpResponse:
    """Staff accounts are closed by an administrator: their roles and units have to be handed on first."""
    if is_staff_member(request.user):
        return render(request, "account/close_staff.html", status=403)
    form = CloseAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.close_account(user=_user(request), actor=_user(request))
        logout(request, show_message=False)
        return redirect("account_closed")
    return render(request, "account/close.html", {"form": form})


@never_cache
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    return render(request, "account/closed.html")


@never_cache
@login_not_required
@require_safe
def cms_login(request: HttpRequest) -> HttpResponse:
    """Whoever may not enter the administration goes to the login page, or is told plainly."""
    target = _safe_next(request)
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")
    if request.user.has_perm(ADMIN_ACCESS):
        return redirect(target)
    # Wagtail's own message says the same, less plainly and not in every language.
    list(messages.get_messages(request))
    with override(request.user.language):
        return render(request, "account/no_admin_access.html", {"messages": []}, status=403)


def _user(request: HttpRequest) -> User:
    """Whoever is logged in; views that ask are behind `login_required`."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def _safe_next(request: HttpRequest) -> str:
    """The page asked for, if it is one of the administration; never the login or logout page itself."""
    home_url = reverse("wagtailadmin_home")
    target = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith(home_url)
    loops = target.startswith((reverse("cms_login"), reverse("cms_logout")))
    return target if is_ours and not loops else home_url


class ProfilePanel(BaseSettingsPanel):
    name = "profile"
    title = gettext_lazy("Name and language")
    order = 100
    form_class = AdminProfileForm


class AdminAccountView(AccountView):
    """Wagtail's page asks for first and last names, which we do not have, and for a language again."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        user = self.request.user
        profile = UserProfile.get_for_user(user)
        # Saved in this order: the first two write Wagtail's whole row, old language included.
        kinds = (NotificationsSettingsPanel, ThemeSettingsPanel, ProfilePanel)
        panels = [kind(self.request, user, profile) for kind in kinds]
        return [panel for panel in panels if panel.is_active()]


cms_account = require_admin_access(AdminAccountView.as_view())
