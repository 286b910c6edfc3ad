"""Migrates the demo's database and fills it once; prints one login per role."""

from io import StringIO

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", database="cache", verbosity=0)
    call_command("load_demo", print_logins=True)
    # Entries are written with the content; what an older version wrote, and the list of words, are not.
    call_command("rebuild_search", stdout=StringIO())


if __name__ == "__main__":
    main()
