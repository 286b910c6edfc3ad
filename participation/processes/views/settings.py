import logging
from typing import Any

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from portal.core.formats.text import format_datetime

from .. import staff_acts, staff_selectors
from ..enums import ActKind
from ..forms import AttachmentFormSet, PartFormSet, SettingsForm, settings_form_class
from ..models import Part, Participation
from ..permissions import may_change_settings
from ..services import settings as service
from ..services.acts import FIXED_AFTER_OPENING
from .acts import put_errors
from .base import ParticipationView

SALT = "participation.settings.seen"
logger = logging.getLogger(__name__)


class SettingsView(ParticipationView):
    """The one form of what both languages share. It carries what its reader saw: see `services.settings`."""

    template_name = "participation_processes/admin/settings.html"
    tab = "settings"

    def is_allowed(self) -> bool:
        return may_change_settings(self.request.user)

    def _form(self, data: Any = None) -> SettingsForm:
        fixed = FIXED_AFTER_OPENING if self.participation.has_opened else ()
        form = settings_form_class(type(self.participation))
        return form(data, instance=service.of_kind(self.participation), fixed=fixed)

    def _attachments(self, data: Any = None) -> Any:
        row = Participation.objects.get(pk=self.participation.pk)
        titles = staff_selectors.part_titles(row, self.language)
        return AttachmentFormSet(data, instance=row, prefix="attachments", part_titles=titles)

    def _parts(self, data: Any = None) -> Any:
        rows = Part.objects.filter(participation_id=self.participation.pk, removed_from_page=False)
        return PartFormSet(data, queryset=rows, prefix="parts")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self._form()
        attachments = kwargs.pop("attachments", None) or self._attachments()
        parts = kwargs.pop("parts", None) or self._parts()
        titles = staff_selectors.part_titles(self.participation, self.language)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "attachments": attachments,
            "parts": parts,
            "part_rows": [(titles.get(part.instance.pk, "–"), part) for part in parts.forms],
            "media": form.media + attachments.media,
            "seen": dumps(self._seen(form), salt=SALT, compress=True),
            "has_opened": self.participation.has_opened,
            "date_acts": [
                {"label": act.label, "url": self.address("act", act.kind.value)}
                for act in staff_acts.possible_for(self.request.user, self.participation)  # type: ignore[arg-type]
                if act.kind in (ActKind.EXTEND, ActKind.REOPEN)
            ],
            "has_errors": form.errors or any(attachments.errors) or any(parts.errors),
        }

    def _seen(self, form: SettingsForm) -> dict[str, Any]:
        names = [name for name in form.fields if name != "up_to_date"]
        return service.snapshot(self.participation, names)

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        data = self.request.POST
        form, attachments, parts = self._form(data), self._attachments(data), self._parts(data)
        forms = {"form": form, "attachments": attachments, "parts": parts}
        # Every one is asked, so that all errors show at once.
        if all([form.is_valid(), attachments.is_valid(), parts.is_valid()]):
            try:
                saved = self._save(form, attachments, parts)
            except ValidationError as error:
                put_errors(form, error)
            except service.SettingsMeanwhileChanged as changed:
                return self.render_to_response(self._clash(forms, changed), status=409)
            else:
                return self._saved(saved)
        del self.participation
        return self.render_to_response(self.get_context_data(**forms), status=422)

    def _save(self, form: SettingsForm, attachments: Any, parts: Any) -> service.Saved:
        values = dict(form.cleaned_data)
        seen = self._read_seen()
        if values.pop("up_to_date", False):
            values["stale"] = False
            seen["stale"] = True
        return service.save_settings(
            participation=self.participation,
            actor=self.request.user,  # type: ignore[arg-type]
            seen=seen,
            values=values,
            rows={"attachments": attachments.plain(), "parts": parts.plain()},
            save_attachments=attachments.save,
            closed_parts={
                part.instance.pk: (part.cleaned_data["level"], part.cleaned_data["closed"])
                for part in parts.forms
            },
        )

    def _read_seen(self) -> dict[str, Any]:
        """Without it (an old tab after a change of keys) everything typed counts as changed."""
        try:
            found: dict[str, Any] = loads(self.request.POST.get("seen", ""), salt=SALT)
        except BadSignature:
            logger.warning("the settings form of %s came without what was seen", self.participation.public_id)
            return {}
        return found

    def _clash(self, forms: dict[str, Any], changed: service.SettingsMeanwhileChanged) -> dict[str, Any]:
        """The form as typed, what others saved meanwhile, and a fresh mark: saving again is a choice."""
        del self.participation
        current = self._form()
        last = changed.last
        context = self.get_context_data(**forms)
        context["clash"] = {
            "who": str(last.actor) if last and last.actor else "",
            "when": format_datetime(last.at, self.language) if last else "",
            "rows": [
                (_label(current, name), staff_selectors.shown(self.participation, name))
                for name in sorted(changed.names)
            ],
        }
        return context

    def _saved(self, saved: service.Saved) -> HttpResponseBase:
        if saved.act is None:
            messages.success(self.request, _("Nothing had been changed."))
        else:
            messages.success(self.request, _("The settings have been saved."))
        if saved.meanwhile:
            form = self._form()
            names = ", ".join(_label(form, name) for name in sorted(saved.meanwhile))
            messages.warning(
                self.request,
                _("Somebody else changed these while you were writing, and they were kept: %(names)s.")
                % {"names": names},
            )
        return redirect(self.address("settings"))


def _label(form: SettingsForm, name: str) -> str:
    special = {"attachments": _("Attachments"), "parts": _("Sections"), "stale": _("Translation")}
    return str(form.fields[name].label) if name in form.fields else special.get(name, name)
