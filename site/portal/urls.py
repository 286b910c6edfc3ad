"""Addresses: pages under a language, non-page paths translated, `/o/<public id>` the only lasting one."""

from allauth.account.views import logout
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal.accounts import views as account_views
from portal.core import health, lasting, serving, views
from portal.core.page_creation import PageCreateView

handler400 = "portal.core.views.bad_request"
handler403 = "portal.core.views.permission_denied"
handler404 = "portal.core.views.page_not_found"
handler500 = "portal.core.views.server_error"

urlpatterns = [
    path("", views.language_choice, name="language_choice"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("cms/login/", account_views.cms_login, name="cms_login"),
    path("cms/logout/", logout, name="cms_logout"),
    path("cms/account/", account_views.cms_account, name="cms_account"),
    path(
        "cms/pages/add/<slug:content_type_app_name>/<slug:content_type_model_name>/<int:parent_page_id>/",
        PageCreateView.as_view(),
        name="page_create",
    ),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("media/images/<path:path>", serving.rendition, name="rendition"),
    path("files/", include("portal.jobs.urls")),
    path("o/<uuid:public_id>", lasting.redirect_to_object, name="lasting"),
]
urlpatterns += i18n_patterns(
    path(_("account/"), include("portal.accounts.urls")),
    path(_("hearings/"), include("participation.hearings.urls")),
    path(_("search/"), include("portal.search.urls")),
    path(_("moderation-log/"), include("participation.moderation.urls")),
    path("", include(wagtail_urls)),
)
