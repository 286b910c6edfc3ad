"""The moderators' desk through its addresses, by role and in both languages."""

import uuid

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participation.moderation import services
from participation.moderation.enums import QueueFilter
from participation.moderation.models import ModerationAct
from participation.processes.services import contributions
from portal.accounts.enums import RoleGroup
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.factories.staff import staff_member

pytestmark = pytest.mark.django_db
QUEUE = "/cms/moderation/"


def desk(comment):
    return reverse("moderation_admin:contribution", args=[comment.public_id])


@pytest.fixture
def desk_client(client, moderator):
    client.force_login(moderator)
    return client


@pytest.mark.parametrize("role", [None, *RoleGroup])
def test_only_moderators_and_administrators_reach_the_desk(client, pair, role):
    comment = CommentFactory(participation=pair.hearing, pending=True)
    if role:
        client.force_login(staff_member(role))
    allowed = role in (RoleGroup.MODERATOR, RoleGroup.ADMINISTRATOR)
    for address in (QUEUE, desk(comment)):
        response = client.get(address)
        assert response.status_code == (200 if allowed else 302)
        assert (comment.original_text in response.content.decode()) is allowed
    client.post(desk(comment), {"act": "approve", "version": services.version_of(comment)})
    comment.refresh_from_db()
    assert (comment.moderation_state == "published") is allowed


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_desk_speaks_the_moderators_language(client, pair, language):
    CommentFactory(participation=pair.hearing, pending=True)
    client.force_login(staff_member("moderator", language=language))
    page = client.get(QUEUE).content.decode()
    assert {"fi": "Rajaa luetteloa", "sv": "Avgränsa listan"}[language] in page
    assert {"fi": "Palvelulupaus", "sv": "Servicelöftet"}[language] in page


def test_filters_choose_what_is_listed(desk_client, pair):
    other = hearing_pair().hearing
    held = CommentFactory(participation=pair.hearing, pending=True, held_for=["health_data"])
    swedish = CommentFactory(participation=other, pending=True, swedish=True)
    hidden = CommentFactory(participation=pair.hearing, hidden=True)
    published = CommentFactory(participation=pair.hearing)
    gone = CommentFactory(participation=pair.hearing, withdrawn=True)
    services.report_abuse(contribution=published, reason="insults")
    expected = {
        "": {held, swedish},
        "?shown=hidden": {hidden},
        "?shown=published": {published},
        "?shown=reported": {published},
        "?shown=review": set(),
        "?shown=all": {held, swedish, hidden, published},
        "?language=sv": {swedish},
        "?held_for=health_data": {held},
        f"?participation={other.public_id}": {swedish},
        "?since=1.1.2020&until=2.1.2020": set(),
        "?shown=nonsense&since=nonsense&after=nonsense": {held, swedish},
    }
    for query, comments in expected.items():
        page = desk_client.get(QUEUE + query).content.decode()
        listed = {one for one in (held, swedish, hidden, published, gone) if str(one.public_id) in page}
        assert listed == comments, query


def test_pages_follow_one_another_without_gaps_in_a_constant_number_of_queries(desk_client, pair):
    from django.db import connection

    def queries():
        with CaptureQueriesContext(connection) as captured:
            desk_client.get(QUEUE)
        return len(captured)

    CommentFactory.create_batch(2, participation=pair.hearing, pending=True)
    desk_client.get(QUEUE)
    few = queries()
    comments = CommentFactory.create_batch(58, participation=pair.hearing, part=pair.parts[0], pending=True)
    assert queries() <= few + 1
    seen, address = [], QUEUE
    while address:
        response = desk_client.get(address)
        seen += [row["contribution"].public_id for row in response.context["rows"]]
        address = response.context["following_url"]
    assert len(seen) == len(set(seen)) == 60
    assert seen[-1] == comments[-1].public_id
    before = response.context["previous_url"]
    assert [row["contribution"].public_id for row in desk_client.get(before).context["rows"]] == seen[25:50]


def test_publishing_makes_a_comment_public_and_hiding_takes_it_away(
    desk_client, client, pair, django_capture_on_commit_callbacks
):
    comment = CommentFactory(participation=pair.hearing, pending=True, original_text="kanarialintu")
    visitor = type(client)()
    assert "kanarialintu" not in visitor.get(pair.fi.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = desk_client.post(QUEUE, {"one": comment.public_id, **version(comment)})
    assert response.status_code == 302
    assert "kanarialintu" in visitor.get(pair.fi.url).content.decode()
    comment.refresh_from_db()
    decision = {"act": "hide", "reason": "insults", "version": services.version_of(comment)}
    with django_capture_on_commit_callbacks(execute=True):
        desk_client.post(desk(comment), decision)
    for page in (pair.fi, pair.sv):
        assert "kanarialintu" not in visitor.get(page.url).content.decode()


def version(*comments):
    return {f"version-{one.public_id}": services.version_of(one) for one in comments}


def test_many_are_decided_at_once_and_each_refusal_is_told(desk_client, pair):
    first, second = CommentFactory.create_batch(2, participation=pair.hearing, pending=True)
    fields = version(first, second)
    services.hide(contribution=second, actor=staff_member("moderator"), reason="insults")
    response = desk_client.post(
        QUEUE,
        {"chosen": [first.public_id, second.public_id, uuid.uuid4()], "bulk-act": "approve", **fields},
        follow=True,
    )
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.moderation_state, second.moderation_state) == ("published", "hidden")
    told = [str(message) for message in response.context["messages"]]
    assert len(told) == 3


@pytest.mark.parametrize(
    "fields", [{"bulk-act": "hide"}, {"bulk-act": "hide", "bulk-reason": "other"}, {"bulk-act": "burn"}]
)
def test_a_bulk_decision_that_lacks_something_does_nothing(desk_client, pair, fields):
    comment = CommentFactory(participation=pair.hearing, pending=True)
    response = desk_client.post(QUEUE, {"chosen": [comment.public_id], **fields, **version(comment)})
    assert response.status_code == 422
    assert not ModerationAct.objects.exists()


def test_nothing_chosen_does_nothing_and_loses_nothing(desk_client, pair):
    CommentFactory(participation=pair.hearing, pending=True)
    response = desk_client.post(QUEUE, {"bulk-act": "approve", "bulk-note": "Kiitos kommentista."})
    assert response.status_code == 422
    assert "Valitse ainakin yksi kommentti." in response.content.decode()
    assert "Kiitos kommentista." in response.content.decode()
    assert not ModerationAct.objects.exists()


def test_a_decision_leads_to_the_next_in_the_list(desk_client, pair):
    first, second = CommentFactory.create_batch(2, participation=pair.hearing, pending=True)
    query = f"?shown=waiting&participation={pair.hearing.public_id}"
    response = desk_client.post(
        desk(first) + query, {"act": "approve", "version": services.version_of(first)}
    )
    assert response.url == desk(second) + query
    response = desk_client.post(
        desk(second) + query, {"act": "approve", "version": services.version_of(second)}
    )
    assert response.url.startswith(QUEUE + "?")


def test_redaction_shows_both_texts_and_saves_the_one(desk_client, pair):
    comment = CommentFactory(participation=pair.hearing, pending=True, original_text="Naapuri on ilkeä.")
    page = desk_client.get(desk(comment)).content.decode()
    assert page.count("Naapuri on ilkeä.") >= 3
    fields = {
        "redaction-act": "redact",
        "redaction-text": "[peitetty] on ilkeä.",
        "redaction-reason": "personal_data",
        "redaction-publish": "on",
        "redaction-version": services.version_of(comment),
    }
    assert desk_client.post(desk(comment), fields).status_code == 302
    comment.refresh_from_db()
    assert (comment.public_text, comment.moderation_state) == ("[peitetty] on ilkeä.", "published")


def test_a_stale_tab_keeps_what_was_typed_and_can_go_on(desk_client, pair):
    comment = CommentFactory(participation=pair.hearing, pending=True)
    seen = services.version_of(comment)
    services.hide(contribution=comment, actor=staff_member("moderator"), reason="insults")
    fields = {
        "redaction-act": "redact",
        "redaction-text": "Kirjoitin tämän jo",
        "redaction-reason": "insults",
        "redaction-version": seen,
    }
    response = desk_client.post(desk(comment), fields)
    assert response.status_code == 422
    page = response.content.decode()
    assert "Kirjoitin tämän jo" in page
    comment.refresh_from_db()
    assert services.version_of(comment) in page
    fields["redaction-version"] = services.version_of(comment)
    assert desk_client.post(desk(comment), fields).status_code == 302


def test_what_the_writer_took_back_shows_no_name(desk_client, pair):
    root = CommentFactory(participation=pair.hearing)
    gone = CommentFactory(participation=pair.hearing, parent=root, display_name="Kanarialintu 7419")
    contributions.withdraw(contribution=gone)
    for comment in (root, gone):
        assert "7419" not in desk_client.get(desk(comment)).content.decode()


def test_what_the_writer_took_back_shows_no_text(desk_client, pair):
    comment = CommentFactory(participation=pair.hearing, withdrawn=True, original_text="kanarialintu")
    CommentFactory(participation=pair.hearing, parent=comment, pending=True)
    assert "kanarialintu" not in desk_client.get(desk(comment)).content.decode()
    reply = comment.replies.get()
    assert "kanarialintu" not in desk_client.get(desk(reply)).content.decode()


def test_the_menu_counts_what_waits(desk_client, pair):
    CommentFactory.create_batch(2, participation=pair.hearing, pending=True)
    services.report_abuse(contribution=CommentFactory(participation=pair.hearing), reason="insults")
    assert "Moderointi (3)" in desk_client.get("/cms/").content.decode()


def test_every_list_has_a_name():
    assert all(shown.label for shown in QueueFilter)


def test_unknown_contribution_is_not_found(desk_client):
    assert desk_client.get(f"{QUEUE}{uuid.uuid4()}/").status_code == 404
