"""What frames every page: authority, navigation, contact, and the same thing in the other language."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from portal.core.context_processors import site
from portal.core.models import AuthorityProfile, FooterLink, HeaderLink, SiteContact, SiteNavigation
from tests.factories.accounts import UserFactory, account_url
from tests.factories.pages import ContentPageFactory, home, index

pytestmark = pytest.mark.django_db
LANGUAGES = ("fi", "sv")


@pytest.fixture
def pages():
    """Both home pages, the four indexes, and a pair of content pages; header and footer filled."""
    navigation = SiteNavigation.load()
    for order, form in enumerate(("information", "action", "planning", "decision")):
        page = index(form, "fi")
        HeaderLink.objects.create(navigation=navigation, page=page, sort_order=order)
    about = ContentPageFactory(title="Tietoa palvelusta", slug="tietoa")
    ContentPageFactory(title="Om tjänsten", slug="om", language="sv", other=about)
    FooterLink.objects.create(
        navigation=navigation, page=about, label_fi="Tietoa", label_sv="Om", sort_order=0
    )
    profile = AuthorityProfile.load()
    profile.name_fi, profile.name_sv = "Esimerkkialue", "Exempelområdet"
    profile.save()
    contact = SiteContact.load()
    contact.email, contact.hours_fi, contact.hours_sv = "osallisuus@example.fi", "arkisin", "vardagar"
    contact.phone = "09 123 4567"
    contact.save()
    return about


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("fi", ["Esimerkkialue", "Saa tietoa", "Vaikuta päätöksiin", "arkisin", ">Tietoa<"]),
        ("sv", ["Exempelområdet", "Få information", "Påverka besluten", "vardagar", ">Om<"]),
    ],
)
def test_the_frame_speaks_the_pages_language(client, pages, language, texts):
    page = client.get(f"/{language}/").content.decode()
    for text in texts:
        assert text in page
    others = {"fi": "Få information", "sv": "Saa tietoa"}
    assert others[language] not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_link_to_where_one_is_says_so(client, pages, language):
    url = index("planning", language).get_url()
    page = client.get(url).content.decode()
    assert page.count('aria-current="true"') == 2
    assert f'href="{url}" aria-current="true"' in page


def test_a_page_that_is_not_live_in_a_language_is_not_linked_in_it(client, pages):
    index("action", "sv").unpublish()
    assert "Toimi mukana" in client.get("/fi/").content.decode()
    assert "Var med och gör" not in client.get("/sv/").content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_leads_to_the_same_page(client, pages, language):
    other = {"fi": "sv", "sv": "fi"}[language]
    assert (
        switched(client, index("decision", language).get_url(), other) == index("decision", other).get_url()
    )


def test_the_switch_is_remembered_where_a_language_was_chosen_and_not_otherwise(client, pages):
    """The page itself sets no cookie: its copy in the cache is the same for everybody."""
    url = index("decision", "fi").get_url()
    switched(client, url, "sv")
    assert not client.cookies
    client.get("/", {"language": "fi"})
    switched(client, url, "sv")
    assert client.get("/")["Location"] == "/sv/"


def switched(client, url, language):
    """Where the switch of a page leads."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    link = page.select_one(f".ar-languages a[hreflang={language}]")
    return client.get(link["href"])["Location"]


@pytest.mark.parametrize(("language", "other"), [("fi", "sv"), ("sv", "fi")])
def test_the_switch_says_when_there_is_no_such_page(client, pages, language, other):
    only = ContentPageFactory(title="Vain näin", slug="vain", language=language)
    page = client.get(only.get_url()).content.decode()
    assert f'href="#missing-{other}"' in page
    assert f'id="missing-{other}"' in page
    assert f'next=%2F{other}%2F"' in page


def test_a_page_shown_as_its_alias_counts_as_missing(client, pages):
    only = ContentPageFactory(title="Vain näin", slug="vain")
    only.copy_for_translation(home("sv").locale, alias=True)
    assert 'href="#missing-sv"' in client.get(only.get_url()).content.decode()


def test_an_authority_of_one_language_offers_no_switch(client, pages):
    AuthorityProfile.objects.update(public_languages="fi")
    assert "ar-languages" not in client.get("/fi/").content.decode()


def test_the_first_language_comes_first(client, pages):
    AuthorityProfile.objects.update(public_languages="sv,fi")
    page = client.get("/fi/").content.decode()
    assert page.index(">Svenska<") < page.index(">Suomi<")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_path_to_a_page_begins_at_the_front_page(client, pages, language):
    about = pages if language == "fi" else pages.get_translations().get()
    page = client.get(about.get_url()).content.decode()
    assert f'class="ar-crumbs__link" href="/{language}/"' in page


def test_views_keep_their_query_string_in_the_other_language(client, pages):
    url = account_url("account_login", "fi")
    assert (
        switched(client, f"{url}?next=%2Ffi%2F", "sv")
        == f"{account_url('account_login', 'sv')}?next=%2Ffi%2F"
    )


def frame(path="/fi/"):
    request = RequestFactory().get(path)
    request.resolver_match = None
    return site(request)


def test_nothing_is_read_before_a_template_asks(django_assert_num_queries):
    with django_assert_num_queries(0):
        context = frame()
        Template("nothing").render(Context(context))


def test_the_frame_takes_the_same_queries_for_one_link_and_for_many(pages, django_assert_num_queries):
    whole = Template(
        "{{ authority.name }}{{ contact.email }}{% for link in navigation %}{{ link.url }}{% endfor %}"
        "{% for link in footer_links %}{{ link.url }}{% endfor %}{% for link in navigation %}{{ link.title }}"
        "{% endfor %}{% for language in languages %}{{ language.url }}{% endfor %}{{ authority.registry }}"
    )
    with override("fi"):
        whole.render(Context(frame()))
        counts = []
        for _round in range(2):
            with django_assert_num_queries(7) as captured:
                whole.render(Context(frame()))
            counts.append(len(captured))
            for number in range(3):
                page = ContentPageFactory(title=f"Sivu {number}", slug=f"sivu-{_round}-{number}")
                HeaderLink.objects.create(navigation=SiteNavigation.load(), page=page, sort_order=9)
    assert counts[0] == counts[1]


def reads_links(client, address):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    found = BeautifulSoup(response.content, "html.parser").select("header nav a, footer a")
    links = [
        (link["href"], link.get("aria-current"))
        for link in found
        if not link["href"].startswith("/?language")
    ]
    return any("portal_core_headerlink" in query["sql"] for query in asked), links


def test_visitors_share_the_frame_until_something_in_it_changes(
    client, pages, django_capture_on_commit_callbacks
):
    """Pages that are not kept whole, as those of a search are."""
    in_planning = index("planning", "fi").get_url()
    first_read, first = reads_links(client, "/fi/haku/?q=silta")
    again_read, again = reads_links(client, "/fi/haku/?q=joki")
    assert (first_read, again_read) == (True, False)
    assert again == first
    _read, there = reads_links(client, in_planning)
    assert (in_planning, "true") in there, "where one is, is no part of it"

    with django_capture_on_commit_callbacks(execute=True):
        pages.unpublish()
    changed_read, changed = reads_links(client, "/fi/haku/?q=silta")
    assert changed_read
    assert pages.get_url() not in [address for address, _current in changed]


def test_staff_see_the_frame_as_it_is(client, pages):
    client.force_login(UserFactory(role="editor"))
    for _number in range(2):
        assert reads_links(client, "/fi/haku/?q=silta")[0]


@pytest.mark.parametrize("model", ["sitenavigation", "sitecontact", "authorityprofile"])
@pytest.mark.parametrize("role", ["editor", "official", "moderator", "administrator"])
def test_who_edits_the_frame(client, model, role):
    client.force_login(UserFactory(role=role))
    allowed = role == "administrator" or (role == "editor" and model != "authorityprofile")
    page = client.get(f"/cms/settings/portal_core/{model}/", follow=True)
    assert (page.redirect_chain[-1][0] != "/cms/") == allowed
