"""Which characters the report's fonts can print.

PDF/A and PDF/UA refuse a document with a missing glyph, and a comment may hold any character: what no font
has is printed as a square, and the comment stays whole in XLSX, CSV and JSON.
"""

import re
import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
SQUARE = "\u25a1"
_BREAKS = "\n\t"
# Invisible by their nature: joiners, direction marks, variation selectors.
_INVISIBLE = frozenset(
    code
    for first, last in (
        (0xAD, 0xAD),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x2064),
        (0x2066, 0x2069),
        (0xFE00, 0xFE0F),
    )
    for code in range(first, last + 1)
)


def printable(text: str) -> str:
    """The text with every cluster that no single font covers replaced by a square."""
    if not unusual().search(text):
        return text
    return "".join(cluster if covered(cluster) else SQUARE for cluster in clusters(text))


@cache
def unusual() -> re.Pattern[str]:
    """Anything but letters, signs and breaks that the text font has: most comments hold none of it."""
    plain = [
        chr(code) for code in sorted(coverage()[0]) if code >= 0x20 and code not in FORBIDDEN | _INVISIBLE
    ]
    usual = "".join(character for character in plain if not unicodedata.combining(character))
    return re.compile(f"[^{_BREAKS}{re.escape(usual)}]")


def clusters(text: str) -> list[str]:
    """Base characters with the marks and joiners that belong to them: these must come from one font."""
    found: list[str] = []
    for character in text:
        joined = found and found[-1][-1:] not in _BREAKS
        if joined and (unicodedata.category(character) in ("Mn", "Me", "Mc") or ord(character) in _INVISIBLE):
            found[-1] += character
        else:
            found.append(character)
    return found


def covered(cluster: str) -> bool:
    wanted = {ord(character) for character in cluster if character not in _BREAKS} - _INVISIBLE
    if any(code in FORBIDDEN for code in wanted):
        return False
    return not wanted or any(wanted <= font for font in coverage())


FORBIDDEN = frozenset([0xFEFF, *range(0xE000, 0xF900)])
"""PDF/A-2a takes neither the byte order mark nor private-use characters."""


@cache
def coverage() -> tuple[frozenset[int], ...]:
    return tuple(characters(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf")))


def characters(font: bytes) -> frozenset[int]:
    """Characters of a TrueType font with a glyph: its Unicode cmap, format 12 or 4 (OpenType 1.9, "cmap")."""
    tables = struct.unpack(">H", font[4:6])[0]
    start = 0
    for n in range(tables):
        tag, _checksum, offset, _length = struct.unpack(">4sLLL", font[12 + 16 * n : 28 + 16 * n])
        if tag == b"cmap":
            start = offset
    count = struct.unpack(">H", font[start + 2 : start + 4])[0]
    found: set[int] = set()
    for n in range(count):
        platform, _encoding, offset = struct.unpack(">HHL", font[start + 4 + 8 * n : start + 12 + 8 * n])
        form = struct.unpack(">H", font[start + offset : start + offset + 2])[0]
        if platform in (0, 3) and form == 12:
            found |= groups_12(font, start + offset)
        elif platform in (0, 3) and form == 4:
            found |= segments_4(font, start + offset)
    return frozenset(found)


def groups_12(font: bytes, at: int) -> set[int]:
    count = struct.unpack(">L", font[at + 12 : at + 16])[0]
    found: set[int] = set()
    for first, last, _glyph in struct.iter_unpack(">LLL", font[at + 16 : at + 16 + 12 * count]):
        found.update(range(first, last + 1))
    return found


def segments_4(font: bytes, at: int) -> set[int]:
    """Segments of format 4; a character whose glyph is 0 is not there."""
    half = struct.unpack(">H", font[at + 6 : at + 8])[0] // 2
    ends = struct.unpack(f">{half}H", font[at + 14 : at + 14 + 2 * half])
    at_starts = at + 16 + 2 * half
    starts = struct.unpack(f">{half}H", font[at_starts : at_starts + 2 * half])
    deltas = struct.unpack(f">{half}H", font[at_starts + 2 * half : at_starts + 4 * half])
    at_offsets = at_starts + 4 * half
    offsets = struct.unpack(f">{half}H", font[at_offsets : at_offsets + 2 * half])
    found: set[int] = set()
    for n in range(half):
        for code in range(starts[n], min(ends[n], 0xFFFE) + 1):
            if offsets[n]:
                place = at_offsets + 2 * n + offsets[n] + 2 * (code - starts[n])
                glyph = struct.unpack(">H", font[place : place + 2])[0]
            else:
                glyph = (code + deltas[n]) & 0xFFFF
            if glyph:
                found.add(code)
    return found
