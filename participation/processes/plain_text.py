"""What a writer's text is: plain text with line breaks that can break no page, file or database."""

import re
import unicodedata

_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufff9-\uffff]")
_LINE_BREAKS = re.compile("\r\n|\r|\u2028|\u2029|\x85")
# Looked for where a run of blanks begins, so that a long one is read once and not from each of its blanks.
_TRAILING = re.compile(r"(?<![ \t])[ \t]+(?=\n)")
_MANY_BREAKS = re.compile(r"\n{4,}")


def plain_text(value: str) -> str:
    """The text as it is kept: line breaks of one kind, no control characters, NULs or lone surrogates.

    Markup is not interpreted and not removed: `<b>` is four characters that a reader sees. Joiners, variation
    selectors and marks of writing direction stay, since emoji and right-to-left text need them.
    """
    text = _LINE_BREAKS.sub("\n", value)
    text = _UNSAFE.sub("", text)
    text = unicodedata.normalize("NFC", text)
    return _MANY_BREAKS.sub("\n\n\n", _TRAILING.sub("", text)).strip()


def one_line(value: str) -> str:
    """A name or another short text."""
    return " ".join(plain_text(value).split())


def same_text(value: str) -> str:
    """What remains when two texts that a reader takes for the same one are compared."""
    folded = unicodedata.normalize("NFKC", plain_text(value)).casefold()
    return " ".join(re.sub(r"[^\w]+", " ", folded).split()) or plain_text(value)
