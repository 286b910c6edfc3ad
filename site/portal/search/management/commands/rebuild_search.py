from typing import Any

from django.core.management.base import BaseCommand

from portal.search.services import rebuilding, word_list


class Command(BaseCommand):
    help = "Writes every search entry whose source has changed, and the words for suggestions."

    def handle(self, **options: Any) -> None:
        entries = rebuilding.compare_entries(repair=True)
        staff = rebuilding.compare_staff_entries(repair=True)
        words = word_list.make_word_list()
        written = entries.missing + entries.different
        self.stdout.write(f"{entries.compared} entries: {written} written, {entries.extra} removed")
        self.stdout.write(f"{staff.compared} for staff: {staff.missing + staff.different} written")
        self.stdout.write(f"{words} words")
