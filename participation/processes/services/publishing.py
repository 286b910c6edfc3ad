"""What happens to the shared row when a page of it is created, published, unpublished or deleted."""

from typing import Any

from django.db import transaction

from portal.core.page_cache import purge_on_commit

from ..enums import ParticipationForm
from ..models import Participation, ParticipationPage, ProcessPage
from . import gate, parts, translations

DEFAULT_FORM = ParticipationForm.DECISION


@transaction.atomic
def ensure_participation(page: ParticipationPage) -> Participation:
    """The row of the page's translation key, made with the key's first page; dates stay empty."""
    participation, created = page.participation_model.objects.get_or_create(
        translation_key=page.translation_key,
        defaults={
            "kind": page.kind,
            "source_language": page.locale.language_code,
            **_placed_under(page),
        },
    )
    if created:
        parts.sync(page, participation)
    return participation


def _placed_under(page: ParticipationPage) -> dict[str, Any]:
    """Form and process by the page's place in the tree."""
    parent = page.get_parent()
    if parent is None:
        return {}
    above = parent.specific
    if isinstance(above, ProcessPage):
        grandparent = above.get_parent().specific_class
        return {"process_key": above.translation_key, "form": getattr(grandparent, "form", DEFAULT_FORM)}
    return {"form": getattr(above, "form", DEFAULT_FORM)}


@transaction.atomic
def page_went_live(page: ParticipationPage) -> None:
    participation = ensure_participation(page)
    # A part is not dropped while somebody answers to it.
    Participation.objects.select_for_update().get(pk=participation.pk)
    parts.sync(page, participation)
    translations.source_was_published(page)
    gate.refresh(participation)
    purge_on_commit()


@transaction.atomic
def page_left(page: ParticipationPage) -> None:
    """Unpublished or deleted: the row stays, with everything people have said."""
    participation = Participation.objects.filter(translation_key=page.translation_key).first()
    if participation is not None:
        gate.refresh(participation)
    purge_on_commit()
