"""Mounted in the administration by `wagtail_hooks`, below a participation."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("<uuid:public_id>/reports/", views.ReportsView.as_view(), name="reports"),
    path("<uuid:public_id>/reports/<uuid:report_id>/new/", views.make_new_version, name="new_version"),
]
