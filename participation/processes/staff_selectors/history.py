"""What has been done to a participation, in words that need no knowledge of the columns."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.formats.text import base_language, format_date, format_datetime, format_deadline

from ..enums import ActKind, LifeStage, MeansOfParticipation, TargetGroup
from ..models import Participation, ParticipationAct

LIST_LABELS: dict[str, Any] = {
    "target_groups": TargetGroup,
    "life_stages": LifeStage,
    "means": MeansOfParticipation,
}


def history(participation: Participation, language: str) -> list[dict[str, Any]]:
    """Acts, the latest first, with what each changed."""
    rows = ParticipationAct.objects.filter(participation_id=participation.pk).select_related("actor")
    return [{"act": act, "changes": _changes(participation, act)} for act in rows.order_by("-at", "-id")]


def _changes(participation: Participation, act: ParticipationAct) -> list[dict[str, str]]:
    if act.kind in (ActKind.REVIEW, ActKind.COPY):
        return []
    names = {field.name for field in participation._meta.get_fields()}
    return [
        {
            "name": _name(participation, name),
            "before": in_words(participation, name, act.before.get(name)),
            "after": in_words(participation, name, act.after.get(name)),
        }
        for name in sorted({*act.before, *act.after})
        if name in names
    ]


def _name(participation: Participation, name: str) -> str:
    special = {
        "gate_waived_at": _("opened without every language"),
        "cancelled_at": _("cancelled"),
        "answered_at": _("answered"),
        "stale": _("translation is out of date"),
    }
    field: Any = participation._meta.get_field(name)
    return str(special.get(name) or field.verbose_name)


def in_words(participation: Participation, name: str, value: Any) -> str:
    """A stored setting as a person reads it; dates may come as text, as acts keep them."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_list_label(name, item) for item in value)
    field: Any = participation._meta.get_field(name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _moment(field, value)


def _list_label(name: str, value: str) -> str:
    labels = LIST_LABELS.get(name)
    return str(labels(value).label) if labels and value in labels.values else str(value)


def _moment(field: models.Field, value: Any) -> str:
    language = base_language(get_language() or "fi")
    if isinstance(field, models.DateTimeField):
        moment = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))
        write = format_deadline if field.name == "closes_at" else format_datetime
        return write(moment, language)
    if isinstance(field, models.DateField):
        return format_date(value if isinstance(value, dt.date) else dt.date.fromisoformat(value), language)
    return str(value)


def shown(participation: Participation, name: str) -> str:
    """A setting as it is now, in words; empty for attachments and parts, which are shown below the form."""
    if name in ("attachments", "parts"):
        return ""
    field: Any = participation._meta.get_field(name)
    value = getattr(participation, name)
    if field.many_to_many:
        return ", ".join(str(row) for row in value.all()) or "–"
    return in_words(participation, name, value)
