"""The staff's search; mounted by `wagtail_hooks`."""

from django.urls import path

from . import staff_views

app_name = "search_admin"
urlpatterns = [
    path("contributions/", staff_views.ContributionSearchView.as_view(), name="contributions"),
]
