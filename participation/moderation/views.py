"""The moderators' desk in the administration, and the public log."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from participation.processes.enums import LEFT_STATES, HoldReason
from participation.processes.models import Contribution
from participation.processes.permissions import may_moderate

from . import selectors, services
from .enums import ACTS_IN_BULK, ACTS_WITH_REASON, TO_DO, ActKind, QueueFilter, Reason
from .errors import ModerationRefused
from .forms import DecisionForm, NameForm, QueueFilterForm, RedactionForm, form_sent
from .models import ModerationAct
from .registry import queue_of


def _uuid(value: str | None) -> UUID | None:
    try:
        return UUID(value) if value else None
    except ValueError:
        return None


class ModeratorView(WagtailAdminTemplateMixin, TemplateView):
    """A view of the moderators' desk; the filter of the list travels in the address."""

    header_icon = "comment"
    page_title = gettext_lazy("Moderation")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_moderate(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def filters(self) -> QueueFilterForm:
        form = QueueFilterForm(self.request.GET)
        form.is_valid()
        return form

    def kept(self) -> dict[str, str]:
        """The filter as it stands in the address."""
        return {name: value for name in self.filters.fields if (value := self.request.GET.get(name))}

    def list_address(self, **changes: str) -> str:
        """The list with the present filter and what changes in it."""
        kept = self.kept() | {name: value for name, value in changes.items() if value}
        address = reverse("moderation_admin:queue")
        return f"{address}?{urlencode(kept)}" if kept else address


class QueueView(ModeratorView):
    template_name = "participation_moderation/queue.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = self.filters.query()
        page = selectors.queue_page(
            query, after=_uuid(self.request.GET.get("after")), before=_uuid(self.request.GET.get("before"))
        )
        places = selectors.places_of(page.rows, get_language() or "fi")
        return context | {
            "filters": self.filters,
            "filtering": any(self.request.GET.get(name) for name in self.filters.fields if name != "shown"),
            "query": query,
            "lists": self._lists(query.shown),
            "rows": [_row(contribution, places) for contribution in page.rows],
            "previous_url": self.list_address(before=str(page.previous)) if page.previous else "",
            "following_url": self.list_address(after=str(page.following)) if page.following else "",
            "filter_query": urlencode(self.kept()),
            "bulk": kwargs.get("bulk") or DecisionForm(initial={"act": ActKind.APPROVE}, prefix="bulk"),
            "bulk_acts": [(kind.value, label) for kind, label in _ACT_LABELS.items() if kind in ACTS_IN_BULK],
            "reset_url": reverse("moderation_admin:queue") + f"?shown={query.shown}",
        }

    def _lists(self, current: str) -> list[dict[str, Any]]:
        counts = selectors.to_do_counts()
        return [
            {
                "label": shown.label,
                "url": self.list_address(shown=shown.value),
                "count": counts.get(shown),
                "current": shown == current,
            }
            for shown in QueueFilter
        ]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Many at once; `one` is a row's own button and decides on that row alone."""
        one = _uuid(request.POST.get("one"))
        form = DecisionForm({"act": ActKind.APPROVE} if one else request.POST, prefix=None if one else "bulk")
        chosen = (
            [one] if one else [found for value in request.POST.getlist("chosen") if (found := _uuid(value))]
        )
        if form.is_valid() and not chosen:
            form.add_error(None, _("Choose at least one contribution."))
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(bulk=form, chosen=chosen), status=422)
        result = services.moderate_many(
            chosen=[(public_id, request.POST.get(f"version-{public_id}", "")) for public_id in chosen],
            kind=ActKind(form.cleaned_data["act"]),
            actor=request.user,  # type: ignore[arg-type]
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
        )
        self._tell(request, result)
        return redirect(self.list_address())

    def _tell(self, request: HttpRequest, result: services.BulkResult) -> None:
        if result.done:
            number = len(result.done)
            text = ngettext("%(number)s decision was made.", "%(number)s decisions were made.", number)
            messages.success(request, text % {"number": number})
        for public_id, reason in result.refused:
            url = reverse("moderation_admin:contribution", args=[public_id])
            messages.warning(request, reason, buttons=[messages.button(url, _("Open"))])


_ACT_LABELS = {
    ActKind.APPROVE: gettext_lazy("Publish"),
    ActKind.HIDE: gettext_lazy("Hide"),
    ActKind.RESTORE: gettext_lazy("Restore"),
    ActKind.KEEP: gettext_lazy("Leave as it is"),
}


def _row(contribution: Contribution, places: selectors.Place) -> dict[str, Any]:
    return {
        "contribution": contribution,
        "title": places.title(contribution),
        "part": places.part(contribution),
        "version": services.version_of(contribution),
        "held_for": [HoldReason(code).label for code in contribution.held_for if code in HoldReason.values],
        "hidden_reason": Reason(contribution.hidden_reason).label
        if contribution.hidden_reason in Reason.values
        else "",
    }


class ContributionView(ModeratorView):
    """One contribution with its conversation, its reports, its past, and the forms to decide on it."""

    template_name = "participation_moderation/contribution.html"

    @cached_property
    def contribution(self) -> Contribution:
        rows = Contribution.objects.select_related("participation", "part", "parent", "author")
        return get_object_or_404(rows, public_id=self.kwargs["public_id"])

    def get_page_title(self) -> str:
        return _("Contribution")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.list_address(), "label": _("Moderation")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        contribution = self.contribution
        language = get_language() or "fi"
        queue = queue_of(contribution)
        version = services.version_of(contribution)
        has_left = contribution.moderation_state in LEFT_STATES or contribution.destroyed_at is not None
        return context | {
            "row": _row(contribution, selectors.places_of([contribution], language)),
            "contribution": contribution,
            "has_left": has_left,
            "thread": selectors.thread_of(contribution),
            "same_text": selectors.same_text_count(contribution),
            "reports": list(contribution.abuse_reports.select_related("handled_by")),
            "reviews": list(contribution.review_requests.select_related("handled_by")),
            "acts": list(ModerationAct.objects.filter(contribution=contribution).select_related("by")),
            "public_url": queue.public_url(contribution, language)
            if queue and contribution.is_public
            else "",
            "decision": kwargs.get("decision") or DecisionForm(initial={"version": version}),
            "redaction": kwargs.get("redaction")
            or RedactionForm(
                prefix="redaction",
                initial={
                    "version": version,
                    "text": contribution.public_text,
                    "publish": contribution.moderation_state == "pending",
                    "act": ActKind.REDACT,
                },
            ),
            "name_shown": kwargs.get("name_shown") or NameForm(prefix="name_shown"),
            "address_known": bool(services.address_of(contribution)[0]),
            "back_url": self.list_address(),
            "filter_query": self.request.GET.urlencode(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        name, form = form_sent(request.POST)
        if form.is_valid():
            try:
                act = self._decide(form)
            except ModerationRefused as refused:
                form.add_error(None, str(refused))
                del self.contribution
            else:
                return self._go_on(act)
        context = self.get_context_data(**{name: form})
        return self.render_to_response(context, status=422)

    def _decide(self, form: DecisionForm) -> ModerationAct:
        found = form.cleaned_data
        kind = ActKind(found["act"])
        arguments: dict[str, Any] = {
            "contribution": self.contribution,
            "actor": self.request.user,
            "note": found["note"],
            "expected": found["version"],
        }
        if kind in ACTS_WITH_REASON:
            arguments["reason"] = found["reason"]
        if kind == ActKind.REDACT:
            arguments |= {"text": found["text"], "publish": found["publish"]}
        return services.ACTS[kind](**arguments)

    def _go_on(self, act: ModerationAct) -> HttpResponse:
        """To what waits next in the list that the moderator works from, else back to the list."""
        told = _("The writer is told.") if services.address_of(self.contribution)[0] else ""
        messages.success(self.request, f"{act.get_kind_display()}. {told}".strip())
        query = self.filters.query()
        following = selectors.next_in(query, self.contribution) if query.shown in TO_DO else None
        if following is None:
            return redirect(self.list_address())
        address = reverse("moderation_admin:contribution", args=[following.public_id])
        return redirect(f"{address}?{self.request.GET.urlencode()}")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What moderators have done, in numbers: no names, no texts."""
    rows = selectors.public_log(get_language() or "fi")
    return render(request, "participation_moderation/log.html", {"rows": rows})
