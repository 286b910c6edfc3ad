from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path(_("feed/"), views.search_feed, name="feed"),
    path(_("suggestions/"), views.suggestions, name="suggestions"),
]
