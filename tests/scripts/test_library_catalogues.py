"""The catalogues of texts that libraries lack: what comes into them, what leaves, and when they are stale."""

import shutil

import polib
import pytest

from scripts import library_catalogues
from scripts.check_catalogues import ROOT
from scripts.library_texts import Library, installed_libraries

needs_gettext = pytest.mark.skipif(shutil.which("xgettext") is None, reason="gettext is not installed")
MODELS = """
from django.utils.translation import gettext as _, ngettext

NAMES = [_("Forest"), _("Meadow"), _("Path")]


def trees(count):
    return ngettext("%(count)s tree", "%(count)s trees", count)
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def compiled(library, language, domain="django", **translations):
    path = library.locale / language / "LC_MESSAGES" / f"{domain}.mo"
    path.parent.mkdir(parents=True, exist_ok=True)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.extend(polib.POEntry(msgid=text, msgstr=translation) for text, translation in translations.items())
    file.save_as_mofile(str(path))


@pytest.fixture
def plants(tmp_path):
    """A library with one text in Finnish and none in Swedish; the app inside it is not installed."""
    library = Library("plants", tmp_path / "plants", tmp_path / "plants" / "locale")
    write(library.code / "models.py", MODELS)
    write(library.code / "templates" / "bog.html", '{% load i18n %}{% translate "Bog" %}')
    write(library.code / "shop" / "apps.py", "")
    write(
        library.code / "shop" / "models.py", "from django.utils.translation import gettext as _; _('Price')"
    )
    write(
        library.code / "tests" / "test_models.py", "from django.utils.translation import gettext as _; _('X')"
    )
    write(library.locale / "en" / "LC_MESSAGES" / "djangojs.po", 'msgid "Grow"\nmsgstr ""\n')
    compiled(library, "fi", Forest="Metsä")
    return library


@pytest.fixture
def parks(tmp_path):
    """Another, that translates texts of the first: of its code into Finnish, of its scripts into Swedish."""
    library = Library("parks", tmp_path / "parks", tmp_path / "parks" / "locale")
    write(library.code / "models.py", "")
    write(library.locale / "en" / "LC_MESSAGES" / "djangojs.po", 'msgid "Mow"\nmsgstr ""\n')
    compiled(library, "fi", Path="Polku")
    compiled(library, "sv", "djangojs", Grow="Väx", Mow="Klipp")
    return library


@pytest.fixture
def checkout(tmp_path, monkeypatch, plants, parks):
    monkeypatch.setattr(library_catalogues, "installed_libraries", lambda: [parks, plants])
    root = tmp_path / "checkout"
    write(root / "locale" / "fi" / "LC_MESSAGES" / "django.po", 'msgid "Bog"\nmsgstr "Suo"\n')
    return root


def catalogue(root, language, domain="django"):
    return polib.pofile(str(library_catalogues.catalogue_path(root, language, domain)))


def translate(root):
    for language in ("fi", "sv"):
        for domain in ("django", "djangojs"):
            file = catalogue(root, language, domain)
            for entry in file:
                if entry.msgid_plural:
                    entry.msgstr_plural = {
                        0: f"{entry.msgid} {language}",
                        1: f"{entry.msgid_plural} {language}",
                    }
                else:
                    entry.msgstr = f"{entry.msgid} {language}"
            file.save()


def test_libraries_are_the_installed_apps_that_are_not_ours_and_django():
    names = {library.name for library in installed_libraries()}
    assert {"django", "django/contrib/auth", "wagtail", "wagtail/admin", "wagtail/users"} <= names
    assert not {name for name in names if name.startswith(("portal", "participation"))}
    assert "wagtail/contrib/forms" not in names


@needs_gettext
def test_a_catalogue_holds_what_no_library_and_not_ours_translates(checkout):
    library_catalogues.update(checkout)
    texts = {
        (language, domain): [entry.msgid for entry in catalogue(checkout, language, domain)]
        for language in ("fi", "sv")
        for domain in ("django", "djangojs")
    }
    assert texts == {
        ("fi", "django"): ["%(count)s tree", "Meadow"],
        ("sv", "django"): ["%(count)s tree", "Bog", "Forest", "Meadow", "Path"],
        ("fi", "djangojs"): ["Grow", "Mow"],
        # Scripts ask for the catalogue of their own app: what another translates does not help.
        ("sv", "djangojs"): ["Grow"],
    }
    [trees, meadow] = catalogue(checkout, "fi")
    assert meadow.occurrences == [("plants", "")]
    assert trees.flags == ["python-format"]
    assert trees.msgid_plural == "%(count)s trees"


@needs_gettext
def test_a_catalogue_that_is_current_and_whole_is_no_problem(checkout):
    library_catalogues.update(checkout)
    translate(checkout)
    assert library_catalogues.check(checkout) == []


@needs_gettext
def test_what_an_upgrade_brings_and_takes_is_found_and_translations_stay(checkout, plants):
    library_catalogues.update(checkout)
    translate(checkout)
    write(plants.code / "models.py", MODELS.replace('_("Path")', '_("Pond")'))
    compiled(plants, "fi", Forest="Metsä", Meadow="Niitty")
    missing, gone, *swedish = library_catalogues.check(checkout)
    assert missing.startswith("fi libraries django: 1 texts are not in the catalogue")
    assert "'Pond'" in missing
    assert gone.startswith("fi libraries django: 1 texts are no longer used")
    assert "'Meadow'" in gone
    assert ["'Pond'" in swedish[0], "'Path'" in swedish[1]] == [True, True]

    library_catalogues.update(checkout)
    trees, pond = catalogue(checkout, "fi")
    assert trees.msgstr_plural == {0: "%(count)s tree fi", 1: "%(count)s trees fi"}
    assert (pond.msgid, pond.msgstr) == ("Pond", "")


@needs_gettext
def test_what_is_not_translated_or_only_nearly_is_found(checkout):
    library_catalogues.update(checkout)
    translate(checkout)
    file = catalogue(checkout, "sv")
    file.find("Bog").msgstr = ""
    file.find("Meadow").flags.append("fuzzy")
    file.save()
    empty, fuzzy = library_catalogues.check(checkout)
    assert empty.startswith("sv libraries django: 1 texts are not translated")
    assert "'Bog'" in empty
    assert fuzzy.startswith("sv libraries django: 1 translations are fuzzy")
    library_catalogues.update(checkout)
    assert catalogue(checkout, "sv").find("Meadow").fuzzy


def test_ours_come_before_those_of_libraries(settings):
    assert settings.LOCALE_PATHS == [ROOT / "locale", ROOT / "locale" / "libraries"]
