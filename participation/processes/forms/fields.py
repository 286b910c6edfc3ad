"""Days and times as staff write them: 30.11.2026 and 16.15, whatever language the administration speaks."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.formats.input import DATE_INPUT_FORMATS, TIME_INPUT_FORMATS
from portal.core.formats.text import HELSINKI, format_date, format_time

DAY_ERROR = _("Write the day as in 30.11.2026.")
TIME_ERROR = _("Write the time as in 16.15.")
MIDNIGHT = dt.time(0)


class DayInput(forms.DateInput):
    def format_value(self, value: Any) -> str | None:
        return format_date(value, "fi") if isinstance(value, dt.date) else value


class DayField(forms.DateField):
    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": DAY_ERROR})
        super().__init__(input_formats=DATE_INPUT_FORMATS, **kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")


class MomentInput(forms.MultiWidget):
    """Day and time; an end at midnight is shown as the day that ends, without a time."""

    template_name = "participation_processes/admin/widgets/moment.html"

    def __init__(self, *, ends: bool, attrs: dict[str, Any] | None = None) -> None:
        self.ends = ends
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput({"autocomplete": "off", "placeholder": "30.11.2026"}),
            "time": forms.TextInput({"autocomplete": "off", "placeholder": "16.15"}),
        }
        super().__init__(parts, attrs)

    def decompress(self, value: dt.datetime | None) -> list[str]:
        if value is None:
            return ["", ""]
        local = value.astimezone(HELSINKI)
        if local.time() != MIDNIGHT:
            return [format_date(local, "fi"), format_time(local, "fi")]
        day = local.date() - dt.timedelta(days=1) if self.ends else local.date()
        return [format_date(day, "fi"), ""]


class MomentField(forms.MultiValueField):
    """A moment in Finland. Without a time it is the beginning of the day, or with `ends` the end of it.

    An end is exclusive: the end of 30.11. is midnight between that day and the next.
    """

    def __init__(self, *, ends: bool = False, **kwargs: Any) -> None:
        self.ends = ends
        fields = (
            forms.DateField(
                input_formats=DATE_INPUT_FORMATS,
                error_messages={"invalid": DAY_ERROR, "incomplete": DAY_ERROR},
            ),
            forms.TimeField(
                input_formats=TIME_INPUT_FORMATS, error_messages={"invalid": TIME_ERROR}, required=False
            ),
        )
        kwargs.setdefault("widget", MomentInput(ends=ends))
        kwargs.setdefault("error_messages", {"incomplete": DAY_ERROR})
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> dt.datetime | None:
        if not data_list or data_list[0] in self.empty_values:
            return None
        day, time = data_list
        if time in self.empty_values:
            time = MIDNIGHT
            day = day + dt.timedelta(days=1) if self.ends else day
        return dt.datetime.combine(day, time, tzinfo=HELSINKI).astimezone(dt.UTC)
