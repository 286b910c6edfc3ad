"""Screens of the staff, mounted in the administration by `wagtail_hooks`."""

from django.urls import path

from . import views

app_name = "participations"
urlpatterns = [
    path("", views.ListingView.as_view(), name="list"),
    path("by-key/<uuid:translation_key>/", views.by_key, name="by_key"),
    path("<uuid:public_id>/", views.SettingsView.as_view(), name="settings"),
    path("<uuid:public_id>/languages/", views.LanguagesView.as_view(), name="languages"),
    path(
        "<uuid:public_id>/languages/<str:language>/confirm/",
        views.ConfirmTranslationView.as_view(),
        name="confirm",
    ),
    path("<uuid:public_id>/history/", views.HistoryView.as_view(), name="history"),
    path("<uuid:public_id>/acts/<str:kind>/", views.ActView.as_view(), name="act"),
    path("<uuid:public_id>/copy/", views.CopyView.as_view(), name="copy"),
]
