"""What is promised of the search page, promised with the server: tests of the page once more.

Whatever was written is brought before a page is asked for, as a worker would have done by then.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.search.services import filling
from tests.factories.hearings import CommentFactory, hearing_pair
from tests.portal.search.test_search_page import (  # noqa: F401
    many,
    test_a_draft_is_not_found_before_it_is_published,
    test_a_feed_holds_the_latest_with_lasting_addresses,
    test_a_misspelt_word_is_mended_and_never_into_a_hidden_one,
    test_a_result_says_what_it_is_its_state_and_its_language,
    test_a_swedish_word_is_found_in_every_form,
    test_a_word_is_found_in_every_form_and_marked,
    test_a_word_of_the_other_language_finds_its_forms_there,
    test_an_empty_result_says_what_to_try,
    test_an_organisation_is_found_by_its_name_and_a_person_is_not,
    test_an_organisation_is_found_by_the_name_it_has_now,
    test_comments_are_found_when_their_page_shows_them,
    test_exact_stands_above_base_and_base_above_related,
    test_filters_narrow_down_and_counts_agree,
    test_own_language_comes_first_and_the_other_is_in_the_same_list,
    test_pages_of_every_type_and_sections_are_found,
    test_pages_of_results_hold_each_once_whatever_is_added_between,
    test_small_words_do_not_count_unless_there_is_nothing_else,
    test_the_matter_stands_above_what_is_said_about_it,
    test_titles_are_suggested_while_typing,
    test_what_came_of_it_is_found_when_it_has_been_told,
    test_what_is_not_public_is_not_found,
    test_what_is_public_again_is_found_again,
    test_whatever_is_typed_there_is_an_answer,
    test_words_between_quotation_marks_stand_side_by_side,
)

pytestmark = pytest.mark.django_db


class Bringing(Client):
    def get(self, *args, **kwargs):
        filling.bring()
        return super().get(*args, **kwargs)


@pytest.fixture
def client(filled, asked):
    yield Bringing()
    assert "database" not in asked


def test_a_page_asks_the_database_a_constant_number_of_times(client, full_hour):
    """What the server counts and orders, the database is not asked; what it owes, it is."""
    hearing = hearing_pair().hearing
    CommentFactory(participation=hearing, original_text="Uimahalli.")
    client.get("/fi/haku/", {"q": "uimahalli"})

    def statements(**query):
        filling.bring()
        with CaptureQueriesContext(connection) as captured:
            Client.get(client, "/fi/haku/", query)
        return len(captured)

    empty, few = statements(), statements(q="uimahalli")
    for number in range(30):
        CommentFactory(participation=hearing, original_text=f"Uimahalli {number}.")
    assert statements(q="uimahalli") == few <= empty + 8
