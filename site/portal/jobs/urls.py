"""Files have an address of their own; the pages of jobs are mounted in the administration."""

from django.urls import path

from . import views

urlpatterns = [path("<uuid:public_id>", views.download, name="job_file")]

admin_patterns = [
    path("", views.JobsView.as_view(), name="jobs"),
    path("<uuid:public_id>/", views.JobView.as_view(), name="job"),
    path("<uuid:public_id>/progress/", views.progress, name="progress"),
    path("<uuid:public_id>/retry/", views.retry, name="retry"),
    path("<uuid:public_id>/cancel/", views.cancel, name="cancel"),
]
