from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.search.backends.failures import ServerFailed
from portal.search.services import comparing, filling, rebuilding, word_list


class Command(BaseCommand):
    help = (
        "Writes every search entry whose source has changed, and the words for suggestions; "
        "fills the index of the search server, or mends the one it has."
    )

    def handle(self, **options: Any) -> None:
        entries = rebuilding.compare_entries(repair=True)
        staff = rebuilding.compare_staff_entries(repair=True)
        words = word_list.make_word_list()
        written = entries.missing + entries.different
        self.stdout.write(f"{entries.compared} entries: {written} written, {entries.extra} removed")
        self.stdout.write(f"{staff.compared} for staff: {staff.missing + staff.different} written")
        self.stdout.write(f"{words} words")
        if settings.SEARCH_URL:
            self._server()

    def _server(self) -> None:
        try:
            found = comparing.compare(repair=True)
        except (ServerFailed, filling.NotConfirmed) as failure:
            raise CommandError(f"the search server has not taken everything: {failure}") from failure
        written = found.missing + found.different
        self.stdout.write(f"{found.compared} on the search server: {written} written, {found.extra} removed")
