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
SHOWN = 20
"""One page: own language stands first, so that none of its texts is beyond it for another language's sake."""
OLDEST = dt.timedelta(days=400)


class Filled:
    """Comments go straight into the tables, the first text the oldest; none is indexed."""

    def __init__(self):
        self.text_of = {}
        """By contribution id, the text's."""
        self._hearings = [hearing_pair(at_once=True).hearing for _n in range(HEARINGS)]
        self._begun = timezone.now() - OLDEST

    def add(self, texts):
        texts = iter(texts)
        while batch := list(islice(texts, BATCH)):
            with transaction.atomic():
                made = Contribution.objects.bulk_create(map(self._contribution, batch))
                _add_children(made)
            self.text_of |= {one.pk: text.id for one, text in zip(made, batch, strict=True)}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return self

    def found(self, query, language, limit):
        """What the search page would list of comments (pages of the hearings are left out): ids of texts."""
        reading = read(query, language, bridge.current())
        given = answer(reading, present_scope(), Filters(kind="comment"), None, min(limit, SHOWN))
        return [self.text_of[entry.contribution_id] for entry, _hit in given.entries]

    def _contribution(self, text):
        return Contribution(
            participation=self._hearings[text.id % HEARINGS],
            language=text.language if text.language in ContributionLanguage.values else "other",
            received_at=self._begun + dt.timedelta(minutes=5 * text.id),
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
