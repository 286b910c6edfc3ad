from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.sidebar import LinkMenuItem

from participation.processes.permissions import may_moderate
from portal.core.menu import PlainMenuItem

from .selectors import waiting_count


class ModerationMenuItem(PlainMenuItem):
    """The desk, with the number of contributions that wait for a decision."""

    def __init__(self) -> None:
        super().__init__(
            _("Moderation"),
            reverse_lazy("moderation_admin:queue"),
            icon_name="comment",
            name="moderation",
            order=150,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_moderate(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        waiting = waiting_count()
        label = f"{self.label} ({waiting})" if waiting else str(self.label)
        return LinkMenuItem(
            self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs
        )
