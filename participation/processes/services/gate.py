"""The publish gate: a participation opens only when every public language of it is complete.

The gate guards opening, not the publishing of a page. A language is complete when its page is live, public
and no alias, its texts are there, and it either was published after its source with every segment translated,
or an editor has confirmed that these two revisions say the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.html import strip_tags

from portal.audit.services import record
from portal.core.bilingual import BilingualModel
from portal.core.models import AuthorityProfile

from ..models import Participation, ParticipationPage, TranslationConfirmation
from . import translations
from .attempts import Attempts
from .pages import pages_of

FACTS = ("published_at", "gate_met_at", "gate_waived_at")


@dataclass(slots=True)
class LanguageStatus:
    """One language version as the gate sees it; `missing` holds field names and problem codes."""

    language: str
    page: ParticipationPage | None
    is_source: bool
    progress: translations.Progress | None = None
    stale: bool = False
    confirmed: bool = False
    missing: list[str] = field(default_factory=list)

    @property
    def live(self) -> bool:
        return self.page is not None and self.page.live

    @property
    def complete(self) -> bool:
        return not self.missing and not self.stale


@dataclass(slots=True)
class GateReport:
    """All language versions, and the bilingual rows beside the pages that lack a language."""

    languages: list[LanguageStatus]
    missing_rows: list[tuple[BilingualModel, list[str]]]
    missing_settings: list[str]

    @property
    def texts_complete(self) -> bool:
        """Whether at least one language has all its texts: without that nothing can be waived."""
        return any(not status.missing for status in self.languages)

    @property
    def complete(self) -> bool:
        return (
            all(status.complete for status in self.languages)
            and not self.missing_rows
            and not self.missing_settings
        )


def examine(participation: Participation) -> GateReport:
    wanted = AuthorityProfile.load().languages
    pages = pages_of(participation)
    source_language = translations.source_language_of(list(pages.values()), participation.source_language)
    if source_language not in pages and pages:
        source_language = next(iter(pages))
    source = pages.get(source_language)
    return GateReport(
        languages=[_status(participation, code, pages.get(code), source) for code in wanted],
        missing_rows=_incomplete_rows(participation, wanted),
        missing_settings=[name for name in ("opens_at",) if getattr(participation, name) is None],
    )


def _status(
    participation: Participation,
    language: str,
    page: ParticipationPage | None,
    source: ParticipationPage | None,
) -> LanguageStatus:
    status = LanguageStatus(language=language, page=page, is_source=page is not None and page == source)
    if page is None:
        status.missing.append("page")
        return status
    if page.alias_of_id:
        status.missing.append("alias")
    if not page.live:
        status.missing.append("live")
    if page.get_view_restrictions().exists():
        status.missing.append("public")
    status.missing += [name for name in page.gate_fields if not has_text(getattr(page, name))]
    if source is not None and page != source:
        _compare(participation, status, page, source)
    return status


def has_text(value: object) -> bool:
    return bool(strip_tags(str(value)).strip())


def _compare(
    participation: Participation, status: LanguageStatus, page: ParticipationPage, source: ParticipationPage
) -> None:
    """Fills in progress, confirmation and staleness of a translated page against its source."""
    status.progress = translations.progress_of(page)
    if status.progress is not None:
        if not status.progress.is_full:
            status.missing.append("segments")
        published = page.last_published_at
        status.stale = source.last_published_at is not None and (
            published is None or published < source.last_published_at
        )
        return
    status.confirmed = TranslationConfirmation.objects.filter(
        participation=participation,
        language=page.locale.language_code,
        source_revision=source.live_revision_id or 0,
        target_revision=page.live_revision_id or 0,
    ).exists()
    status.stale = not status.confirmed


def _incomplete_rows(
    participation: Participation, languages: list[str]
) -> list[tuple[BilingualModel, list[str]]]:
    found = []
    for row in _bilingual_rows(participation):
        missing = row.missing_texts(languages)
        if missing or (row.stale and len(languages) > 1):
            found.append((row, missing or ["stale"]))
    return found


def _bilingual_rows(participation: Participation) -> Iterable[BilingualModel]:
    yield participation
    for name in ("unit", "legal_basis", "service_area", "preparer", "presenter"):
        row = getattr(participation, name)
        if row is not None:
            yield row
    yield from participation.contact_persons.all()
    yield from participation.attachments.all()


@transaction.atomic
def refresh(participation: Participation) -> GateReport:
    """Stores whether the pages are live and the gate is met; what has once opened is not shut again.

    A waiver stands for a language that is not complete: it lapses when no language has its texts any more.
    """
    row = Participation.objects.select_for_update().get(pk=participation.pk)
    now = timezone.now()
    report = examine(row)
    live = any(status.live for status in report.languages)
    row.published_at = (row.published_at or now) if live else None
    if not row.has_opened:
        row.gate_met_at = (row.gate_met_at or now) if report.complete else None
        if row.gate_waived_at is not None and not report.texts_complete:
            row.gate_waived_at = None
            record(verb="participation.waiver_lapsed", obj=row, kind="participation", participation=row)
    row.save(update_fields=list(FACTS))
    for name in FACTS:
        setattr(participation, name, getattr(row, name))
    return report


def refresh_waiting(attempts: Attempts | None = None) -> None:
    """Looks again at every published participation that has not opened, each by itself.

    What happens beside its pages can shut the gate too: a text of its unit, a move, a page made private.
    """
    attempts = attempts or Attempts()
    waiting = Participation.objects.filter(published_at__isnull=False, cancelled_at=None).filter(
        Q(gate_met_at=None, gate_waived_at=None) | Q(opens_at__gt=timezone.now())
    )
    for participation in list(waiting.filter(opens_at__isnull=False)):
        attempts.run(participation, partial(refresh, participation))
