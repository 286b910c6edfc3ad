"""Compiles the catalogues without gettext: Django's own command needs msgfmt, which a fresh machine lacks."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Writes the .mo beside every .po; fuzzy and empty entries stay out, so the msgid is shown instead."""
    compiled = []
    for source in sorted(folder.glob("**/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    compile_all()
