"""Addresses: pages under a language, non-page paths translated, `/o/<public id>` the only lasting one."""

from allauth.account.views import logout
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.accounts import views as account_views

urlpatterns = [
    path("cms/login/", account_views.cms_login, name="cms_login"),
    path("cms/logout/", logout, name="cms_logout"),
    path("cms/account/", account_views.cms_account, name="cms_account"),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
urlpatterns += i18n_patterns(
    path(_("account/"), include("portal.accounts.urls")),
    path("", include(wagtail_urls)),
)
