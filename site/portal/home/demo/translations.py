"""Publishes a page in Finnish and its translation the way an editor does with wagtail-localize.

Every segment of the Finnish page gets its Swedish text from the content files, so that progress is full and
staff can go on translating in the usual editor.
"""

from collections import defaultdict
from typing import Any

from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from portal.accounts.models import User

from .content import ContentError


def publish_pair(page: Page, *, parent: Page, swedish: dict[str, Any], editor: User) -> tuple[Page, Page]:
    """Publishes `page` under the Finnish `parent`, then its Swedish translation from the same fields."""
    parent.add_child(instance=page)
    page.save_revision(user=editor).publish(user=editor)
    page.refresh_from_db()
    return page, translate(page, swedish=swedish, editor=editor)


def translate(page: Page, *, swedish: dict[str, Any], editor: User) -> Page:
    """Translates every segment of `page`, a new one, and publishes the Swedish page."""
    locale = Locale.objects.get(language_code="sv")
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    _translate_segments(source, locale, type(page)(**swedish), editor)
    translation.save_target(user=editor, publish=False)
    target = page.get_translation(locale).specific
    target.get_latest_revision().publish(user=editor)
    target.refresh_from_db()
    return target


def _translate_segments(source: TranslationSource, locale: Locale, swedish: Page, editor: User) -> None:
    texts: dict[str, list[str]] = defaultdict(list)
    for value in extract_segments(swedish):
        if isinstance(value, StringSegmentValue):
            texts[value.path].append(value.string.data)
    rows = []
    for segment in StringSegment.objects.filter(source=source).select_related("context").order_by("order"):
        path = segment.context.path
        if not texts[path]:
            raise ContentError(f"{source.object_repr}: {path} has fewer pieces in Swedish than in Finnish")
        data = StringValue.from_translated_html(texts[path].pop(0)).data
        keys = {"translation_of_id": segment.string_id, "context_id": segment.context_id}
        rows.append(StringTranslation(locale=locale, data=data, last_translated_by=editor, **keys))
    left = [path for path, pieces in texts.items() if pieces]
    if left:
        raise ContentError(
            f"{source.object_repr}: {', '.join(left)} has more pieces in Swedish than in Finnish"
        )
    StringTranslation.objects.bulk_create(rows)
