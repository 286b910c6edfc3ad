from typing import Any

from django.urls import reverse

from .. import staff_acts, staff_selectors
from ..enums import ActKind
from ..permissions import may_act
from .base import ParticipationView


class LanguagesView(ParticipationView):
    """The gate: the language versions side by side, what is missing, and who has reviewed them."""

    template_name = "participation_processes/admin/languages.html"
    tab = "languages"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        waive = staff_acts.ALL[ActKind.WAIVE.value]
        return super().get_context_data(**kwargs) | {
            "versions": [self._version(status) for status in self.report.languages],
            "missing_rows": staff_selectors.missing_rows(self.report),
            "missing_settings": staff_selectors.missing_settings(self.report, self.participation),
            "waivers": self.participation.acts.filter(kind=ActKind.WAIVE).select_related("actor"),
            "review": staff_selectors.latest_review(self.participation),
            "may_waive": may_act(user, ActKind.WAIVE) and waive.is_possible(self.participation),
            "review_url": self.address("act", ActKind.REVIEW.value),
            "waive_url": self.address("act", ActKind.WAIVE.value),
        }

    def _version(self, status: Any) -> dict[str, Any]:
        page = status.page
        return {
            "status": status,
            "language": status.language,
            "missing": staff_selectors.missing_labels(status),
            "preview": staff_selectors.preview(page, self.participation) if page else None,
            "edit_url": reverse("wagtailadmin_pages:edit", args=[page.pk]) if page else "",
            "translate_url": self._translate_url(status),
            "confirm_url": self.address("confirm", status.language) if self._can_be_confirmed(status) else "",
        }

    def _translate_url(self, status: Any) -> str:
        """Where a translation that does not exist yet is begun."""
        source = next((other.page for other in self.report.languages if other.page is not None), None)
        if status.page is not None or source is None:
            return ""
        return reverse("wagtail_localize:submit_page_translation", args=[source.pk])

    def _can_be_confirmed(self, status: Any) -> bool:
        """A page edited by hand, published, whose revision nobody has compared with the original yet."""
        page = status.page
        return bool(
            page is not None
            and not status.is_source
            and status.progress is None
            and not status.confirmed
            and page.live
            and not page.alias_of_id
        )
