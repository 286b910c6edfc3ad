"""Long work of the search, as kinds of jobs."""

from django.utils.translation import gettext_noop

from portal.jobs.running import JobRun

from .services import checking, word_list

CHECK = "search.check"
WORDS = "search.words"
COMPARING = gettext_noop("Comparing entries with what they are made of")


def check(run: JobRun) -> None:
    """Compares every index and mends what differs: nobody is there at night to say so."""
    checking.check(repair=True, progress=lambda done: run.progress(done, 0, COMPARING))


def make_words(run: JobRun) -> None:
    word_list.make_word_list()
