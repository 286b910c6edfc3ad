"""Ways from the page explorer and the page editor to what a page's language versions share."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from portal.accounts.models import User

from .models import Participation, ParticipationPage
from .permissions import may_see


def settings_buttons(page: Page, user: User, next_url: str | None = None, **kwargs: Any) -> Iterator[Button]:
    """`Settings and opening`, for pages of participations alone."""
    if issubclass(page.specific_class or Page, ParticipationPage) and may_see(user):
        url = reverse("participations:by_key", args=[page.translation_key])
        yield Button(_("Settings and opening"), url, icon_name="cog", priority=5)


def copy_as_pair(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's own copy would split the language versions: leads to the form that copies them together."""
    if not issubclass(page.specific_class or Page, ParticipationPage):
        return None
    participation = Participation.objects.get(translation_key=page.translation_key)
    return redirect("participations:copy", participation.public_id)
