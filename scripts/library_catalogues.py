"""The catalogues of texts that libraries lack: locale/libraries, beside ours, in the same form.

python -m scripts.library_catalogues           brings them up to date (part of `make messages`)
python -m scripts.library_catalogues --check   says what is not (part of `make lint`)
"""

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
import polib

from scripts.check_catalogues import LANGUAGES, ROOT, compare
from scripts.library_texts import (
    DOMAINS,
    installed_libraries,
    key,
    keys_translated,
    marked_texts,
    texts_lacking,
)

HEADER = {
    "Project-Id-Version": "aani-rost",
    "Report-Msgid-Bugs-To": "",
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def catalogue_path(root: Path, language: str, domain: str) -> Path:
    return root / "locale" / "libraries" / language / "LC_MESSAGES" / f"{domain}.po"


def read(path: Path) -> polib.POFile:
    return polib.pofile(str(path), wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)


def with_translation(text: polib.POEntry, known: polib.POEntry | None) -> polib.POEntry:
    """The text as it is marked now, with what `known` says of the same text."""
    empty = {0: "", 1: ""} if text.msgid_plural else {}
    return polib.POEntry(
        msgctxt=text.msgctxt,
        msgid=text.msgid,
        msgid_plural=text.msgid_plural,
        msgstr=known.msgstr if known else "",
        msgstr_plural=known.msgstr_plural if known else empty,
        occurrences=text.occurrences,
        flags=[*text.flags, *(["fuzzy"] if known and known.fuzzy else [])],
    )


def made(lacking: Iterable[polib.POEntry], before: polib.POFile, language: str) -> polib.POFile:
    """The catalogue of texts that are lacking; translations stay from the catalogue as it was before."""
    known = {(key(entry), entry.msgid_plural): entry for entry in before}
    file = polib.POFile(wrapwidth=0)
    file.header = "Ääni–Röst: texts that libraries lack"
    file.metadata = HEADER | {"Language": language}
    for text in sorted(lacking, key=lambda text: (text.msgid, text.msgctxt or "")):
        file.append(with_translation(text, known.get((key(text), text.msgid_plural))))
    return file


def needed(root: Path) -> Iterator[tuple[str, str, polib.POFile]]:
    """Language, domain, catalogue as it ought to be. What ours holds is found there first, so is left out."""
    libraries = installed_libraries()
    for domain in DOMAINS:
        marked = marked_texts(libraries, domain)
        for language in LANGUAGES:
            own = keys_translated(read(root / "locale" / language / "LC_MESSAGES" / f"{domain}.po"))
            lacking = texts_lacking(marked, libraries, language, domain)
            before = read(catalogue_path(root, language, domain))
            yield language, domain, made((text for text in lacking if key(text) not in own), before, language)


def update(root: Path) -> None:
    for language, domain, file in needed(root):
        path = catalogue_path(root, language, domain)
        path.parent.mkdir(parents=True, exist_ok=True)
        file.save(str(path))
        untranslated = len(file.untranslated_entries())
        print(f"{language} libraries {domain}: {len(file)} texts, {untranslated} not translated")


def check(root: Path) -> list[str]:
    return [
        problem
        for language, domain, file in needed(root)
        for problem in compare(
            read(catalogue_path(root, language, domain)), file, f"{language} libraries {domain}"
        )
    ]


def main(arguments: list[str]) -> int:
    sys.path.insert(0, str(ROOT / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    django.setup()
    if "--check" not in arguments:
        update(ROOT)
        return 0
    try:
        problems = check(ROOT)
    except RuntimeError as error:
        problems = [str(error)]
    print("\n".join(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
