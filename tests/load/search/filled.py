"""A database full of these comments, published in hearings, and our search over it."""

import datetime as dt
import uuid
from itertools import islice

from django.db import connection, transaction
from django.utils import timezone

from participation.hearings.models import Comment
from participation.processes.enums import ContributionLanguage, ModerationState
from participation.processes.models import Contribution
from portal.search import bridge
from portal.search.answering import answer
from portal.search.asking import Filters
from portal.search.reading import read
from portal.search.scope import present_scope
from tests.factories.hearings import hearing_pair

HEARINGS = 10
BATCH = 1_000


def fill(texts):
    """{contribution id: text id}. Straight into the tables, the first text the oldest; nothing is indexed."""
    hearings = [hearing_pair(at_once=True).hearing for _n in range(HEARINGS)]
    begun = timezone.now() - dt.timedelta(days=400)
    texts = iter(texts)
    filled = {}
    while batch := list(islice(texts, BATCH)):
        with transaction.atomic():
            made = Contribution.objects.bulk_create(
                _contribution(text, hearings[text.id % HEARINGS], begun) for text in batch
            )
            _add_children(made)
        filled |= {one.pk: text.id for one, text in zip(made, batch, strict=True)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return filled


def _contribution(text, hearing, begun):
    return Contribution(
        participation=hearing,
        language=text.language if text.language in ContributionLanguage.values else "other",
        received_at=begun + dt.timedelta(minutes=5 * text.id),
        moderation_state=ModerationState.PUBLISHED,
        original_text=text.text,
        public_text=text.text,
        text_key=uuid.uuid4().hex,
        submission_key=uuid.uuid4().hex,
    )


def _add_children(made):
    places = ", ".join(["(%s, 0)"] * len(made))
    statement = f"INSERT INTO {Comment._meta.db_table} (contribution_ptr_id, support_count) VALUES {places}"
    with connection.cursor() as cursor:
        cursor.execute(statement, [one.pk for one in made])


class Ours:
    """What the search page would list, without the page: ids of texts instead of results."""

    def __init__(self, filled):
        self._filled = filled

    def found(self, query, language, limit):
        reading = read(query, language, bridge.current())
        given = answer(reading, present_scope(), Filters(), None, limit)
        return [self._filled[entry.contribution_id] for entry, _hit in given.entries if entry.contribution_id]
