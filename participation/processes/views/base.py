"""What every screen of one participation shows: its state, what comes next, its languages and its tabs."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from portal.core.formats.text import format_date, format_datetime, format_deadline

from .. import admin_actions, staff_acts, staff_selectors
from ..enums import ActKind, State
from ..models import Participation
from ..permissions import may_act, may_see
from ..services import gate
from ..services.settings import of_kind


class StaffView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "group"
    page_title = gettext_lazy("Participations")

    @property
    def language(self) -> str:
        return (get_language() or "fi")[:2]

    def is_allowed(self) -> bool:
        return may_see(self.request.user)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_allowed():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ParticipationView(StaffView):
    """Base of the screens of one participation."""

    tab = ""

    @cached_property
    def participation(self) -> Participation:
        row = get_object_or_404(Participation, public_id=self.kwargs["public_id"])
        return of_kind(row)

    @cached_property
    def report(self) -> gate.GateReport:
        return gate.examine(self.participation)

    def address(self, name: str, *args: Any) -> str:
        return reverse(f"participations:{name}", args=[self.participation.public_id, *args])

    def get_page_title(self) -> str:
        return staff_selectors.title(self.participation, self.language)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("participations:list"), "label": _("Participations")},
            {"url": self.address("settings"), "label": self.get_page_title()},
            {"url": "", "label": next((tab["label"] for tab in self._tabs() if tab["current"]), "")},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        participation = self.participation
        return super().get_context_data(**kwargs) | {
            "participation": participation,
            "state": participation.state,
            "next_step": next_step(participation, self.report, self.language),
            "report": self.report,
            "tabs": self._tabs(),
            "actions": admin_actions.actions_for(user, participation),
            "possible_acts": [
                {"label": act.label, "url": self.address("act", act.kind.value), "about": act.consequences}
                for act in staff_acts.possible_for(user, participation)
            ],
            "may_copy": may_act(user, ActKind.COPY),
        }

    def _tabs(self) -> list[dict[str, Any]]:
        tabs = [
            ("settings", _("Settings")),
            ("languages", _("Languages and opening")),
            ("history", _("Acts and history")),
        ]
        return [
            {"label": label, "url": self.address(name), "current": name == self.tab} for name, label in tabs
        ]


def next_step(participation: Participation, report: gate.GateReport, language: str) -> str:
    """One sentence: what happens next, or what has to be done for it to happen."""
    state = participation.state
    if state == State.DRAFT:
        return _draft_step(participation, report)
    if state == State.SCHEDULED:
        return _scheduled_step(participation, report, language)
    if state == State.OPEN and participation.closes_at:
        until = format_deadline(participation.closes_at, language)
        return _("Comments are taken until %(until)s.") % {"until": until}
    if state == State.CLOSED and participation.planned_answer:
        day = format_date(participation.planned_answer, language)
        return _("It has closed. The answer is promised by %(day)s.") % {"day": day}
    return {
        State.OPEN: _("It is open, and no last day has been set."),
        State.CLOSED: _("It has closed. Tell what came of it, and mark it as answered."),
        State.ANSWERED: _("It is answered."),
        State.CANCELLED: _("It was cancelled."),
    }[state]


def _draft_step(participation: Participation, report: gate.GateReport) -> str:
    ended = participation.closes_at is not None and not participation.facts.is_past_gate
    if participation.published_at and participation.opens_at and ended:
        return _("Its last day passed before it could open. Set new dates.")
    if not participation.opens_at:
        return _("Set the dates, write the texts in every language and publish the pages.")
    if not any(status.live for status in report.languages):
        return _("Publish the pages: nobody sees it yet.")
    return _("Complete the texts of every language.")


def _scheduled_step(participation: Participation, report: gate.GateReport, language: str) -> str:
    when = format_datetime(participation.opens_at, language) if participation.opens_at else ""
    if participation.facts.is_past_gate or report.complete:
        return _("It opens on %(when)s.") % {"when": when}
    return _(
        "It does not open on %(when)s unless every language is complete or you open it with a reason."
    ) % {"when": when}
