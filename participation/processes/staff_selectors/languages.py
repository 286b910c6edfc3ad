"""The language versions side by side, in words: what each holds and what it lacks."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import expand_db_html

from portal.core.bilingual import BilingualModel

from ..enums import ActKind
from ..models import Participation, ParticipationAct, ParticipationPage
from ..services.gate import GateReport, LanguageStatus
from ..services.pages import pages_of


def missing_labels(status: LanguageStatus) -> list[str]:
    """What keeps a language from being complete, as sentences and names of fields."""
    codes = {
        "page": _("The page does not exist yet."),
        "alias": _("The page only mirrors the other language: translate it."),
        "live": _("The page has not been published."),
        "public": _("The page is shown only to some: remove its restriction."),
        "segments": _("Part of the text has not been translated."),
    }
    found = [codes.get(code) or _field_missing(status.page, code) for code in status.missing]
    if status.stale and status.progress is not None:
        found.append(
            _("The original has been published after this: go through the translation and publish it.")
        )
    elif status.stale:
        found.append(_("Nobody has confirmed that this says the same as the original."))
    return found


def _field_missing(page: ParticipationPage | None, name: str) -> str:
    label = page._meta.get_field(name).verbose_name if page is not None else name
    return _("Text missing: %(name)s.") % {"name": label}


def missing_rows(report: GateReport) -> list[dict[str, Any]]:
    """Bilingual rows beside the pages that lack a text or whose other language is out of date."""
    return [
        {
            "kind": row._meta.verbose_name,
            # A participation without its matter has no name yet.
            "name": "" if isinstance(row, Participation) else str(row),
            "missing": _columns(row, names),
        }
        for row, names in report.missing_rows
    ]


def _columns(row: BilingualModel, names: Iterable[str]) -> list[str]:
    return [
        _("the other language is out of date") if name == "stale" else str(_verbose(row, name))
        for name in names
    ]


def _verbose(row: Any, name: str) -> Any:
    return row._meta.get_field(name).verbose_name


def missing_settings(report: GateReport, participation: Participation) -> list[str]:
    return [str(_verbose(participation, name)) for name in report.missing_settings]


def preview(page: ParticipationPage, participation: Participation) -> dict[str, Any]:
    """The texts of one language as the public would read them, in the order of the page."""
    code = page.locale.language_code
    fields = [
        {
            "label": page._meta.get_field(name).verbose_name,
            "text": mark_safe(expand_db_html(str(getattr(page, name)))),
            "is_empty": name in page.gate_fields and not str(getattr(page, name)).strip(),
        }
        for name in page.gate_fields
        if name != "lead"
    ]
    return {
        "title": page.title,
        "lead": page.lead,
        "fields": fields,
        "parts": list(page.part_titles().values()),
        "attachments": [
            {"title": getattr(row, f"title_{code}"), "language": row.get_language_display()}
            for row in participation.attachments.all()
        ],
        "answers": [
            mark_safe(expand_db_html(str(getattr(page, name))))
            for name in page.answer_fields
            if getattr(page, name)
        ],
    }


def part_titles(participation: Participation, language: str) -> dict[int, str]:
    """Title of each part by its key, in the given language or else in another."""
    found: dict[Any, str] = {}
    pages = pages_of(participation)
    for code in sorted(pages, key=lambda code: code == language):
        found |= pages[code].part_titles()
    return {part.pk: found.get(part.block_id, "") for part in participation.parts.all()}


def latest_review(participation: Participation) -> dict[str, Any] | None:
    """Who last read both languages, and whether a page has been edited since."""
    act = (
        ParticipationAct.objects.filter(participation_id=participation.pk, kind=ActKind.REVIEW)
        .select_related("actor")
        .last()
    )
    if act is None:
        return None
    now = {code: page.latest_revision_id for code, page in pages_of(participation).items()}
    return {"act": act, "is_current": act.after.get("revisions") == now}
