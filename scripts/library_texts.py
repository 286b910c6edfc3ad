"""Texts that libraries mark for translation, and which of them no catalogue translates.

Django's registry names the libraries, and their code says which texts there are. Their English catalogues
would not do: they lag behind the code, and hold texts of apps that are not installed. Scripts alone are
shipped built, so that for them the English catalogue is all there is.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import django
import polib
from django.apps import apps

from scripts.check_catalogues import ROOT, run_makemessages

DOMAINS = ("django", "djangojs")
SUFFIXES = (".html", ".py", ".txt")
# Names in old migrations are shown nowhere.
NO_CODE = ("__pycache__", "locale", "migrations", "static", "test", "tests")
# Context, text, and whether it has a plural: what gettext looks texts up by.
Key = tuple[str | None, str, bool]


class Library(NamedTuple):
    """An installed app that is not ours, or Django itself; `name` is its module as a path: wagtail/admin."""

    name: str
    code: Path
    locale: Path


def is_ours(folder: Path) -> bool:
    """The environment may lie inside the checkout."""
    return folder.is_relative_to(ROOT) and not folder.is_relative_to(sys.prefix)


def installed_libraries() -> list[Library]:
    folders = {config.name: Path(config.path) for config in apps.get_app_configs()}
    found = [
        Library(name.replace(".", "/"), folder, folder / "locale")
        for name, folder in folders.items()
        if not is_ours(folder)
    ]
    core = Path(django.__file__).parent
    return sorted([*found, Library("django", core, core / "conf" / "locale")])


def code_files(library: Library, libraries: Iterable[Library]) -> Iterator[Path]:
    """Without the apps inside: one that is installed is a library of its own, another is not shown."""
    installed = {other.code for other in libraries}
    loaded = {other.locale for other in libraries}

    def is_app(folder: Path) -> bool:
        catalogues = folder / "locale"
        named = (folder / "apps.py").exists() or (catalogues.is_dir() and catalogues not in loaded)
        return folder in installed or named

    for folder, inner, files in os.walk(library.code):
        inner[:] = sorted(name for name in inner if name not in NO_CODE and not is_app(Path(folder, name)))
        yield from (Path(folder, name) for name in files if name.endswith(SUFFIXES))


def _extract(libraries: list[Library]) -> list[polib.POEntry]:
    """Runs makemessages over copies of the libraries' code, each in a folder of the library's name."""
    with tempfile.TemporaryDirectory() as folder:
        for library in libraries:
            for source in code_files(library, libraries):
                target = Path(folder, library.name, source.relative_to(library.code))
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        Path(folder, "locale").mkdir()
        # -P: Django's own copy lies in that folder too, and would be run.
        run_makemessages(Path(folder), [sys.executable, "-P", "-m", "django"], ["en"], settings="")
        return list(polib.pofile(str(Path(folder, "locale", "en", "LC_MESSAGES", "django.po"))))


def _marked_in_code(libraries: list[Library]) -> list[polib.POEntry]:
    names = [library.name for library in libraries]
    entries = _extract(libraries)
    for entry in entries:
        holders = {
            max((name for name in names if path.startswith(f"{name}/")), key=len)
            for path, _line in entry.occurrences
        }
        entry.occurrences = [(name, "") for name in sorted(holders)]
    return entries


def _marked_in_scripts(libraries: list[Library]) -> list[polib.POEntry]:
    found: dict[Key, polib.POEntry] = {}
    for library in libraries:
        source = library.locale / "en" / "LC_MESSAGES" / "djangojs.po"
        for entry in polib.pofile(str(source)) if source.exists() else ():
            if entry.obsolete:
                continue
            entry.occurrences = []
            found.setdefault(key(entry), entry).occurrences.append((library.name, ""))
    return list(found.values())


def marked_texts(libraries: list[Library], domain: str) -> list[polib.POEntry]:
    """Each text once, without translation, its occurrences the libraries that mark it."""
    return _marked_in_code(libraries) if domain == "django" else _marked_in_scripts(libraries)


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, bool(entry.msgid_plural)


def keys_translated(file: polib.POFile | polib.MOFile) -> set[Key]:
    """A text with a plural is found without one as well."""
    entries = [entry for entry in file.translated_entries() if entry.msgid]
    return {key(entry) for entry in entries} | {(entry.msgctxt, entry.msgid, False) for entry in entries}


def translated_by(library: Library, language: str, domain: str) -> set[Key]:
    """Read from the compiled catalogue, as Django does."""
    compiled = library.locale / language / "LC_MESSAGES" / f"{domain}.mo"
    return keys_translated(polib.mofile(str(compiled))) if compiled.exists() else set()


def texts_lacking(
    marked: Iterable[polib.POEntry], libraries: Iterable[Library], language: str, domain: str
) -> list[polib.POEntry]:
    """Django makes one catalogue of all apps', but scripts ask for that of their own app."""
    of = {library.name: translated_by(library, language, domain) for library in libraries}
    if domain == "django":
        everywhere = set().union(*of.values())
        return [entry for entry in marked if key(entry) not in everywhere]
    return [entry for entry in marked if any(key(entry) not in of[name] for name, _ in entry.occurrences)]
