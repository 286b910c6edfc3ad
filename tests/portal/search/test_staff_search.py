"""The staff's search of contributions, by role and in both languages, on both databases."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from participation.moderation.enums import Reason
from participation.moderation.services import cover_name, hide, redact
from participation.processes.enums import LEFT_STATES, Audience, ModerationState
from participation.processes.services import contributions
from portal.accounts.enums import RoleGroup
from portal.search.models import SearchTerm, StaffSearchEntry
from portal.search.permissions import may_search_contributions, states_found_by
from portal.search.services import word_list
from tests.factories.accounts import OrganisationFactory, UserFactory
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.staff import staff_member

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ADDRESS = "/cms/search/contributions/"
NOBODY = ("withdrawn", "removed", "destroyed", "redacted", "name")
"""What not even moderators find: taken back, destroyed, covered."""
PUBLIC_ADDRESSES = {
    "fi": ("/fi/haku/", "/fi/haku/syote/", "/fi/haku/ehdotukset/"),
    "sv": ("/sv/sok/", "/sv/sok/flode/", "/sv/sok/forslag/"),
}


@pytest.fixture
def ask(client):
    """ask("silta", as_="official"): the results that somebody of a role is given."""
    users = {}

    def ask(text, as_="moderator", **more):
        if as_ not in users:
            users[as_] = staff_member(as_)
        client.force_login(users[as_])
        response = client.get(ADDRESS, {"q": text, **more})
        assert response.status_code == 200
        return response.context["results"]

    return ask


def comment(hearing, text, **fields):
    return CommentFactory(participation=hearing, original_text=text, **fields)


def texts(results):
    return [one.contribution.public_text for one in results.results]


def canary(kind):
    return f"kanarialintu{kind}"


@pytest.fixture
def scene():
    """A canary of each kind of contribution, brought to its state by the services that people's acts use."""
    hearing = hearing_pair(state="open").hearing
    moderator = UserFactory(moderator=True)

    def one(kind, **fields):
        return comment(hearing, f"Tämä on {canary(kind)} ja muuta.", **fields)

    one("public")
    one("pending", pending=True)
    one("preparers", preparers=True)
    hide(contribution=one("hidden"), actor=moderator, reason=Reason.values[0])
    contributions.withdraw(contribution=one("withdrawn"))
    contributions.request_removal(contribution=one("removed"))
    destroyed = one("destroyed")
    contributions.request_removal(contribution=destroyed)
    contributions.destroy(contribution=destroyed, actor=moderator, decision="Päätös 1/2026")
    redacted = one("redacted", display_name=canary("name"))
    redact(
        contribution=redacted,
        actor=moderator,
        text="Tämä on [poistettu].",
        reason=Reason.PERSONAL_DATA,
    )
    cover_name(contribution=redacted, actor=moderator, reason=Reason.PERSONAL_DATA)
    later = hearing_pair(state="open", moderation_mode="after_closing").hearing
    comment(later, f"Vasta lopuksi {canary('later')}.")
    word_list.make_word_list()
    return hearing


# Who finds what


@pytest.mark.parametrize(
    ("role", "found"),
    [
        ("official", {"public", "pending", "preparers", "later"}),
        ("moderator", {"public", "pending", "preparers", "later", "hidden"}),
        ("administrator", {"public", "pending", "preparers", "later", "hidden"}),
    ],
)
def test_each_role_finds_what_it_may_read_and_nobody_what_has_left(ask, scene, role, found):
    for kind in ("public", "pending", "preparers", "later", "hidden", *NOBODY):
        results = ask(canary(kind), as_=role)
        assert (results.total, len(results.results)) == ((1, 1) if kind in found else (0, 0)), kind
    assert not StaffSearchEntry.objects.filter(contribution__destroyed_at__isnull=False).exists()


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_public_answer_knows_what_only_staff_find(client, ask, scene, settings, language):
    """Page, counts, feed, suggestions and "did you mean", for a resident and without an account."""
    settings.SEARCH_LIMIT_PER_ADDRESS = 10_000
    for user in (None, UserFactory()):
        client.logout()
        if user:
            client.force_login(user)
        for kind in ("pending", "preparers", "hidden", "later", *NOBODY):
            for address in PUBLIC_ADDRESSES[language]:
                for typed in (canary(kind), canary(kind)[:-1], canary(kind).replace("lintu", "litnu")):
                    response = client.get(address, {"q": typed})
                    assert response.status_code == 200
                    # What was typed is in the answer; what it could only have from a text is not.
                    assert canary(kind) not in response.content.decode().replace(typed, "")
                    results = (response.context or {}).get("results")
                    if results is not None and typed == canary(kind):
                        assert (results.total, results.found, results.results) == (0, 0, [])
                        assert not any(results.facets.values())
    assert ask(canary("pending")).total == ask(canary("hidden")).total == 1


def test_the_public_does_not_read_the_staffs_table(client, scene):
    client.get("/fi/haku/", {"q": canary("public")})
    for addresses in PUBLIC_ADDRESSES.values():
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                client.get(address, {"q": canary("public")})
            assert captured.captured_queries
            assert not [query for query in captured if "staffsearchentry" in query["sql"]]


@pytest.mark.parametrize("role", [None, "resident", *RoleGroup])
def test_only_those_who_may_search_reach_it(client, scene, role):
    user = None if role is None else UserFactory() if role == "resident" else staff_member(role)
    if user:
        client.force_login(user)
    response = client.get(ADDRESS, {"q": canary("pending")})
    allowed = role in (RoleGroup.OFFICIAL, RoleGroup.MODERATOR, RoleGroup.ADMINISTRATOR)
    assert (response.status_code == 200) is allowed
    assert ("Tämä on" in response.content.decode()) is allowed
    if user:
        assert may_search_contributions(user) is bool(states_found_by(user)) is allowed
    if role in RoleGroup.values:
        assert (ADDRESS in client.get("/cms/").content.decode()) is allowed


def test_texts_that_were_taken_back_are_no_state_that_anybody_finds():
    for role in RoleGroup:
        assert states_found_by(staff_member(role)).isdisjoint(LEFT_STATES)
    found = states_found_by(staff_member("moderator"))
    assert found | LEFT_STATES == set(ModerationState)


def test_rows_decide_not_the_table(ask):
    """Rows changed behind the services' back are as a table that is out of date."""
    hearing = hearing_pair().hearing
    one, two = comment(hearing, "Kanarialintu laulaa."), comment(hearing, "Kanarialintu nukkuu.")
    type(one).objects.filter(pk=one.pk).update(moderation_state="withdrawn")
    type(two).objects.filter(pk=two.pk).update(destroyed_at=timezone.now())
    assert StaffSearchEntry.objects.count() == 2
    assert ask("kanarialintu").total == 0


# How it is asked


def test_filters_narrow_down_and_the_count_agrees(ask):
    society = OrganisationFactory(name_fi="Lintuyhdistys Kuikka")
    first, second = hearing_pair().hearing, hearing_pair().hearing
    open_one = comment(first, "Laituri 1.", organisation=society)
    waiting = comment(first, "Laituri 2.", pending=True)
    hidden = comment(second, "Laituri 3.", hidden=True, audience=Audience.PREPARERS)
    swedish = comment(second, "Laituri 4.", language="sv", audience=Audience.PREPARERS)
    everything = {open_one, waiting, hidden, swedish}
    expected = [
        ({}, everything),
        ({"state": "pending"}, {waiting}),
        ({"state": "published"}, {open_one, swedish}),
        ({"state": "hidden"}, {hidden}),
        ({"state": "preparers"}, {hidden, swedish}),
        ({"state": "preparers", "language": "sv"}, {swedish}),
        ({"language": "fi"}, {open_one, waiting, hidden}),
        ({"organisation": str(society.public_id)}, {open_one}),
        ({"participation": str(second.public_id)}, {hidden, swedish}),
        ({"participation": str(second.public_id), "state": "pending"}, set()),
        ({"state": "withdrawn", "language": "'; --", "organisation": "x", "after": "x"}, everything),
        ({"after": "1.0.1.comment:------------------------------------:fi.9"}, everything),
    ]
    for chosen, found in expected:
        results = ask("laituri", **chosen)
        assert results.total == len(found), chosen
        assert {one.contribution.pk for one in results.results} == {one.pk for one in found}, chosen


def test_an_official_cannot_choose_what_they_may_not_find(client, ask):
    society = OrganisationFactory(name_fi="Lintuyhdistys Kuikka")
    comment(hearing_pair().hearing, "Laituri.", hidden=True, organisation=society)
    assert ask("laituri", as_="official", state="hidden").total == 0
    client.force_login(staff_member("official"))
    html = client.get(ADDRESS).content.decode()
    assert 'value="hidden"' not in html
    assert "Kuikka" not in html
    client.force_login(staff_member("moderator"))
    html = client.get(ADDRESS).content.decode()
    assert 'value="hidden"' in html
    assert "Lintuyhdistys Kuikka" in html


@pytest.mark.parametrize("question", ["Kuikka", "Eevertti", "laiturilla", '"uusi laituri"'])
def test_words_names_and_phrases_are_found(ask, question):
    society = OrganisationFactory(name_fi="Lintuyhdistys Kuikka")
    hearing = hearing_pair().hearing
    one = comment(
        hearing, "Siellä on uusi laituri laiturilla.", display_name="Eevertti Esimerkki", organisation=society
    )
    comment(hearing, "Laituri on uusi.")
    assert one.public_text in texts(ask(question))
    assert ask('"uusi laituri"').total == 1


def test_exact_stands_above_base_and_base_above_related(ask):
    SearchTerm.objects.create(fi="ratikka|raitiotie")
    hearing = hearing_pair().hearing
    related = comment(hearing, "Tarvitsemme raitiotien.")
    base = comment(hearing, "Ratikat kulkevat.", received_at=timezone.now() - dt.timedelta(days=1))
    exact = comment(hearing, "Oma ratikka.", received_at=timezone.now() - dt.timedelta(days=2))
    results = ask("ratikka")
    assert texts(results) == [exact.public_text, base.public_text, related.public_text]
    assert [one.related for one in results.results] == [(), (), ("raitiotien",)]


@pytest.mark.parametrize(
    ("language", "state", "shown"), [("fi", "Odottaa", "Palvelulupaus"), ("sv", "Väntar", "Servicelöftet")]
)
def test_a_result_says_what_it_is_and_leads_where_one_works_on_it(client, language, state, shown):
    society = OrganisationFactory(name_fi="Lintuyhdistys Kuikka", name_sv="Fågelföreningen Kuikka")
    one = comment(
        hearing_pair().hearing,
        "Spårvägen till <b>Esbo</b>.",
        language="sv",
        pending=True,
        organisation=society,
    )
    ways = {
        "moderator": reverse("moderation_admin:contribution", args=[one.public_id]),
        "official": reverse("participations:settings", args=[one.participation.public_id]),
    }
    for role, way in ways.items():
        client.force_login(staff_member(role, language=language))
        html = client.get(ADDRESS, {"q": "Spårvägen"}).content.decode()
        assert f'<a href="{way}">{shown}<span class="w-sr-only">' in html
        assert state in html
        assert "Kuikka" in html
        assert 'lang="sv-FI"><mark>Spårvägen</mark> till &lt;b&gt;Esbo&lt;/b&gt;.</p>' in html
        assert client.get(way).status_code == 200


@pytest.mark.parametrize(
    ("language", "advice"), [("fi", "Kirjoita yksi tai kaksi sanaa"), ("sv", "Skriv ett")]
)
@pytest.mark.parametrize("typed", ["", "   ", "!!!"])
def test_an_empty_question_finds_nothing_and_gets_advice(client, language, advice, typed):
    comment(hearing_pair().hearing, "Laituri.")
    client.force_login(staff_member("moderator", language=language))
    response = client.get(ADDRESS, {"q": typed})
    assert response.context["results"].results == []
    assert advice in response.content.decode()
    assert 'name="organisation"' in response.content.decode()


def test_pages_hold_each_once_whatever_is_added_between(client):
    hearing = hearing_pair().hearing
    now = timezone.now()
    expected = [f"Saunavuoro {number}." for number in range(60)]
    for number, text in enumerate(expected):
        # Seven at a time at the same moment, so that a page ends among equals.
        comment(hearing, text, received_at=now - dt.timedelta(minutes=number // 7), pending=number % 2 == 0)
    client.force_login(staff_member("moderator"))
    seen, address, starts = [], f"{ADDRESS}?q=saunavuoro&language=fi", []
    while address:
        response = client.get(address)
        seen += texts(response.context["results"])
        starts.append(response.context["first"])
        address = response.context["following_url"]
        comment(hearing, "Uusi saunavuoro.", received_at=now + dt.timedelta(minutes=len(seen)))
    assert sorted(seen) == sorted(expected)
    assert starts == [1, 26, 51]
    assert response.context["start_url"] == f"{ADDRESS}?q=saunavuoro&language=fi"


def test_a_page_asks_the_database_a_constant_number_of_times(client, full_hour):
    pairs = [hearing_pair() for _number in range(4)]
    comment(pairs[0].hearing, "Uimahalli.")
    client.force_login(staff_member("moderator"))
    client.get(ADDRESS, {"q": "uimahalli"})

    def statements(**query):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS, query).status_code == 200
        return len(captured)

    empty, few = statements(), statements(q="uimahalli")
    for number in range(30):
        comment(
            pairs[number % 4].hearing,
            f"Uimahalli {number}.",
            organisation=OrganisationFactory(),
            pending=number % 3 == 0,
        )
    assert statements(q="uimahalli") == few
    assert few == empty + 4
    assert statements(q="uimahalli", state="pending", language="fi") == few


@pytest.mark.parametrize(
    "typed",
    [
        "'",
        '"" OR ""',
        "a AND (b OR",
        "kirja* NEAR/2 x",
        "'kirja':* & !b | <->",
        "\\' ); DROP TABLE portal_search_staffsearchentry; --",
        "\x00kirja\x00",
        "\u202ekirja 😀",
        "... !!! ???",
        "ja on ei",
        "a" * 10_000,
        "<script>alert(1)</script>",
    ],
)
def test_whatever_is_typed_there_is_an_answer(client, typed):
    comment(hearing_pair().hearing, "Kirja ja auto.")
    client.force_login(staff_member("moderator"))
    response = client.get(ADDRESS, {"q": typed, "state": typed, "participation": typed, "after": typed})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_only_reading_is_taken(client):
    client.force_login(staff_member("moderator"))
    assert client.post(ADDRESS, {"q": "silta"}).status_code == 405
