import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.core.models import BasePage

from ..edit_panels import settings_link
from .contribution import Contribution
from .participation import Participation


class CopyRefused(Exception):
    """Wagtail's own copy would split the language versions; the pair is copied by `services.copying`."""


class ParticipationPage(BasePage):
    """The text of a participation in one language; everything else hangs on the shared row.

    Subclasses name `participation_model` (a child of `Participation`), `kind` and `gate_fields`: the text
    fields without which the gate does not let the participation open; `answer_fields` those that tell what
    came of it.
    """

    participation_model: ClassVar[type[Participation]]
    kind: ClassVar[str]
    kind_label: ClassVar[Any]
    gate_fields: ClassVar[tuple[str, ...]] = ()
    answer_fields: ClassVar[tuple[str, ...]] = ()
    parts_field: ClassVar[str] = ""

    content_panels: ClassVar[list] = [settings_link(), *BasePage.content_panels]
    settings_panels: ClassVar[list] = []
    """Wagtail's own scheduling is off: dates are the participation's, and the gate guards its opening."""

    class Meta:
        abstract = True

    @cached_property
    def participation(self) -> Participation:
        return self.participation_model.objects.get(translation_key=self.translation_key)

    def part_block_ids(self) -> list[uuid.UUID]:
        """Block ids of the parts people answer to, in the page's order."""
        if not self.parts_field:
            return []
        return [uuid.UUID(str(block.id)) for block in getattr(self, self.parts_field)]

    def part_titles(self) -> dict[uuid.UUID, str]:
        """Title of each part by block id, in this page's language."""
        if not self.parts_field:
            return {}
        return {uuid.UUID(str(block.id)): block.value["heading"] for block in getattr(self, self.parts_field)}

    def clean(self) -> None:
        super().clean()
        if self.pk and self.parts_field:
            before = type(self).objects.filter(pk=self.pk).first()
            dropped = set(before.part_block_ids() if before else ()) - set(self.part_block_ids())
            if (
                dropped
                and Contribution.objects.filter(
                    participation__translation_key=self.translation_key, part__block_id__in=dropped
                ).exists()
            ):
                raise ValidationError(
                    {
                        self.parts_field: _(
                            "A section that has comments cannot be removed. Close it in the settings instead."
                        )
                    }
                )

    def copy(self, *args: Any, reset_translation_key: bool = True, **kwargs: Any) -> Page:
        """Refuses to copy one language alone; copies for translation keep the key and are let through."""
        if reset_translation_key:
            raise CopyRefused(
                f"{self} is copied with its other languages: use services.copying.copy_participation"
            )
        return super().copy(*args, reset_translation_key=reset_translation_key, **kwargs)
