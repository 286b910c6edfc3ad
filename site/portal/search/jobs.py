"""Long work of the search, as kinds of jobs."""

import logging

from django.utils.translation import gettext_noop

from portal.jobs.attempt import JobRun

from .backends.failures import ServerFailed
from .services import checking, filling, pushing, server, word_list

logger = logging.getLogger(__name__)
CHECK = "search.check"
WORDS = "search.words"
PUSH = pushing.JOB_KIND
COMPARING = gettext_noop("Comparing entries with what they are made of")
BRINGING = gettext_noop("Bringing changes to the search server")


def check(run: JobRun) -> None:
    """Compares every index and mends what differs: nobody is there at night to say so."""
    checking.check(repair=True, progress=lambda done: run.progress(done, 0, COMPARING))


def make_words(run: JobRun) -> None:
    word_list.make_word_list()


def push(run: JobRun) -> None:
    """Brings the search server up to date; one that is away is tried again when beat orders it."""

    def told(done: int) -> None:
        run.progress(done, 0, BRINGING)

    try:
        if not server.is_filled(server.known()):
            filling.fill(told)
        filling.bring(told)
        filling.try_again()
    except filling.NotConfirmed as refused:
        logger.warning("the search server has not taken everything: %s", refused)
    except ServerFailed as failure:
        logger.warning("the search server could not be brought what it is owed: %s", failure)
        server.failed(failure.trouble)
