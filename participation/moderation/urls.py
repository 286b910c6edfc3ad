"""The public log; the moderators' desk is mounted by `wagtail_hooks`."""

from django.urls import path

from . import views

app_name = "moderation"
urlpatterns = [path("", views.log, name="log")]

admin_patterns = [
    path("", views.QueueView.as_view(), name="queue"),
    path("<uuid:public_id>/", views.ContributionView.as_view(), name="contribution"),
]
