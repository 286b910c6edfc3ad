"""The server's answers are the database's: the same entries in the same order, the same counts."""

import datetime as dt
import itertools

import pytest
from django.utils import timezone
from wagtail.models import PageViewRestriction

from participation.processes.models import Participation
from portal.core.models import Municipality
from portal.search import bridge
from portal.search.asking import Asked, Filters
from portal.search.backends.database import DatabaseBackend
from portal.search.backends.elastic import queries
from portal.search.backends.elastic.backend import ElasticBackend
from portal.search.models import SearchEntry, SearchTerm
from portal.search.reading import read, read_beginning
from portal.search.scope import present_scope
from portal.search.services import filling
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.pages import InformationPageFactory

pytestmark = pytest.mark.django_db
DATABASE = DatabaseBackend()
TEXTS = {
    "fi": [
        "Luin sen kirjastoautossa matkalla Helsinkiin.",
        "Kirjasto on auki, ja äänestys alkaa keskustassa.",
        "Menin äänestykseen kirjastolle. Vesi on kallista.",
        "Kaivon veden laatu huolettaa vesihuollossa.",
        "aanestys ilman pisteitä, kirjasto kirjasto",
        "Sote-palvelut ja EU:n säännöt: sote-palveluissa on vaa'an kieli.",
        "Työpaja nuorille ja workshop vanhoille.",
        "Vårdcentral Munkinseudulla, 5-vuotiaan jono.",
        "raitiotie kulkee",
    ],
    "sv": [
        "En vårdcentral behövs, vårdcentralerna är öppna.",
        "Jag läste det på biblioteket i Esbo.",
        "Biblioteksbussen kommer till Helsingfors.",
        "Omröstningen var hemlig, omröstning är viktig.",
        "vardcentral utan prickar, oppet alla dagar",
        "Verkstad för unga. Kirjasto är finska.",
        "Spårväg till Drumsö",
    ],
    "en": ["The library needs more books.", "Voting was easy; a workshop helped."],
    "other": ["Biblioteka kirjasto työpaja", "книга и библиотека"],
}
QUESTIONS = [
    "kirjasto",
    "kirjastossa",
    "auto",
    "äänestys",
    "aanestys",
    "vesi",
    "vården",
    "vårdcentral",
    "vardcentral",
    "öppet",
    "oppet",
    "bibliotek",
    "biblioteket esbo",
    "omröstning",
    "työpaja",
    "verkstad",
    "workshop",
    "ratikka",
    "spårvagn",
    "sote-palvelut",
    "sote",
    "EU:n",
    "vaa'an",
    "5-vuotiaan",
    "kirjasto äänestys",
    "kirjasto vesi",
    "äänestys kirjasto keskusta",
    "library",
    "книга",
    "palvelulupaus",
    "kohta 1",
    "avsnitt",
    "Helsinki",
    "helsinkiin",
    "helsingfors",
    '"kirjasto on auki"',
    '"on kirjasto"',
    '"sote palvelut"',
    '"en vårdcentral" öppna',
    '"kirjasto kirjasto"',
    "ei mitään tällaista",
    "ja",
    "kirjasto OR äänestys",
    "kirj*",
    "exact:kirjasto",
    "_id:1 {}",
    "kirjasto~2 (äänestys)",
]


@pytest.fixture
def written(search_server):
    """Entries of every kind in four languages, many of one moment, some not to be found."""
    SearchTerm.objects.create(fi="ratikka|raitiotie", sv="spårvagn|spårväg", en="tram")
    helsinki = Municipality.objects.get_or_create(code="091", defaults={"name_fi": "Helsinki"})[0]
    moment = timezone.now().replace(microsecond=123456)
    states = ["open", "closed", "answered", "open", "open"]
    pairs = [
        hearing_pair(
            state=state,
            at_once=True,
            fi={"title": f"Kirjaston palvelulupaus {number}"},
            sv={"title": f"Vårdcentral och bibliotek {number}"},
        )
        for number, state in enumerate(states)
    ]
    pairs[1].hearing.municipalities.add(helsinki)
    InformationPageFactory(title="Äänestys kirjastossa", lead="Vesihuolto ja kirjasto.")
    InformationPageFactory(title="Omröstning på biblioteket", language="sv")
    days = itertools.cycle([0, 0, 10, 45, 45, 200, 400, 800])
    for language, texts in TEXTS.items():
        for text, pair in itertools.product(texts, pairs):
            CommentFactory(
                participation=pair.hearing,
                original_text=text,
                language=language,
                received_at=moment - dt.timedelta(days=next(days)),
            )
    Participation.objects.filter(pk=pairs[3].hearing.pk).update(moderation_mode="summary_only")
    for page in (pairs[4].fi, pairs[4].sv):
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    filling.fill()
    return pairs


def both():
    return DATABASE, ElasticBackend([])


def everything(backend, asked, size=7):
    """All of the answer, a page at a time, as far as it goes."""
    found, after = [], None
    while True:
        hits = backend.page(asked, after, size)
        found += hits
        if len(hits) < size:
            return found
        after = hits[-1].place


def test_the_same_entries_in_the_same_order_with_the_same_counts(written, language):
    scope = present_scope()
    found = 0
    for question in QUESTIONS:
        reading = read(question, language, bridge.current())
        if reading.is_empty:
            continue
        asked = Asked(reading, scope)
        database, server = both()
        assert everything(server, asked) == everything(database, asked), question
        assert sorted(server.cells(asked), key=str) == sorted(database.cells(asked), key=str), question
        newest = Asked(reading, scope, newest_first=True)
        assert server.page(newest, None, 30) == database.page(newest, None, 30), question
        found += len(everything(server, asked, 100))
    assert found > 300
    assert scope.silent_participations
    assert scope.hidden_participations
    assert scope.hidden_pages


FILTERS = [
    {"form": "hearing"},
    {"form": "information"},
    {"state": "open"},
    {"state": "answered"},
    {"municipality": "091"},
    {"kind": "comment"},
    {"kind": "hearing"},
    {"language": "sv"},
    {"language": "other"},
    {"since": "month"},
    {"since": "year"},
    {"state": "closed", "kind": "comment", "language": "fi", "since": "year"},
    {"form": "hearing", "municipality": "091", "since": "month"},
    {"state": "cancelled"},
]


def test_filters_let_the_same_through(written):
    scope = present_scope()
    questions = ("kirjasto", "vårdcentral", "palvelulupaus")
    for chosen, question in itertools.product(FILTERS, questions):
        asked = Asked(read(question, "fi", bridge.current()), scope, Filters(**chosen))
        database, server = both()
        assert everything(server, asked) == everything(database, asked)
        assert sorted(server.cells(asked), key=str) == sorted(database.cells(asked), key=str)


TYPED = [
    "v",
    "vå",
    "va",
    "vård",
    "vard",
    "VÅRD",
    "kirjaston p",
    "bib",
    "äänestys kir",
    "aanes",
    "avsnitt 2",
    "zz",
]


def test_titles_go_on_the_same_as_they_are_typed(written, language):
    scope = present_scope()
    for typed in TYPED:
        asked = Asked(read_beginning(typed, language), scope)
        database, server = both()
        assert server.titles(asked, 16) == database.titles(asked, 16), typed
        assert bool(server.titles(asked, 16)) == (typed != "zz"), typed


def test_what_was_refuted_or_is_owed_is_in_no_answer(written):
    asked = Asked(read("kirjasto", "fi"), present_scope())
    documents = [hit.place.document for hit in everything(DATABASE, asked)]
    owed, refuted, kept = documents[:3], documents[3:5], documents[5:]
    server, asked = ElasticBackend(owed), Asked(asked.reading, asked.scope, refuted=frozenset(refuted))
    assert [hit.place.document for hit in everything(server, asked)] == kept
    assert sum(cell.entries for cell in server.cells(asked)) == len(kept)


def test_cells_are_all_counted_however_many_there_are(written, monkeypatch):
    monkeypatch.setattr(queries, "CELLS", 2)
    asked = Asked(read("kirjasto", "fi"), present_scope())
    database, server = both()
    cells = sorted(database.cells(asked), key=str)
    assert len(cells) > 6
    assert sorted(server.cells(asked), key=str) == cells


def test_a_question_of_many_odd_words_is_answered_by_the_server(written):
    """The longest that anybody can ask must not be too much for it."""
    words = "hyvinvointialueen aluevaltuuston palveluverkkosuunnitelman kirjastoautoissa äänestyksissä"
    words += (
        " kaupunginhallituksen sote-uudistuksen vårdcentralerna omröstningarna öppettiderna EU:n vesihuollot"
    )
    for language in ("fi", "sv"):
        asked = Asked(read(words, language, bridge.current()), present_scope())
        server = ElasticBackend([])
        assert server.cells(asked) == []
        assert server.page(asked, None, 20) == []


def test_the_database_has_what_the_questions_are_asked_of(written):
    assert SearchEntry.objects.count() > 120
