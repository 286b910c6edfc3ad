"""The administration's main menu in plain HTML, for browsers without scripts."""

import pytest
from bs4 import BeautifulSoup

from tests.factories.hearings import hearing_pair
from tests.factories.staff import staff_member

pytestmark = pytest.mark.django_db
PARTICIPATIONS, MODERATION, JOBS = "/cms/participations/", "/cms/moderation/", "/cms/jobs/"
SEARCH = "/cms/search/contributions/"
SEEN = {
    "editor": [PARTICIPATIONS, JOBS],
    "official": [PARTICIPATIONS, SEARCH, JOBS],
    "moderator": [MODERATION, SEARCH, JOBS],
    "administrator": [PARTICIPATIONS, MODERATION, SEARCH, JOBS],
}


@pytest.mark.parametrize("role", SEEN)
def test_each_role_is_led_to_its_own_screens_and_out(client, role):
    client.force_login(staff_member(role))
    menu = BeautifulSoup(client.get("/cms/").content, "html.parser").select_one("noscript nav")
    links = [link["href"] for link in menu.select("a")]
    assert links == ["/cms/", *SEEN[role]]
    for address in links:
        assert client.get(address).status_code == 200
    assert menu.form["action"] == "/cms/logout/"


def test_wagtails_own_templates_keep_their_names(client):
    """Its bulk actions speak of `items` too."""
    pair = hearing_pair()
    client.force_login(staff_member("editor"))
    page = client.get(f"/cms/bulk/wagtailcore/page/publish/?id={pair.fi.pk}&id={pair.sv.pk}&next=/cms/")
    assert page.status_code == 200
    assert pair.fi.title in page.content.decode()
