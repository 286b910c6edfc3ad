"""Allauth's pages under translated addresses (allauth's names kept), and our own beside them."""

from allauth.account import views as allauth_views
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _

from . import views

confirmation_urls = [
    re_path(r"^(?P<key>[-:\w]+)/$", allauth_views.confirm_email, name="account_confirm_email"),
]
new_password_urls = [
    re_path(
        r"^(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
urlpatterns = [
    path("", views.home, name="account_home"),
    path(_("log-in/"), allauth_views.login, name="account_login"),
    path(_("log-out/"), allauth_views.logout, name="account_logout"),
    path(_("sign-up/"), allauth_views.signup, name="account_signup"),
    path(_("closed-account/"), allauth_views.account_inactive, name="account_inactive"),
    path(_("confirm-access/"), allauth_views.reauthenticate, name="account_reauthenticate"),
    path(_("e-mail/"), allauth_views.email, name="account_email"),
    path(_("confirm-e-mail/"), allauth_views.email_verification_sent, name="account_email_verification_sent"),
    path(_("confirm-e-mail/"), include(confirmation_urls)),
    path(_("password/"), allauth_views.password_change, name="account_change_password"),
    path(_("password/choose/"), allauth_views.password_set, name="account_set_password"),
    path(_("password/forgotten/"), allauth_views.password_reset, name="account_reset_password"),
    path(
        _("password/forgotten/sent/"), allauth_views.password_reset_done, name="account_reset_password_done"
    ),
    path(_("password/new/"), include(new_password_urls)),
    path(
        _("password/changed/"),
        allauth_views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path(_("close/"), views.close, name="account_close"),
    path(_("closed/"), views.closed, name="account_closed"),
]
