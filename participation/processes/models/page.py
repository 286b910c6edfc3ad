import uuid
from typing import Any, ClassVar, NoReturn

from django.utils.functional import cached_property
from wagtail.models import Page

from portal.core.models import BasePage

from .participation import Participation


class CopyRefused(Exception):
    """Wagtail's own copy would split the language versions; the pair is copied by `services.copying`."""


class ParticipationPage(BasePage):
    """The text of a participation in one language; everything else hangs on the shared row.

    Subclasses name `participation_model` (a child of `Participation`), `kind` and `gate_fields`: the text
    fields without which the gate does not let the participation open.
    """

    participation_model: ClassVar[type[Participation]]
    kind: ClassVar[str]
    gate_fields: ClassVar[tuple[str, ...]] = ()
    parts_field: ClassVar[str] = ""

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

    def copy(self, *args: Any, reset_translation_key: bool = True, **kwargs: Any) -> Page | NoReturn:
        """Refuses to copy one language alone; copies for translation keep the key and are let through."""
        if reset_translation_key and not kwargs.pop("as_pair", False):
            raise CopyRefused(
                f"{self} is copied with its other languages: use services.copying.copy_participation"
            )
        return super().copy(*args, reset_translation_key=reset_translation_key, **kwargs)
