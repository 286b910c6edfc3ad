from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from ..enums import ActKind
from ..forms import CopyForm
from ..permissions import may_act
from ..services.copying import copy_participation
from ..services.pages import pages_of
from .acts import put_errors
from .base import ParticipationView


class CopyView(ParticipationView):
    """Copies every language version as one pair, with settings, without what people have said."""

    template_name = "participation_processes/admin/copy.html"
    tab = "history"

    def is_allowed(self) -> bool:
        return may_act(self.request.user, ActKind.COPY)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or CopyForm(originals=pages_of(self.participation))
        return super().get_context_data(**kwargs) | {"form": form, "back_url": self.address("history")}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = CopyForm(request.POST, originals=pages_of(self.participation))
        if form.is_valid():
            try:
                new = copy_participation(
                    participation=self.participation,
                    actor=request.user,  # type: ignore[arg-type]
                    titles=form.titles(),
                    slugs=form.slugs(),
                )
            except ValidationError as error:
                put_errors(form, error)
            else:
                messages.success(request, _("The copy has been made. Give it dates and a diary number."))
                return redirect("participations:settings", new.public_id)
        return self.render_to_response(self.get_context_data(form=form), status=422)
