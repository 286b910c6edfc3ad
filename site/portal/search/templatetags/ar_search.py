"""How found texts are shown."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..highlight import Piece

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """A text with the words that were asked for between `mark` tags; all of it escaped."""
    texts = (
        f"<mark>{escape(piece.text)}</mark>" if piece.is_marked else escape(piece.text) for piece in pieces
    )
    return mark_safe("".join(texts))
