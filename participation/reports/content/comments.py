"""Contributions as a reader meets them, section by section."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..formats import date_time_of, integer
from ..labels import Labels
from ..measures.tally import COUNTED
from ..snapshot import Row
from .blocks import Block, CommentText, Heading


def by_section(labels: Labels, rows: Iterable[Row]) -> Iterator[Block]:
    """A heading whenever the section changes, then its contributions in the snapshot's order."""
    current: str | None = None
    for row in rows:
        section = row["part_id"] or ""
        if section != current:
            current = section
            yield Heading(2, labels.section(section))
        yield comment_text(labels, row)


def comment_text(labels: Labels, row: Row, *, listed: bool = False) -> CommentText:
    """One contribution; `listed`: in a list outside its section, without background."""
    if not listed and row["state"] not in COUNTED:
        return hidden_text(labels, row)
    title = ", ".join(part for part in (row["name"], row["organisation"]) if part) or _("No name given")
    details = [] if not listed else [labels.section(row["part_id"] or "")]
    details += origin(labels, row, listed=listed)
    return CommentText(
        identity=identity(row),
        title=title,
        details=details,
        text=row["text"],
        language=row["language"],
        is_reply=bool(row["parent_id"]) and not listed,
    )


def origin(labels: Labels, row: Row, *, listed: bool) -> list[str]:
    supports = ngettext("%(count)s support", "%(count)s supports", row["supports"])
    told = supports % {"count": integer(row["supports"])}
    language = labels.code("language", row["language"])
    if listed:
        return [told, language, date_time_of(row["created"], labels.language)]
    details = [date_time_of(row["received"] or row["created"], labels.language), language]
    details.append(labels.code("channel", row["channel"]))
    if row["supports"]:
        details.append(told)
    background = (("municipality", row["municipality"]), ("age", row["age_class"]), ("role", row["role"]))
    details += [labels.code(kind, code) for kind, code in background if code and code != "not_said"]
    if row["speaks_for"]:
        details.append(
            ngettext("speaks for %(count)s person", "speaks for %(count)s persons", row["speaks_for"])
            % {"count": integer(row["speaks_for"])}
        )
    return details + marks(labels, row)


def marks(labels: Labels, row: Row) -> list[str]:
    """What a preparer must notice about a contribution."""
    found = [_("The authority's answer")] if row.get("official") else []
    if row["state"] != "published":
        found.append(labels.code("state", row["state"]))
    if row["audience"] == "preparers":
        found.append(labels.code("audience", row["audience"]))
    if row["late"]:
        found.append(_("Late"))
    if row["redacted"]:
        found.append(_("Redacted"))
    return found


def hidden_text(labels: Labels, row: Row) -> CommentText:
    """State and reason only: the text of a hidden contribution is nowhere in the report."""
    reason = [labels.reason(row["reason"])] if row["reason"] else []
    return CommentText(
        identity=_("Identifier %(id)s") % {"id": row["id"]},
        title=labels.code("state", row["state"]),
        details=reason,
        text="",
        language=labels.language,
        is_reply=False,
        is_hidden=True,
    )


def identity(row: Row) -> str:
    if row["parent_id"]:
        return _("Identifier %(id)s, reply to %(parent)s") % {"id": row["id"], "parent": row["parent_id"]}
    return _("Identifier %(id)s") % {"id": row["id"]}
