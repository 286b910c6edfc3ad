from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from portal.core.enums import Language

from .. import staff_selectors
from ..enums import ActKind
from ..permissions import may_act
from ..services import acts
from ..staff_acts import ALL, StaffAct
from .base import ParticipationView


class HistoryView(ParticipationView):
    """What can be done now, and everything that has been done: who, when, why, from what to what."""

    template_name = "participation_processes/admin/history.html"
    tab = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "acts": staff_selectors.history(self.participation, self.language),
            "copy_url": self.address("copy"),
        }


class ActView(ParticipationView):
    """One act: what follows from it, what it needs, and the button."""

    template_name = "participation_processes/admin/act.html"
    tab = "history"

    @property
    def act(self) -> StaffAct:
        try:
            return ALL[self.kwargs["kind"]]
        except KeyError:
            raise Http404 from None

    def is_allowed(self) -> bool:
        return may_act(self.request.user, self.act.kind)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        act = self.act
        form = kwargs.pop("form", None) or act.form()
        return super().get_context_data(**kwargs) | {
            "act": act,
            "form": form,
            "is_possible": act.is_possible(self.participation),
            "back_url": self.address("history"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        act = self.act
        form = act.form(request.POST)
        if form.is_valid():
            arguments = form.arguments() if hasattr(form, "arguments") else {}
            try:
                act.do(participation=self.participation, actor=request.user, **arguments)
            except ValidationError as error:
                put_errors(form, error)
            else:
                messages.success(request, act.done)
                return redirect(self.address("history"))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ConfirmTranslationView(ParticipationView):
    """An editor's word, for one language, that its published page says what the original says."""

    tab = "languages"
    http_method_names = ["post"]

    def is_allowed(self) -> bool:
        return may_act(self.request.user, ActKind.CONFIRM)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        language = self.kwargs["language"]
        if language not in Language.values:
            raise PermissionDenied
        try:
            acts.confirm_translation(participation=self.participation, actor=request.user, language=language)  # type: ignore[arg-type]
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("The translation has been confirmed."))
        return redirect(self.address("languages"))


def put_errors(form: BaseForm, error: ValidationError) -> None:
    """At the fields where they belong, the rest at the top of the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
