from django.urls import URLResolver, include, path
from wagtail import hooks


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLResolver]:
    return [path("participations/", include("participation.reports.urls"))]
