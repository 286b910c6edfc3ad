"""Cover: what was heard, of whom, on what ground, and which data set this is."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..formats import date, date_time_of, integer, moment
from ..labels import Labels
from ..snapshot import Row
from .blocks import Block, Facts, Paragraph


def cover(labels: Labels, sha256: str) -> list[Block]:
    header = labels.header
    blocks: list[Block] = [Facts(_("The matter"), [row for row in matter(labels) if row[1]])]
    blocks.append(Facts(_("The data set"), data_set(labels, sha256)))
    if header.get("previous"):
        blocks.append(Paragraph(changes(labels, header["previous"]), "warning"))
    return blocks


def matter(labels: Labels) -> list[tuple[str, str]]:
    facts, pick = labels.header["participation"], labels.pick
    basis = facts.get("legal_basis") or {}
    concerned = labels.ordered("municipality", [{"code": code} for code in facts["municipalities"]])
    return [
        (_("Authority"), pick(facts.get("authority"))),
        (_("Unit"), pick(facts.get("unit"))),
        (_("Matter"), pick(facts.get("matter"))),
        (_("Diary number"), facts.get("diary_number") or ""),
        (_("Legal basis"), legal_basis(labels, basis)),
        (_("Time of the hearing"), period(facts, labels.language)),
        (_("Deciding body"), pick(facts.get("deciding_body"))),
        (_("Planned meeting"), planned(facts.get("planned_meeting") or "")),
        (
            _("Municipalities concerned"),
            ", ".join(labels.code("municipality", row["code"]) for row in concerned),
        ),
        (_("When comments are shown"), labels.code("moderation_mode", facts.get("moderation_mode") or "")),
        (_("Identifier of the hearing"), facts["id"]),
    ]


def legal_basis(labels: Labels, basis: Row) -> str:
    named = " ".join(
        part for part in (labels.pick(basis.get("name")), labels.pick(basis.get("section"))) if part
    )
    return ", ".join(part for part in (named, labels.pick(basis.get("link"))) if part)


def period(facts: Row, language: str) -> str:
    opens, closes = (date_time_of(facts.get(name) or "", language) for name in ("opens_at", "closes_at"))
    return f"{opens} – {closes}" if opens or closes else ""


def planned(meeting: str) -> str:
    """The planned meeting is a day; a moment is shown as its day."""
    if not meeting:
        return ""
    return date(moment(meeting) if "T" in meeting else dt.date.fromisoformat(meeting))


def data_set(labels: Labels, sha256: str) -> list[tuple[str, str]]:
    header = labels.header
    return [
        (_("Snapshot taken"), date_time_of(header["taken_at"], labels.language)),
        (_("SHA-256 of the snapshot"), sha256),
        (_("Version of the report engine"), header["engine"]),
        (_("Edition"), _("Official's edition")),
    ]


def changes(labels: Labels, previous: Row) -> str:
    """What became of the report that this one supersedes."""
    reasons = ", ".join(
        f"{labels.change(code)} ({integer(count)})" for code, count in sorted(previous["reasons"].items())
    )
    count = previous["changed"]
    told = ngettext(
        "This report supersedes an earlier one (SHA-256 %(hash)s): %(count)s row has changed since.",
        "This report supersedes an earlier one (SHA-256 %(hash)s): %(count)s rows have changed since.",
        count,
    ) % {"hash": previous["hash"], "count": integer(count)}
    return f"{told} {_('Why: %(reasons)s.') % {'reasons': reasons}}" if reasons else told
