"""The rows of a page's parts follow its blocks; a part somebody has answered to is never dropped."""

from django.db.models import Exists, OuterRef

from ..models import Contribution, Part, Participation, ParticipationPage


def sync(page: ParticipationPage, participation: Participation) -> None:
    """Makes rows for new blocks, orders them as the page does, marks those gone from every language."""
    wanted = page.part_block_ids()
    rows = {part.block_id: part for part in Part.objects.filter(participation=participation)}
    is_source = page.locale.language_code == participation.source_language
    for order, block_id in enumerate(wanted):
        part = rows.get(block_id)
        if part is None:
            Part.objects.create(participation=participation, block_id=block_id, order=order)
        elif part.removed_from_page or (is_source and part.order != order):
            part.removed_from_page = False
            part.order = order if is_source else part.order
            part.save(update_fields=["removed_from_page", "order"])
    gone = set(rows) - set(wanted) - _blocks_elsewhere(page)
    if gone:
        _drop(participation, gone)


def _blocks_elsewhere(page: ParticipationPage) -> set:
    others = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return {block_id for other in others for block_id in other.part_block_ids()}


def _drop(participation: Participation, block_ids: set) -> None:
    answered = Exists(Contribution.objects.filter(part=OuterRef("pk")))
    gone = Part.objects.filter(participation=participation, block_id__in=block_ids).annotate(
        answered=answered
    )
    gone.filter(answered=True).update(removed_from_page=True)
    gone.filter(answered=False).delete()


def answered_blocks(page: ParticipationPage) -> set:
    """Blocks of the page's participation that somebody has answered to."""
    return set(
        Part.objects.filter(participation__translation_key=page.translation_key)
        .filter(Exists(Contribution.objects.filter(part=OuterRef("pk"))))
        .values_list("block_id", flat=True)
    )
