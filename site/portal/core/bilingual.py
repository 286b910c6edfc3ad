"""Bilingual text outside pages: column pairs `*_fi`, `*_sv`, a source language and a stale mark."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .enums import Language


class BilingualModel(models.Model):
    """A row whose short texts exist in Finnish and in Swedish.

    `bilingual_fields` names the pairs without their suffix; `bilingual_required` those without which the row
    is not complete. When a source text changes and its pair does not, the row turns stale until the pair is
    edited too; the publish gate counts stale and missing texts.
    """

    bilingual_fields: ClassVar[tuple[str, ...]] = ()
    bilingual_required: ClassVar[tuple[str, ...]] = ()

    source_language = models.CharField(
        _("source language"), max_length=2, choices=Language.choices, default=Language.FINNISH
    )
    stale = models.BooleanField(_("translation is out of date"), default=False, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        loaded: dict[str, str] = getattr(self, "_loaded_texts", {})
        if loaded:
            self._mark_stale(loaded)
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "stale"}
        super().save(*args, **kwargs)
        self._loaded_texts = self._texts()

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any
    ) -> Self:
        instance = super().from_db(db, field_names, values, **kwargs)
        instance._loaded_texts = instance._texts()
        return instance

    def _mark_stale(self, loaded: dict[str, str]) -> None:
        now = self._texts()
        source = self.source_language
        others = [code for code in Language.values if code != source]

        def changed(name: str, code: str) -> bool:
            key = f"{name}_{code}"
            return key in now and loaded.get(key) != now[key]

        touched = any(changed(name, code) for name in self.bilingual_fields for code in others)
        left = any(
            changed(name, source) and not any(changed(name, code) for code in others)
            for name in self.bilingual_fields
        )
        if left:
            self.stale = True
        elif touched:
            self.stale = False

    def text(self, name: str, language: str | None = None) -> str:
        """The text in the given or current language, else in the other one: something beats nothing."""
        code = (language or get_language() or Language.FINNISH)[:2]
        for candidate in (code, *Language.values):
            value = getattr(self, f"{name}_{candidate}", "")
            if value:
                return str(value)
        return ""

    def missing_texts(self, languages: Iterable[str]) -> list[str]:
        """Column names still empty though required, or though another of these languages has the text."""
        codes = list(languages)

        def empty(name: str) -> list[str]:
            return [code for code in codes if not getattr(self, f"{name}_{code}").strip()]

        return [
            f"{name}_{code}"
            for name in self.bilingual_fields
            for code in empty(name)
            if name in self.bilingual_required or len(empty(name)) < len(codes)
        ]

    def is_complete(self, languages: Iterable[str]) -> bool:
        return not self.stale and not self.missing_texts(languages)

    def _texts(self) -> dict[str, str]:
        names = [f"{name}_{code}" for name in self.bilingual_fields for code in Language.values]
        return {name: self.__dict__[name] for name in names if name in self.__dict__}
