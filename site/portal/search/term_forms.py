"""The term list as editors write it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from .analysis import KNOWN_LANGUAGES, understand
from .bridge import LONGEST_TERM
from .function_words import worth_looking_for


class SearchTermForm(WagtailAdminModelForm):
    """A row names one thing in at least two ways; each name is one that questions can be read by."""

    def clean_fi(self) -> str:
        return _tidy(self.cleaned_data["fi"], "fi")

    def clean_sv(self) -> str:
        return _tidy(self.cleaned_data["sv"], "sv")

    def clean_en(self) -> str:
        return _tidy(self.cleaned_data["en"], "en")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.errors:
            return found
        names = {
            _words(name, language)
            for language in KNOWN_LANGUAGES
            for name in found[language].split("|")
            if name
        }
        if len(names) < 2:
            empty = [language for language in KNOWN_LANGUAGES if not found[language]]
            self.add_error(
                empty[0] if empty else KNOWN_LANGUAGES[-1],
                _("One name alone leads nowhere: give another one, here or in another language."),
            )
        return found


def _tidy(written: str, language: str) -> str:
    """The names with one space between words and none around `|`, each once."""
    names = [" ".join(name.split()) for name in written.split("|")]
    if names == [""]:
        return ""
    for name in names:
        _check(name, language)
    return "|".join(dict.fromkeys(names))


def _check(name: str, language: str) -> None:
    if not name:
        raise ValidationError(
            _("There is nothing between two | or at an end. Write a name there or remove the |.")
        )
    words = _words(name, language)
    if not words:
        raise ValidationError(_("“%(name)s” has no word in it."), params={"name": name})
    if len(words) > LONGEST_TERM:
        raise ValidationError(
            _("“%(name)s” has %(words)s words that count. The most is %(most)s."),
            params={"name": name, "words": len(words), "most": LONGEST_TERM},
        )


def _words(name: str, language: str) -> tuple[str, ...]:
    """Words by which a question is recognised as the name: and, for, with do not count."""
    return tuple(one.word for one in worth_looking_for(understand(name, language), language))
