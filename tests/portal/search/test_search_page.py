"""The search page as residents use it, on both databases."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from participation.hearings.models import Comment
from participation.moderation.enums import Reason
from participation.moderation.services import hide, redact
from participation.processes.services import contributions
from portal.core.models import Municipality
from portal.search import finnish, selectors
from portal.search.models import SearchEntry, SearchTerm
from portal.search.services import word_list
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import InformationPageFactory, index

pytestmark = [pytest.mark.django_db, pytest.mark.both]
PATHS = {"fi": "/fi/haku/", "sv": "/sv/sok/"}
voikko = pytest.mark.skipif(not finnish.has_voikko(), reason="Voikko is not installed")


@pytest.fixture
def ask(client):
    """The results of a question, as the page has them."""

    def ask(text, site="fi", **more):
        response = client.get(PATHS[site], {"q": text, **more})
        assert response.status_code == 200
        return response.context["results"]

    return ask


def titles(results):
    return ["".join(piece.text for piece in result.title) for result in results.results]


def passages(results):
    return ["".join(piece.text for piece in result.passage) for result in results.results]


def marked(results):
    return [piece.text for result in results.results for piece in result.passage if piece.is_marked]


def comment(hearing, text, **fields):
    return CommentFactory(participation=hearing, original_text=text, **fields)


# What is found


@voikko
@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("kirjasto", "Luin sen kirjastoautossa."),
        ("äänestys", "Menin äänestykseen."),
        ("vesi", "Kaivon veden laatu."),
        ("Helsinki", "Asun Helsingissä."),
        ("kirjastoautoa", "Kirjastoautot kiertävät."),
        ("aanestys", "Menin äänestykseen."),
    ],
)
def test_a_word_is_found_in_every_form_and_marked(ask, question, text):
    comment(hearing_pair().hearing, text)
    results = ask(question)
    assert results.total == 1
    assert passages(results) == [text]
    assert len(marked(results)) == 1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("bibliotek", "Jag läste det på biblioteket."),
        ("vård", "En vårdcentral på orten."),
        ("vardcentral", "En vårdcentral på orten."),
        ("omröstningar", "Omröstningen var hemlig."),
    ],
)
def test_a_swedish_word_is_found_in_every_form(ask, question, text):
    comment(hearing_pair().hearing, text, language="sv")
    results = ask(question, "sv")
    assert passages(results) == [text]
    assert len(marked(results)) == 1


def test_pages_of_every_type_and_sections_are_found(ask):
    pair = hearing_pair(fi={"title": "Palvelulupaus vesistöille"})
    page = InformationPageFactory(title="Vesistöt", lead="Kaikki vesistöistä.")
    found = {(result.kind, result.url) for result in ask("vesistöt").results}
    assert ("Kuuleminen", pair.fi.url) in found
    assert ("Uutinen tai taustatieto", page.url) in found
    (section,) = [one for one in ask("kohta 1").results if one.url.endswith("#section-1")]
    assert section.about == "Palvelulupaus vesistöille"


def test_a_result_says_what_it_is_its_state_and_its_language(client):
    pair = hearing_pair(state="closed")
    comment(pair.hearing, "Spårvägen till Esbo.", language="sv")
    html = client.get(PATHS["fi"], {"q": "Spårvägen"}).content.decode()
    assert "Kommentti" in html
    assert "Päättynyt" in html
    assert "Ruotsi" in html
    assert '<p class="ar-result__passage" lang="sv-FI"><mark>Spårvägen</mark> till Esbo.</p>' in html


def test_own_language_comes_first_and_the_other_is_in_the_same_list(ask):
    hearing = hearing_pair().hearing
    comment(hearing, "Rantarata on tärkeä.", language="fi")
    comment(hearing, "Rantarata är viktig.", language="sv")
    assert [one.language for one in ask("Rantarata", "sv").results] == ["sv", "fi"]
    assert [one.language for one in ask("Rantarata", "fi").results] == ["fi", "sv"]


def test_exact_stands_above_base_and_base_above_related(ask):
    SearchTerm.objects.create(fi="ratikka|raitiotie")
    hearing = hearing_pair().hearing
    related = comment(hearing, "Tarvitsemme raitiotien.", received_at=timezone.now())
    base = comment(hearing, "Ratikat kulkevat.", received_at=timezone.now() - dt.timedelta(days=1))
    exact = comment(hearing, "Oma ratikka.", received_at=timezone.now() - dt.timedelta(days=2))
    results = ask("ratikka")
    assert passages(results) == [exact.public_text, base.public_text, related.public_text]
    assert [bool(one.related) for one in results.results] == [False, False, True]


def test_the_matter_stands_above_what_is_said_about_it(ask):
    pair = hearing_pair(fi={"title": "Metsäpolku"})
    comment(pair.hearing, "Metsäpolku on hyvä.")
    assert [one.kind for one in ask("metsäpolku").results] == ["Kuuleminen", "Kommentti"]


def test_words_between_quotation_marks_stand_side_by_side(ask):
    hearing = hearing_pair().hearing
    comment(hearing, "Punainen talo ja vanha silta.")
    comment(hearing, "Vanha talo ja punainen silta.")
    assert ask("vanha talo").total == 2
    assert passages(ask('"vanha talo"')) == ["Vanha talo ja punainen silta."]


def test_small_words_do_not_count_unless_there_is_nothing_else(ask):
    hearing = hearing_pair().hearing
    comment(hearing, "Silta korjataan.")
    comment(hearing, "Me ja te.")
    assert ask("silta ja").total == 1
    assert "Me ja te." in passages(ask("ja te"))


def test_an_organisation_is_found_by_its_name_and_a_person_is_not(ask):
    hearing = hearing_pair().hearing
    comment(hearing, "Lausumme.", organisation=OrganisationFactory(name_fi="Lintuyhdistys Kuikka"))
    comment(hearing, "Sanon.", display_name="Eevertti Esimerkki")
    assert passages(ask("Kuikka")) == ["Lausumme."]
    assert ask("Eevertti").total == 0


def test_an_organisation_is_found_by_the_name_it_has_now(ask):
    organisation = OrganisationFactory(name_fi="Lintuyhdistys Kuikka", name_sv="")
    comment(hearing_pair().hearing, "Lausumme.", organisation=organisation)
    organisation.name_fi = "Lintuyhdistys Telkkä"
    organisation.save()
    assert ask("Kuikka").total == 0
    assert ask("Telkkä").total == 1


def test_a_word_of_the_other_language_finds_its_forms_there(ask):
    comment(hearing_pair().hearing, "Cykelbanorna är smala.", language="sv")
    assert passages(ask("cykelbana", "fi")) == ["Cykelbanorna är smala."]
    comment(hearing_pair().hearing, "Polkuni kulkee metsässä.")
    assert passages(ask("polku", "sv")) == ["Polkuni kulkee metsässä."]


# Filters, counts, paging


@pytest.fixture
def many():
    """Three hearings with a word in common that differ in all that filters know."""
    espoo = Municipality.objects.create(code="049", name_fi="Espoo", name_sv="Esbo")
    vantaa = Municipality.objects.create(code="092", name_fi="Vantaa", name_sv="Vanda")
    open_one = hearing_pair(state="open", fi={"title": "Pyörätie Espooseen"}).hearing
    open_one.municipalities.add(espoo)
    closed = hearing_pair(state="closed", form="planning", fi={"title": "Pyörätie Vantaalle"}).hearing
    closed.municipalities.add(vantaa)
    everywhere = hearing_pair(state="answered", fi={"title": "Pyörätie kaikkialle"}).hearing
    comment(open_one, "Pyörätie heti.", received_at=timezone.now() - dt.timedelta(days=3))
    comment(closed, "Pyörätie joskus.", received_at=timezone.now() - dt.timedelta(days=100))
    comment(everywhere, "Pyörätie, cykelväg.", language="sv", received_at=timezone.now())


@pytest.mark.parametrize(
    ("chosen", "total"),
    [
        ({}, 6),
        ({"form": "planning"}, 2),
        ({"state": "open"}, 2),
        ({"state": "answered"}, 2),
        ({"municipality": "049"}, 4),
        ({"kind": "comment"}, 3),
        ({"kind": "hearing", "state": "closed"}, 1),
        ({"language": "sv"}, 1),
        ({"since": "month", "kind": "comment"}, 2),
        ({"since": "year", "kind": "comment"}, 3),
        ({"state": "open", "municipality": "092"}, 0),
        ({"state": "no-such", "kind": "'; --", "municipality": "<>", "since": "1"}, 6),
    ],
)
def test_filters_narrow_down_and_counts_agree(ask, many, chosen, total):
    results = ask("pyörätie", **chosen)
    assert results.total == total
    assert len(results.results) == total
    assert results.found == 6
    for facet, options in results.facets.items():
        for option in options:
            assert ask("pyörätie", **{**chosen, facet: option.value}).total == option.entries


def test_filters_are_links_and_controls_that_need_no_script(client, many):
    html = client.get(PATHS["sv"], {"q": "pyörätie", "municipality": "049"}).content.decode()
    assert '<option value="049" selected>Esbo (4)</option>' in html
    assert 'href="/sv/sok/?q=py%C3%B6r%C3%A4tie"' in html


def test_pages_of_results_hold_each_once_whatever_is_added_between(client):
    hearing = hearing_pair().hearing
    now = timezone.now()
    texts = [f"Saunavuoro {number}." for number in range(45)]
    for number, text in enumerate(texts):
        comment(hearing, text, received_at=now - dt.timedelta(minutes=number))
    seen, address = [], f"{PATHS['fi']}?q=saunavuoro"
    while address:
        response = client.get(address)
        seen += passages(response.context["results"])
        address = response.context["next_url"]
        comment(hearing, "Uusi saunavuoro.", received_at=now + dt.timedelta(minutes=len(seen)))
    assert seen == texts


@pytest.mark.parametrize("after", ["x", "1.2.3", "999.1.99999999999999999.comment:x:fi.1", "1.1.1.\x00.1"])
def test_a_cursor_that_is_none_shows_the_first_page(ask, after):
    comment(hearing_pair().hearing, "Laituri.")
    assert ask("laituri", after=after).total == 1


def test_a_page_asks_the_database_a_constant_number_of_times(client, full_hour):
    """Eight more than the page without a question at most; many results cost no more than few."""
    pairs = [hearing_pair() for _number in range(3)]
    for pair in pairs:
        comment(pair.hearing, "Uimahalli.")
    client.get(PATHS["fi"], {"q": "uimahalli"})

    def statements(**query):
        with CaptureQueriesContext(connection) as captured:
            client.get(PATHS["fi"], query)
        return len(captured)

    empty, few = statements(), statements(q="uimahalli")
    for number in range(30):
        comment(pairs[number % 3].hearing, f"Uimahalli {number}.")
    many = statements(q="uimahalli")
    assert many <= few <= empty + 8
    assert statements(q="olematonsana") <= empty + 8


# Nothing hidden is found


def nobody_finds(client, word):
    for path in PATHS.values():
        results = client.get(path, {"q": word}).context["results"]
        assert (results.total, results.found, results.results) == (0, 0, [])
        assert not any(results.facets.values())
    feed = client.get("/fi/haku/syote/", {"q": word}).content.decode()
    assert "<item>" not in feed
    assert client.get("/fi/haku/ehdotukset/", {"q": word}).json() == {"titles": []}


@pytest.mark.parametrize("way", ["hidden", "withdrawn", "removed", "destroyed", "redacted"])
def test_a_comment_that_goes_is_not_found_from_that_moment(client, ask, way):
    one = comment(hearing_pair().hearing, "Kanarialintu laulaa.")
    assert ask("kanarialintu").total == 1
    moderator = UserFactory(moderator=True)
    if way == "hidden":
        hide(contribution=one, actor=moderator, reason=Reason.values[0])
    elif way == "redacted":
        redact(contribution=one, actor=moderator, text="[poistettu] laulaa.", reason=Reason.values[0])
    elif way == "withdrawn":
        contributions.withdraw(contribution=one)
    else:
        contributions.request_removal(contribution=one)
    if way == "destroyed":
        contributions.destroy(contribution=one, actor=moderator, decision="Päätös 1/2026")
    nobody_finds(client, "kanarialintu")


@pytest.mark.parametrize("trait", ["pending", "hidden", "withdrawn", "preparers"])
def test_what_is_not_public_is_not_found(client, trait):
    comment(hearing_pair().hearing, "Kanarialintu laulaa.", **{trait: True})
    nobody_finds(client, "kanarialintu")


@pytest.mark.parametrize(
    ("mode", "state", "is_found"),
    [
        ("after_closing", "open", False),
        ("after_closing", "closed", True),
        ("summary_only", "closed", False),
        ("at_once", "open", True),
        ("at_once", "scheduled", False),
    ],
)
def test_comments_are_found_when_their_page_shows_them(client, ask, mode, state, is_found):
    comment(hearing_pair(state=state, moderation_mode=mode).hearing, "Kanarialintu laulaa.")
    if is_found:
        assert ask("kanarialintu").total == 1
    else:
        nobody_finds(client, "kanarialintu")


@pytest.mark.parametrize("way", ["unpublished", "deleted", "private", "moved"])
def test_a_page_that_goes_takes_everything_of_its_own_with_it(client, ask, way):
    pair = hearing_pair(fi={"title": "Kanarialintu"}, sv={"lead": "Kanarialintu."})
    comment(pair.hearing, "Kanarialintu laulaa.")
    assert ask("kanarialintu").total == 3
    for page in (pair.fi, pair.sv):
        page = Page.objects.get(pk=page.pk).specific
        if way == "unpublished":
            page.unpublish()
        elif way == "deleted":
            page.delete()
        elif way == "private":
            PageViewRestriction.objects.create(page=page, restriction_type="login")
        else:
            target = index("planning", page.locale.language_code)
            PageViewRestriction.objects.create(page=target, restriction_type="groups")
            page.move(target, pos="last-child")
    nobody_finds(client, "kanarialintu")


def test_what_is_public_again_is_found_again(ask):
    pair = hearing_pair(fi={"title": "Kanarialintu"})
    restriction = PageViewRestriction.objects.create(page=index("decision"), restriction_type="login")
    assert ask("kanarialintu").total == 0
    restriction.delete()
    assert ask("kanarialintu").total == 1
    page = Page.objects.get(pk=pair.fi.pk).specific
    page.unpublish()
    page.save_revision().publish()
    assert ask("kanarialintu").total == 1


def test_a_draft_is_not_found_before_it_is_published(client, ask):
    page = hearing_pair().fi
    page.decided = "<p>Kanarialintu päättää.</p>"
    revision = page.save_revision()
    nobody_finds(client, "kanarialintu")
    revision.publish()
    assert ask("kanarialintu").total == 1


def test_what_came_of_it_is_found_when_it_has_been_told(client, ask):
    told = {"fi": {"outcome": "<p>Kanarialintu voitti.</p>"}}
    pair = hearing_pair(state="closed", **told)
    nobody_finds(client, "kanarialintu")
    pair.hearing.answered_at = timezone.now()
    pair.hearing.save()
    assert ask("kanarialintu").total == 1


def test_an_index_that_is_wrong_is_not_believed(client):
    """Rows changed behind the services' back are as an index that is out of date."""
    hearing = hearing_pair().hearing
    one = comment(hearing, "Kanarialintu laulaa.")
    type(one).objects.filter(pk=one.pk).update(moderation_state="hidden")
    assert SearchEntry.objects.filter(contribution=one.pk).exists()
    nobody_finds(client, "kanarialintu")


# What else the page does


def test_a_misspelt_word_is_mended_and_never_into_a_hidden_one(client, ask):
    hearing = hearing_pair().hearing
    one = comment(hearing, "Kirjastoauto kiertää.")
    word_list.make_word_list()
    assert ask("kirjastoatuo").better == "kirjastoauto"
    hide(contribution=one, actor=UserFactory(moderator=True), reason=Reason.values[0])
    assert ask("kirjastoatuo").better == ""


def test_titles_are_suggested_while_typing(client):
    hearing_pair(fi={"title": "Kirjastojen aukiolo"}, sv={"title": "Bibliotekens öppettider"})
    assert client.get("/fi/haku/ehdotukset/", {"q": "kir"}).json() == {"titles": ["Kirjastojen aukiolo"]}
    assert client.get("/sv/sok/forslag/", {"q": "oppet"}).json() == {"titles": ["Bibliotekens öppettider"]}
    assert client.get("/sv/sok/forslag/", {"q": ""}).json() == {"titles": []}


def test_an_empty_result_says_what_to_try(client):
    html = client.get(PATHS["sv"], {"q": "finnsinte"}).content.decode()
    assert "Inget hittades" in html
    assert "Skriv ett eller två ord" in html


def test_a_feed_holds_the_latest_with_lasting_addresses(client):
    hearing = hearing_pair().hearing
    old = comment(hearing, "Silta vanha.", received_at=timezone.now() - dt.timedelta(days=9))
    new = comment(hearing, "Silta <uusi>.")
    page = InformationPageFactory(title="Silta")
    response = client.get("/fi/haku/syote/", {"q": "silta"})
    text = response.content.decode()
    assert response["Content-Type"].startswith("application/rss+xml")
    assert text.index(str(new.public_id)) < text.index(str(old.public_id))
    assert "Silta &lt;uusi&gt;." in text
    assert f"/o/{page.translation_key}" in text
    assert client.get(f"/o/{page.translation_key}")["Location"] == page.url


TYPED = [
    "'",
    '"',
    '"" OR ""',
    "a AND (b OR",
    "kirja* NEAR/2 x",
    "exact:kirja",
    "-kirja ^kirja {exact}",
    "'kirja':* & !b | <->",
    "\\' ); DROP TABLE portal_search_searchentry; --",
    "+kirja -auto (~2) /regex/ [a TO b]",
    "\x00kirja\x00",
    "\x01kirja\x1b",
    "\x02",
    "kirja 😀👩‍👩‍👧",
    "\u202ekirja\u202c ‏שלום",
    "ja on ei",
    "... !!! ???",
    "   ",
    "a" * 10_000,
    "kirja " * 2_000,
    "*",
    "%",
    "_",
    "=kirja +auto ~x @fi ^t",
    "<script>alert(1)</script>",
]


def test_whatever_is_typed_there_is_an_answer(client):
    comment(hearing_pair().hearing, "Kirja ja auto.")
    for typed in TYPED:
        for path in ("/fi/haku/", "/sv/sok/", "/fi/haku/syote/", "/fi/haku/ehdotukset/"):
            assert client.get(path, {"q": typed}).status_code == 200, (path, typed)
        assert b"<script>alert" not in client.get("/fi/haku/", {"q": typed}).content


def test_control_characters_of_a_page_and_of_an_organisation_break_no_feed(client):
    InformationPageFactory(title="Silta\x02 auki", lead="Silta\x1f on auki.")
    hearing = hearing_pair().hearing
    comment(hearing, "Silta.", organisation=OrganisationFactory(name_fi="Siltayhdistys\x03"))
    response = client.get("/fi/haku/syote/", {"q": "silta"})
    assert response.status_code == 200
    assert "Silta auki" in response.content.decode()
    assert "Siltayhdistys" in response.content.decode()


def test_a_term_with_a_dotted_capital_is_found_and_breaks_nothing(ask):
    SearchTerm.objects.create(fi="Istanbul", sv="İstanbul")
    comment(hearing_pair().hearing, "Lentokone İSTANBULIIN.")
    assert ask("istanbuliin").total == 1
    assert ask("Istanbul").total == 1
    assert ask("İSTANBULIIN").total == 1


def test_of_a_text_without_spaces_a_passage_is_shown(ask):
    comment(hearing_pair().hearing, "rivi\n" * 1_500 + "silta\n" + "loppu\n" * 30)
    (result,) = ask("silta").results
    shown = "".join(piece.text for piece in result.passage)
    assert "silta" in shown
    assert len(shown) < 400


def test_an_address_past_the_end_leads_back_to_the_beginning(client):
    hearing = hearing_pair().hearing
    for number in range(selectors.PAGE_SIZE + 1):
        comment(hearing, f"Silta {number}.")
    first = client.get(PATHS["fi"], {"q": "silta"})
    following = BeautifulSoup(first.content, "html.parser").select_one("a[rel=next]")["href"]
    Comment.objects.all().delete()
    html = client.get(following).content.decode()
    assert "Ensimmäisiin osumiin" in html


def test_typing_does_not_use_up_the_searches(client, settings):
    settings.SEARCH_LIMIT_PER_ADDRESS = 2
    path = "/fi/haku/ehdotukset/"
    answers = [client.get(path, {"q": "sil"}).status_code for _number in range(11)]
    assert answers == [200] * 10 + [429]
    assert client.get(PATHS["fi"], {"q": "silta"}).status_code == 200


def test_many_searches_from_one_network_wait(client, settings):
    settings.SEARCH_LIMIT_PER_ADDRESS = 2
    answers = [client.get(PATHS["sv"], {"q": "bro"}).status_code for _number in range(3)]
    assert answers == [200, 200, 429]
    assert client.get(PATHS["sv"]).status_code == 200


def test_only_reading_is_taken(client):
    assert client.post(PATHS["fi"], {"q": "silta"}).status_code == 405
