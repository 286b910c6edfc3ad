"""Makes a page in both languages from one recipe, so that neither can have a field the other lacks."""

import datetime as dt
from typing import Any

from wagtail.models import Locale, Page

from portal.accounts.models import User
from portal.core.enums import Language

from . import prose
from .content import Calendar, Text
from .streams import stable_id
from .translations import publish_pair


class PageMaker:
    def __init__(self, editor: User) -> None:
        self.editor = editor
        self.finnish = Locale.objects.get(language_code=Language.FINNISH)

    def make(
        self, model: type[Page], *, key: str, parent: Page, texts: dict[str, Any], **shared: Any
    ) -> Page:
        """`texts`: by field a `Text`, or a function of the language; `shared`: what both have in common."""
        fields = {code: _in_language(texts, code) for code in Language.values}
        page = model(locale=self.finnish, translation_key=stable_id(key), **shared, **fields["fi"])
        swedish = shared | fields["sv"]
        return publish_pair(page, parent=parent, swedish=swedish, editor=self.editor)[0]


def _in_language(texts: dict[str, Any], code: str) -> dict[str, Any]:
    return {name: value[code] if isinstance(value, Text) else value(code) for name, value in texts.items()}


def heads(row: dict[str, Any]) -> dict[str, Text]:
    return {name: row[name] for name in ("title", "slug", "lead")}


def rich(text: Text) -> Text:
    return Text(prose.rich_text(text.fi), prose.rich_text(text.sv))


def milestones(rows: list[dict[str, Any]], code: str, calendar: Calendar) -> list[tuple[str, dict[str, Any]]]:
    return [("milestone", _milestone(row, code, calendar)) for row in rows]


def _milestone(row: dict[str, Any], code: str, calendar: Calendar) -> dict[str, Any]:
    date: dt.date = row["date"] if "date" in row else calendar.date(row["days"])
    return {
        "date": date.isoformat(),
        "title": row["title"][code],
        "deciding_body": row["body"][code],
        "audience": row["audience"][code] if "audience" in row else "",
        "text": prose.rich_text(row["text"][code]) if "text" in row else "",
    }
