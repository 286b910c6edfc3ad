"""Front, index and process pages: what they list, in both languages, in a constant number of queries."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from participation.processes.models import Participation, ProcessPage
from portal.home.models import HomePage, PlanningIndexPage
from tests.factories.hearings import hearing_pair
from tests.factories.pages import InformationPageFactory, ProcessPageFactory, home, index

pytestmark = pytest.mark.django_db

OPEN_WORDS = {"fi": "Avoinna", "sv": "Pågår"}


def pairs(*states):
    return {
        state: hearing_pair(
            state=state, matter_fi=state, fi={"title": f"Asia {state}"}, sv={"title": f"Ärende {state}"}
        )
        for state in states
    }


def get(client, page):
    response = client.get(page.url)
    assert response.status_code == 200
    return response


def test_front_page_shows_open_answered_and_coming(client, language):
    pairs("open", "answered", "scheduled", "closed", "cancelled", "draft")
    context = get(client, home(language)).context
    word = {"fi": "Asia", "sv": "Ärende"}[language]
    assert [card["title"] for card in context["open_cards"]] == [f"{word} open"]
    assert [card["title"] for card in context["answered_cards"]] == [f"{word} answered"]
    assert [card["title"] for card in context["coming_cards"]] == [f"{word} scheduled"]
    assert context["open_total"] == 1


def test_front_page_in_its_language(client, language):
    pairs("open")
    content = get(client, home(language)).content.decode()
    assert f'<html lang="{ {"fi": "fi", "sv": "sv-FI"}[language] }"' in content
    assert {"fi": "päivää jäljellä", "sv": "dagar kvar"}[language] in content


def test_page_missing_in_one_language_is_shown_in_the_other_with_its_lang(client):
    pair = pairs("open")["open"]
    pair.sv.unpublish()
    card = get(client, home("sv")).context["open_cards"][0]
    assert (card["title"], card["lang"]) == ("Asia open", "fi")


def test_index_page_groups_by_state(client, language):
    pairs("open", "scheduled", "closed", "answered", "cancelled", "draft")
    context = get(client, index("decision", language)).context
    groups = {
        name: len(context[f"{name}_cards"]) for name in ("open", "coming", "closed", "answered", "cancelled")
    }
    assert set(groups.values()) == {1}


def test_other_forms_do_not_list_it(client, language):
    pairs("open")
    assert get(client, index("planning", language)).context["open_cards"] == []


def test_page_behind_a_login_is_listed_nowhere(client):
    pair = pairs("open")["open"]
    for page in (pair.fi, pair.sv):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert get(client, home("fi")).context["open_cards"] == []


@pytest.mark.parametrize("make", [home, lambda: index("decision")], ids=["home", "index"])
def test_number_of_queries_does_not_grow(client, make, settings):
    settings.PAGE_CACHE_SECONDS = 0

    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(page.url)
        return len(queries)

    hearing_pair(state="open"), hearing_pair(state="answered"), hearing_pair(state="closed")
    page = make()
    count()
    few = count()
    for _number in range(4):
        hearing_pair(state="open"), hearing_pair(state="answered"), hearing_pair(state="closed")
    assert count() == few
    assert few <= 40


def milestone(date, title):
    return {
        "type": "milestone",
        "value": {
            "date": date,
            "title": title,
            "deciding_body": "Aluevaltuusto",
            "audience": "Kaikki",
            "text": "",
        },
    }


def test_process_page_orders_milestones_and_tells_their_time(client):
    today = timezone.localdate()
    page = ProcessPageFactory(
        stage="development",
        milestones=[
            milestone(today + dt.timedelta(days=9), "Myöhemmin"),
            milestone(today - dt.timedelta(days=9), "Aiemmin"),
            milestone(today, "Tänään"),
        ],
    )
    context = get(client, page).context
    assert [(item["title"], item["when"]) for item in context["milestones"]] == [
        ("Aiemmin", "past"),
        ("Tänään", "current"),
        ("Myöhemmin", "next"),
    ]
    assert [stage["when"] for stage in context["stages"]] == ["past", "current", "next", "next"]


def test_process_page_lists_its_participations(client):
    page = ProcessPageFactory()
    pair = pairs("open")["open"]
    Participation.objects.filter(pk=pair.hearing.pk).update(process_key=page.translation_key)
    assert [card["title"] for card in get(client, page).context["open_cards"]] == ["Asia open"]


def test_news_on_the_front_page(client, language):
    for number in range(4):
        InformationPageFactory(
            language=language, title=f"Uutinen {number}", published_on=dt.date(2026, 1, 1 + number)
        )
    news = get(client, home(language)).context["news"]
    assert [item["title"] for item in news] == ["Uutinen 3", "Uutinen 2", "Uutinen 1"]


def test_each_form_has_one_index_page_in_a_language():
    index("planning")
    assert not PlanningIndexPage.can_create_at(home("fi"))
    assert not HomePage.can_create_at(home("fi"))
    assert ProcessPage.can_create_at(index("planning"))
    assert not ProcessPage.can_create_at(index("information"))


def test_slug_made_of_a_title_has_no_scandinavian_letters():
    page = index("planning").add_child(instance=ProcessPage(title="Päätös är här"))
    assert page.slug == "paatos-ar-har"
