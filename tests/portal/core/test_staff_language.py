"""Officials work in Finnish or in Swedish: also in the administration's texts that its libraries lack."""

import json

import polib
import pytest
from django.conf import settings
from django.urls import reverse

from tests.factories.pages import ContentPageFactory, home
from tests.factories.staff import staff_member

pytestmark = pytest.mark.django_db
HOME, EXPLORER, EDITOR = "home", "explorer", "editor"
SCREENS = (HOME, EXPLORER, EDITOR)
# But for the Swedish home, Wagtail's own catalogue lacks them.
SHOWN = {
    ("fi", HOME): "Hae kaikista sivuista…",
    ("fi", EXPLORER): "Selataan",
    ("fi", EDITOR): "Esikatselu päälle/pois",
    ("sv", HOME): "Sök bland alla sidor…",
    ("sv", EXPLORER): "Utforskar",
    ("sv", EDITOR): "Sidopaneler",
}


def lacking(language, domain="django"):
    path = settings.LOCALE_PATHS[1] / language / "LC_MESSAGES" / f"{domain}.po"
    return polib.pofile(str(path))


@pytest.fixture(params=["fi", "sv"])
def official(request, client):
    user = staff_member("editor", language=request.param)
    client.force_login(user)
    return user


def address(screen, language):
    if screen == HOME:
        return "/cms/"
    if screen == EXPLORER:
        return f"/cms/pages/{home(language).pk}/"
    return f"/cms/pages/{ContentPageFactory(language=language).pk}/edit/"


@pytest.mark.parametrize("screen", SCREENS)
def test_an_officials_screens_are_in_the_officials_language(client, official, screen):
    answer = client.get(address(screen, official.language))
    assert answer.status_code == 200
    page = answer.content.decode()
    assert f'lang="{official.language}"' in page
    assert SHOWN[official.language, screen] in page
    # Single words would be found in names of classes.
    english = [entry.msgid for entry in lacking(official.language) if " " in entry.msgid]
    assert [text for text in english if text in page] == []


@pytest.mark.parametrize(
    ("name", "translations"),
    [
        ("wagtailadmin_javascript_catalog", {"fi": "Palvelinvirhe.", "sv": "Ett serverfel inträffade."}),
        ("wagtail_localize:javascript_catalog", {"fi": "Lukitaan muokkaus", "sv": "Låser redigeringen"}),
    ],
)
def test_the_administrations_scripts_speak_the_officials_language(client, official, name, translations):
    catalogue = client.get(reverse(name)).content.decode()
    assert json.dumps(translations[official.language]) in catalogue
