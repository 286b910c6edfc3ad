"""What ends a run of a job early."""

from django.utils.functional import Promise
from django.utils.translation import override


class LeaseLost(Exception):
    """Another worker has taken the job over, or staff cancelled it: stop, write nothing more."""


class JobFailed(Exception):
    """The job cannot succeed, and staff can be told why; trying again by itself would not help.

    `code` is for programs; `reason` is a lazy translation, kept in both languages with the job.
    """

    def __init__(self, code: str, reason: Promise | str) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason

    def text(self, language: str) -> str:
        with override(language):
            return str(self.reason)
