"""The job that brings the server what it is owed, as beat and the worker do it."""

from portal.jobs.models import Job
from portal.search import jobs
from portal.search.services import pushing


class Unwatched:
    """A run of a job whose progress nobody asks for."""

    def progress(self, done, total, message=""):
        pass


def push():
    jobs.push(Unwatched())


def run_push():
    """As beat has it done, each minute."""
    Job.objects.filter(key=pushing.JOB_KIND).delete()
    pushing.keep_up()
    assert Job.objects.filter(key=pushing.JOB_KIND).count() == 1
    push()
