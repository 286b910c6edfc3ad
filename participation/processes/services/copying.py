"""Copying a participation: every language version as one pair, with settings, without what people said."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.forms.models import model_to_dict
from wagtail_localize.models import StringTranslation, TranslatableObject, Translation, TranslationContext

from portal.accounts.models import User

from ..enums import ActKind
from ..models import Attachment, Part, Participation, ParticipationPage
from . import translations
from .acts import record_act
from .pages import pages_of, specific
from .publishing import ensure_participation

NOT_COPIED = frozenset(
    {"opens_at", "closes_at", "planned_meeting", "planned_answer", "diary_number", "participation_ptr", "id"}
)


@transaction.atomic
def copy_participation(
    *, participation: Participation, actor: User | None, titles: Mapping[str, str], slugs: Mapping[str, str]
) -> Participation:
    """Copies all language versions as drafts under a new translation key beside the originals.

    `titles` and `slugs` are by language code; what is left out is made from the original with its language's
    next free slug. The new row has the old one's settings, no dates and no diary number.
    """
    original = specific(participation)
    key = uuid.uuid4()
    copies: dict[str, ParticipationPage] = {}
    for code, page in pages_of(original).items():
        copies[code] = _copy_page(page, key, titles.get(code, page.title), slugs.get(code, ""), actor)
    new = ensure_participation(next(iter(copies.values())))
    _copy_settings(original, new)
    for page in copies.values():
        page.__dict__.pop("participation", None)
    _copy_translations(original.translation_key, copies, new.source_language)
    record_act(new, ActKind.COPY, actor, before={"participation": str(original.public_id)})
    return new


def _copy_page(
    page: ParticipationPage, key: uuid.UUID, title: str, slug: str, actor: User | None
) -> ParticipationPage:
    slug = slug or _free_slug(page)
    emptied = dict.fromkeys(page.answer_fields, "")
    return page.copy(
        update_attrs={"title": title, "draft_title": title, "slug": slug, "translation_key": key, **emptied},
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        user=actor,
    )


def _free_slug(page: ParticipationPage) -> str:
    parent = page.get_parent()
    taken = set(parent.get_children().values_list("slug", flat=True))
    number = 2
    while f"{page.slug}-{number}" in taken:
        number += 1
    return f"{page.slug}-{number}"


def _copy_settings(original: Participation, new: Participation) -> None:
    columns = {field.name: field.attname for field in original._meta.concrete_fields}
    skipped = NOT_COPIED | {field.name for field in original._meta.many_to_many}
    for name, value in model_to_dict(original).items():
        if name not in skipped:
            setattr(new, columns[name], value)
    new.save()
    # Saving both languages at once looks like a translation: what was out of date still is.
    type(original).objects.filter(pk=new.pk).update(stale=original.stale)
    for field in original._meta.many_to_many:
        getattr(new, field.name).set(getattr(original, field.name).all())
    parts = {part.block_id: part for part in Part.objects.filter(participation=new)}
    for old in Part.objects.filter(participation=original, block_id__in=parts):
        parts[old.block_id].level = old.level
        parts[old.block_id].save(update_fields=["level"])
    for attachment in Attachment.objects.filter(participation=original).select_related("part"):
        part = parts.get(attachment.part.block_id) if attachment.part else None
        attachment.pk, attachment.public_id = None, uuid.uuid4()
        attachment.participation, attachment.part = Participation.objects.get(pk=new.pk), part
        attachment._state.adding = True
        attachment.save()


def _copy_translations(
    old_key: uuid.UUID, copies: dict[str, ParticipationPage], source_language: str
) -> None:
    """Starts the same translations for the copies, with the segments already translated."""
    old = Translation.objects.filter(source__object_id=old_key, enabled=True).select_related(
        "source__locale", "target_locale"
    )
    for translation in old:
        source_page = copies.get(translation.source.locale.language_code)
        target = translation.target_locale
        if source_page is None or target.language_code not in copies:
            continue
        translations.start(source_page, target.language_code)
        new_object = TranslatableObject.objects.get(translation_key=source_page.translation_key)
        for done in StringTranslation.objects.filter(
            context__object_id=old_key, locale=target
        ).select_related("context"):
            context, _created = TranslationContext.objects.get_or_create(
                object=new_object, path=done.context.path
            )
            StringTranslation.objects.update_or_create(
                translation_of_id=done.translation_of_id,
                locale=target,
                context=context,
                defaults={
                    "data": done.data,
                    "translation_type": done.translation_type,
                    "tool_name": done.tool_name,
                    "last_translated_by": done.last_translated_by,
                },
            )
