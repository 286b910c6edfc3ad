"""The checks find what they are for: catalogues that are stale, incomplete or broken."""

import shutil

import polib
import pytest

from scripts.check_catalogues import broken_formats, compare
from scripts.compile_messages import compile_all


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    file = polib.POFile()
    file.extend(entries)
    return file


TRANSLATED = polib.POEntry(msgid="Comment", msgstr="Kommentti")
EMPTY = polib.POEntry(msgid="Reply", msgstr="")
FUZZY = polib.POEntry(msgid="Support", msgstr="Tuki", flags=["fuzzy"])
OTHER_CONTEXT = polib.POEntry(msgid="Comment", msgctxt="verb", msgstr="Kommentoi")


def test_a_catalogue_that_is_whole():
    assert compare(catalogue(TRANSLATED), catalogue(TRANSLATED), "fi") == []


@pytest.mark.parametrize(
    ("committed", "extracted", "problem"),
    [
        ([TRANSLATED], [TRANSLATED, EMPTY], "not in the catalogue"),
        ([TRANSLATED], [TRANSLATED, OTHER_CONTEXT], "not in the catalogue"),
        ([TRANSLATED, OTHER_CONTEXT], [TRANSLATED], "no longer used"),
        ([TRANSLATED, EMPTY], [TRANSLATED, EMPTY], "not translated"),
        ([TRANSLATED, FUZZY], [TRANSLATED, FUZZY], "fuzzy"),
    ],
)
def test_a_catalogue_that_is_not(committed, extracted, problem):
    [found] = compare(catalogue(*committed), catalogue(*extracted), "sv")
    assert problem in found
    assert found.startswith("sv: 1 ")


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
@pytest.mark.parametrize(
    ("translation", "wrong"), [("%(count)s puuta", False), ("%(counts)s puuta", True), ("puuta", True)]
)
def test_a_translation_keeps_the_placeholders(tmp_path, translation, wrong):
    path = tmp_path / "django.po"
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.append(polib.POEntry(msgid="%(count)s trees", msgstr=translation, flags=["python-format"]))
    file.save(str(path))
    assert bool(broken_formats(path)) is wrong


def test_the_catalogues_of_libraries_are_compiled_beside_ours(tmp_path):
    for folder in (tmp_path / "fi", tmp_path / "libraries" / "fi"):
        (folder / "LC_MESSAGES").mkdir(parents=True)
        catalogue(TRANSLATED).save(str(folder / "LC_MESSAGES" / "django.po"))
    compiled = [path.relative_to(tmp_path).as_posix() for path in compile_all(tmp_path)]
    assert compiled == ["fi/LC_MESSAGES/django.mo", "libraries/fi/LC_MESSAGES/django.mo"]


def test_only_finished_translations_are_compiled(tmp_path):
    folder = tmp_path / "fi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue(TRANSLATED, EMPTY, FUZZY).save(str(folder / "django.po"))
    [compiled] = compile_all(tmp_path)
    assert [entry.msgid for entry in polib.mofile(str(compiled))] == ["Comment"]
