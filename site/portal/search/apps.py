from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"
    verbose_name = pgettext_lazy("heading", "Search")

    def ready(self) -> None:
        from portal.accounts.enums import RoleGroup
        from portal.accounts.services import grant
        from portal.core import page_query
        from portal.jobs import registry, schedule

        from . import checks, jobs, receivers  # noqa: F401
        from .services import pushing

        page_query.understand("q", "form", "state", "municipality", "kind", "language", "since", "after")
        grant(
            (RoleGroup.EDITOR,),
            *(f"portal_search.{verb}_searchterm" for verb in ("add", "change", "delete")),
        )
        registry.register(
            registry.JobKind(name=jobs.CHECK, handler=jobs.check, label=_("Comparing the search index"))
        )
        registry.register(
            registry.JobKind(
                name=jobs.WORDS,
                handler=jobs.make_words,
                label=_("Words for mending misspelt searches"),
                may_see=registry.nobody,
                listed=False,
            )
        )
        registry.register(
            registry.JobKind(
                name=jobs.PUSH,
                handler=jobs.push,
                label=_("Bringing the search server up to date"),
                may_see=registry.nobody,
                listed=False,
            )
        )
        receivers.connect()
        schedule.register("search.check", kind=jobs.CHECK, daily_at=time(2, 30))
        schedule.register("search.push", pushing.keep_up, every=timedelta(minutes=1))
        schedule.register("search.words", kind=jobs.WORDS, every=timedelta(hours=1))
