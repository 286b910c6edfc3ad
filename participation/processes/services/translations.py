"""What wagtail-localize knows about the language versions of a participation."""

from dataclasses import dataclass

from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from ..models import ParticipationPage


@dataclass(frozen=True, slots=True)
class Progress:
    """Translated and all segments of an enabled translation into one language."""

    source_language: str
    done: int
    total: int

    @property
    def is_full(self) -> bool:
        return self.done == self.total


def source_was_published(page: ParticipationPage) -> None:
    """Takes the published text into the translation source, so that progress falls where it changed.

    wagtail-localize keeps counting against the frozen source until somebody synchronises it by hand.
    """
    source = TranslationSource.objects.filter(
        object_id=page.translation_key, locale_id=page.locale_id
    ).first()
    if source is not None and source.translations.filter(enabled=True).exists():
        source.update_from_db()


def progress_of(page: ParticipationPage) -> Progress | None:
    """How far the enabled translation into this page's language is; None where it is edited by hand."""
    translation = (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source__locale")
        .first()
    )
    if translation is None:
        return None
    total, done = translation.get_progress()
    return Progress(source_language=translation.source.locale.language_code, done=done, total=total)


def source_language_of(pages: list[ParticipationPage], fallback: str) -> str:
    """The language the others are translated from: localize's source, else the participation's own."""
    if not pages:
        return fallback
    source = (
        TranslationSource.objects.filter(object_id=pages[0].translation_key, translations__enabled=True)
        .select_related("locale")
        .first()
    )
    return source.locale.language_code if source else fallback


def start(page: ParticipationPage, language: str) -> Translation:
    """Starts (or goes on with) a translation of the page by segments."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(
        source=source, target_locale=Locale.objects.get(language_code=language)
    )
    return translation
