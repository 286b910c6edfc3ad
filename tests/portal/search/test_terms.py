"""The term list: what a word leads to, and how editors keep it."""

import re

import pytest
from django.urls import reverse

from portal.audit.models import Entry
from portal.search import bridge
from portal.search.analysis import KNOWN_LANGUAGES
from portal.search.models import SearchTerm
from portal.search.term_forms import SearchTermForm
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.staff import staff_member

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LIST = "wagtailsnippets_portal_search_searchterm"
PATHS = {"fi": "/fi/haku/", "sv": "/sv/sok/"}


@pytest.fixture(autouse=True)
def _list_of_this_test():
    """The list is kept for a minute; a test before this one may have read another."""
    bridge.forget()
    yield
    bridge.forget()


@pytest.fixture
def editor(client):
    client.force_login(staff_member("editor"))
    return client


@pytest.fixture
def ask(client):
    def ask(text, language):
        return client.get(PATHS[language], {"q": text}).context["results"].results

    return ask


def passages(results):
    return ["".join(piece.text for piece in result.passage) for result in results]


def say(**texts):
    hearing = hearing_pair().hearing
    for language, text in texts.items():
        CommentFactory(participation=hearing, original_text=text, language=language)


# What a word leads to

WORKSHOPS = {
    "fi": "Työpajassa puhuttiin paljon.",
    "sv": "Verkstaden var bra.",
    "other": "The workshop was good.",
}


@pytest.mark.parametrize(("asked", "language"), [("työpaja", "fi"), ("verkstad", "sv")])
def test_a_word_finds_its_counterparts_below_its_own(ask, asked, language):
    SearchTerm.objects.create(fi="työpaja", sv="verkstad", en="workshop")
    say(**WORKSHOPS | {"en": WORKSHOPS["other"]})
    results = ask(asked, language)
    assert passages(results)[0] == WORKSHOPS[language]
    assert set(passages(results)) >= {WORKSHOPS[one] for one in ("fi", "sv", "other")}
    own, *others = results
    assert own.related == ()
    shown = {word for one in others for word in one.related}
    assert "workshop" in shown
    assert len(shown) == 2


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_an_english_word_finds_both(ask, language):
    SearchTerm.objects.create(fi="työpaja", sv="verkstad", en="workshop")
    say(fi=WORKSHOPS["fi"], sv=WORKSHOPS["sv"])
    results = ask("workshop", language)
    assert set(passages(results)) == {WORKSHOPS["fi"], WORKSHOPS["sv"]}
    assert {word for one in results for word in one.related} == {"työpajassa", "verkstaden"}


def test_an_abbreviation_finds_what_it_stands_for(ask):
    SearchTerm.objects.create(fi="sote|sosiaali- ja terveydenhuolto", sv="social- och hälsovård")
    say(
        fi="Sosiaalihuolto ja terveydenhuolto: sosiaali- ja terveydenhuollon palvelut.",
        sv="Social- och hälsovården.",
    )
    assert len(ask("sote", "fi")) == 2
    assert len(ask("sote", "sv")) == 2


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("vammaisneuvosto", "fi"),
        ("råd för personer med funktionsnedsättning", "sv"),
        ("råd för personer med funktionsnedsättning", "fi"),
    ],
)
def test_a_name_of_several_words_with_small_ones_among_them(ask, asked, language):
    say(
        fi="Vammaisneuvoston lausunto.",
        sv="Ett utlåtande av rådet för personer med funktionsnedsättning.",
    )
    SearchTerm.objects.all().delete()
    assert len(ask(asked, language)) == 1
    SearchTerm.objects.create(fi="vammaisneuvosto", sv="råd för personer med funktionsnedsättning")
    assert len(ask(asked, language)) == 2
    assert len(ask("råd", "sv")) == 1, "one word of a name is not the name"


# How it is kept


def post(client, name, data, *args):
    return client.post(reverse(f"{LIST}:{name}", args=args), {"fi": "", "sv": "", "en": ""} | data)


def test_an_editor_adds_changes_and_removes_and_it_takes_effect_at_once(editor, ask):
    say(fi="Ratikat kulkevat.", sv="Spårvagnen går.")
    assert len(ask("ratikka", "fi")) == 1
    assert post(editor, "add", {"fi": " ratikka |raitiovaunu", "sv": "spårvagn"}).status_code == 302
    term = SearchTerm.objects.get(sv="spårvagn")
    assert term.fi == "ratikka|raitiovaunu"
    assert len(ask("ratikka", "fi")) == 2

    assert post(editor, "edit", {"fi": "ratikka", "sv": "tåg"}, term.pk).status_code == 302
    assert len(ask("ratikka", "fi")) == 1
    assert post(editor, "edit", {"fi": "ratikka", "sv": "spårvagn"}, term.pk).status_code == 302
    assert len(ask("ratikka", "fi")) == 2

    assert editor.post(reverse(f"{LIST}:delete", args=[term.pk])).status_code == 302
    assert len(ask("ratikka", "fi")) == 1
    verbs = list(
        Entry.objects.filter(kind="portal_search.searchterm").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["searchterm.created", "searchterm.changed", "searchterm.changed", "searchterm.deleted"]
    assert not Entry.objects.filter(kind="portal_search.searchterm", actor=None).exists()


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize(
    ("given", "field", "errors"),
    [
        ({}, "fi", ("Yksi nimi ei riitä", "Ett enda namn räcker")),
        ({"fi": "silta"}, "sv", ("Yksi nimi ei riitä", "Ett enda namn räcker")),
        ({"fi": "silta|Silta", "sv": "SILTA"}, "en", ("Yksi nimi ei riitä", "Ett enda namn räcker")),
        ({"fi": "silta|", "sv": "bro"}, "fi", ("Nimi puuttuu", "saknas ett namn")),
        ({"fi": "silta", "sv": "bro||spång"}, "sv", ("Nimi puuttuu", "saknas ett namn")),
        ({"fi": "|", "sv": "bro"}, "fi", ("Nimi puuttuu", "saknas ett namn")),
        ({"fi": "silta", "sv": "!!"}, "sv", ("”!!”", "”!!”")),
        ({"fi": "yksi kaksi kolme neljä viisi kuusi", "sv": "sex"}, "fi", ("6 sanaa", "6 ord")),
    ],
)
def test_a_row_that_leads_nowhere_is_refused_beside_its_field(client, given, field, errors, language):
    client.force_login(staff_member("editor", language=language))
    before = SearchTerm.objects.count()
    response = post(client, "add", given)
    assert response.status_code == 200
    assert SearchTerm.objects.count() == before
    form = response.context["form"]
    assert list(form.errors) == [field]
    expected = dict(zip(("fi", "sv"), errors, strict=True))[language]
    assert expected in str(form.errors[field])
    assert expected in response.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"fi": "silta|kävelysilta"},
        {"fi": "silta", "en": "bridge"},
        {"sv": "råd för personer med en eller annan funktionsnedsättning", "fi": "vammaisneuvosto"},
    ],
)
def test_two_names_in_any_languages_will_do_and_small_words_do_not_count(editor, given):
    assert post(editor, "add", given).status_code == 302
    assert SearchTerm.objects.filter(**given).exists()


def test_the_first_terms_are_ones_that_an_editor_could_save():
    assert SearchTerm.objects.count() > 100
    for term in SearchTerm.objects.all():
        row = {language: getattr(term, language) for language in KNOWN_LANGUAGES}
        assert _errors(row, term) == {}


def _errors(row, term):
    class Form(SearchTermForm):
        class Meta:
            model = SearchTerm
            fields = KNOWN_LANGUAGES

    return Form(row, instance=term).errors


@pytest.mark.parametrize(
    ("column", "typed"), [("fi", "lintutorni"), ("sv", "fågeltorn"), ("en", "birdwatch")]
)
def test_the_list_is_searched_by_every_column(editor, column, typed):
    SearchTerm.objects.create(fi="lintutorni", sv="fågeltorn", en="birdwatching tower")
    html = editor.get(reverse(f"{LIST}:list"), {"q": typed}).content.decode()
    assert "birdwatching tower" in html
    assert "vammaisneuvosto" not in html


def test_a_row_without_a_finnish_name_can_be_opened_too(editor):
    term = SearchTerm.objects.create(sv="fågeltorn|utkiksplats")
    html = " ".join(editor.get(reverse(f"{LIST}:list"), {"q": "utkiksplats"}).content.decode().split())
    address = re.escape(reverse(f"{LIST}:edit", args=[term.pk]))
    assert re.search(rf'<a [^>]*href="{address}"[^>]*>(?: |<[^>]+>)*fågeltorn\|utkiksplats', html)


@pytest.mark.parametrize("role", ["official", "moderator"])
def test_others_cannot_keep_it(client, role):
    client.force_login(staff_member(role))
    before = SearchTerm.objects.count()
    assert post(client, "add", {"fi": "silta", "sv": "bro"}).status_code == 302
    assert SearchTerm.objects.count() == before
