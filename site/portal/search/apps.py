from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "portal.search"
    label = "portal_search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from portal.accounts.enums import RoleGroup
        from portal.accounts.services import grant
        from portal.core import lasting, page_query
        from portal.jobs import registry, schedule

        from . import jobs, receivers, selectors

        page_query.understand("q", "form", "state", "municipality", "kind", "language", "since", "after")
        lasting.register("page", selectors.page_address)
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
                label=_("Words for search suggestions"),
                may_see=registry.nobody,
                listed=False,
            )
        )
        receivers.connect()
        schedule.register("search.check", kind=jobs.CHECK, daily_at=time(2, 30))
        schedule.register("search.words", kind=jobs.WORDS, every=timedelta(hours=1))
