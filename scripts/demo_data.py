"""Migrates the demo's database and fills it once; prints one login per role."""

import django
from django.core.management import call_command


def main() -> None:
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", database="cache", verbosity=0)
    call_command("load_demo", print_logins=True)


if __name__ == "__main__":
    main()
