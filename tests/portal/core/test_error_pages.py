import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.core import views
from portal.core.models import AuthorityProfile

PAGES = [
    (views.bad_request, 400),
    (views.permission_denied, 403),
    (views.page_not_found, 404),
    (views.server_error, 500),
    (views.service_unavailable, 503),
    (views.csrf_failure, 403),
]


@pytest.mark.parametrize(("view", "status"), PAGES)
@pytest.mark.parametrize(("path", "first"), [("/fi/x/", "fi"), ("/sv/x/", "sv-FI"), ("/", "fi")])
def test_both_languages_stand_on_every_error_page_without_a_database(view, status, path, first):
    response = view(RequestFactory().get(path))

    page = BeautifulSoup(response.content, "html.parser")
    halves = page.select("main section")
    assert response.status_code == status
    assert {half["lang"] for half in halves} == {"fi", "sv-FI"}
    assert halves[0]["lang"] == page.html["lang"] == first
    assert all(half.h1.get_text(strip=True) for half in halves)
    assert "no-store" in response["Cache-Control"]


def test_maintenance_says_when_to_come_back():
    assert views.service_unavailable(RequestFactory().get("/fi/"))["Retry-After"] == "300"


def test_no_inline_script_or_style():
    page = BeautifulSoup(views.page_not_found(RequestFactory().get("/fi/")).content, "html.parser")
    assert not page.select("script, style, [style], [onclick]")


def test_what_was_written_is_shown_back_and_escaped():
    request = RequestFactory().post("/fi/", {"text": "Tärkeä <b>ajatus</b>", "password": "salaisuus"})

    response = views.csrf_failure(request)

    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("textarea").get_text(strip=True) == "Tärkeä <b>ajatus</b>"
    assert "salaisuus" not in response.content.decode()


def test_an_error_page_that_cannot_be_rendered_still_answers_in_both_languages(monkeypatch, caplog):
    def broken(name):
        raise RuntimeError(name)

    monkeypatch.setattr(views.loader, "get_template", broken)

    response = views.server_error(RequestFactory().get("/fi/"))

    assert response.status_code == 500
    assert "häiriö" in response.content.decode()
    assert 'lang="sv-FI"' in response.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "first"), [("/fi/ei-ole/", "fi"), ("/sv/finns-inte/", "sv-FI")])
def test_an_unknown_address_gets_our_page(client, path, first):
    response = client.get(path)

    assert response.status_code == 404
    assert BeautifulSoup(response.content, "html.parser").html["lang"] == first


@pytest.mark.django_db
class TestLanguageChoice:
    def test_both_languages_are_offered_equally(self, client):
        page = BeautifulSoup(client.get("/").content, "html.parser")

        links = page.select("main a.govuk-button")
        assert [(link.get_text(strip=True), link["href"]) for link in links] == [
            ("Suomi", "/?language=fi"),
            ("Svenska", "/?language=sv"),
        ]
        assert [section["lang"] for section in page.select("main section")] == ["fi", "sv-FI"]

    def test_the_authority_says_which_comes_first(self, client):
        profile = AuthorityProfile.load()
        profile.public_languages = "sv,fi"
        profile.save()

        page = BeautifulSoup(client.get("/").content, "html.parser")

        assert page.html["lang"] == "sv-FI"
        assert page.select("main a.govuk-button")[0].get_text(strip=True) == "Svenska"

    def test_the_choice_is_remembered_for_a_year(self, client):
        response = client.get("/", {"language": "sv"})

        cookie = response.cookies["ar_language"]
        assert response["Location"] == "/sv/"
        assert (cookie.value, cookie["max-age"], cookie["samesite"]) == ("sv", 31536000, "Lax")
        assert not cookie["secure"]
        assert client.get("/")["Location"] == "/sv/"

    def test_the_cookie_is_secure_on_https(self, client):
        assert client.get("/", {"language": "fi"}, secure=True).cookies["ar_language"]["secure"]

    def test_an_empty_choice_asks_again(self, client):
        client.get("/", {"language": "sv"})
        assert client.get("/", {"language": ""}).status_code == 200

    @pytest.mark.parametrize("wrong", ["de", "../evil", "sv-FI"])
    def test_an_unknown_language_asks(self, client, wrong):
        response = client.get("/", {"language": wrong})
        assert response.status_code == 200
        assert not response.cookies

    def test_the_switch_of_a_page_changes_a_choice_made_earlier(self, client):
        client.get("/", {"language": "fi"})
        response = client.get("/", {"language": "sv", "next": "/sv/konto/?sida=2"})
        assert response["Location"] == "/sv/konto/?sida=2"
        assert response.cookies["ar_language"].value == "sv"
        assert client.get("/")["Location"] == "/sv/"

    def test_the_switch_gives_no_cookie_to_who_has_not_chosen(self, client):
        response = client.get("/", {"language": "sv", "next": "/sv/konto/"})
        assert response["Location"] == "/sv/konto/"
        assert not response.cookies

    @pytest.mark.parametrize(
        "elsewhere", ["//evil.example/sv/", "https://evil.example/sv/", "/fi/tili/", "/cms/", "sv/", "/sv/\n"]
    )
    def test_the_switch_leads_to_addresses_of_the_language_alone(self, client, elsewhere):
        assert client.get("/", {"language": "sv", "next": elsewhere})["Location"] in ("/sv/", "/sv/%0A")

    def test_the_browsers_own_language_decides_nothing(self, client):
        response = client.get("/", headers={"accept-language": "sv-FI,sv;q=0.9"})
        assert response.status_code == 200
        assert "Accept-Language" not in response.get("Vary", "")

    def test_a_shared_cache_keeps_nobodys_choice(self, client):
        response = client.get("/")
        assert "private" in response["Cache-Control"]
        assert "Cookie" in response["Vary"]


@pytest.mark.django_db
def test_a_form_without_its_token_shows_back_what_was_written():
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"text": "Tallessa"})

    assert response.status_code == 403
    assert (
        BeautifulSoup(response.content, "html.parser").select_one("textarea").get_text(strip=True)
        == "Tallessa"
    )
