"""Changes that search follows, each in its own transaction."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete
from wagtail.signals import page_published, page_unpublished

from participation.processes.models import Contribution, Participation
from participation.processes.services.pages import page_models
from participation.processes.signals import contribution_changed
from portal.accounts.models import Organisation
from portal.audit.signals import record_deleted, record_saved
from portal.core.models import BasePage
from portal.core.signals import restored

from . import bridge, database_index
from .models import SearchTerm
from .services import indexing, server
from .sources.pages import page_types


def connect() -> None:
    contribution_changed.connect(_contribution_changed, dispatch_uid="search-contribution")
    for model in page_types():
        name = model.__name__
        post_save.connect(_page_saved, sender=model, dispatch_uid=f"search-saved-{name}")
        pre_delete.connect(_page_deleted, sender=model, dispatch_uid=f"search-deleted-{name}")
        page_published.connect(_page_changed, sender=model, dispatch_uid=f"search-published-{name}")
        page_unpublished.connect(_page_changed, sender=model, dispatch_uid=f"search-unpublished-{name}")
    pre_delete.connect(_contribution_deleted, sender=Contribution, dispatch_uid="search-deleted-contribution")
    post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="search-saved-organisation")
    rows: list[type[Participation]] = [Participation, *(page.participation_model for page in page_models())]
    for row in rows:
        post_save.connect(_participation_saved, sender=row, dispatch_uid=f"search-saved-{row.__name__}")
    for changed in (post_save, post_delete):
        changed.connect(_terms_changed, sender=SearchTerm, dispatch_uid="search-terms")
    post_save.connect(record_saved, sender=SearchTerm, dispatch_uid="audit-search-term-saved")
    post_delete.connect(record_deleted, sender=SearchTerm, dispatch_uid="audit-search-term-deleted")
    restored.connect(_restored, dispatch_uid="search-restored")
    post_migrate.connect(database_index.ensure_all, dispatch_uid="search-database-index")


def _contribution_changed(sender: Any, contribution: Contribution, change: str, **kwargs: Any) -> None:
    indexing.contribution_changed(contribution, is_new=change == "created")


def _page_saved(instance: BasePage, raw: bool = False, **kwargs: Any) -> None:
    """Also without being published: programs make and change live pages."""
    if not raw and instance.live:
        indexing.page_changed(instance)


def _page_changed(instance: BasePage, **kwargs: Any) -> None:
    indexing.page_changed(instance)


def _page_deleted(instance: BasePage, **kwargs: Any) -> None:
    """Before: entries go with their page, and nobody would know which they were."""
    indexing.page_deleted(instance.pk)


def _contribution_deleted(instance: Contribution, **kwargs: Any) -> None:
    indexing.contribution_deleted(instance.pk)


def _organisation_saved(instance: Organisation, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not created and not raw:
        indexing.organisation_changed(instance)


def _participation_saved(instance: Participation, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        indexing.participation_changed(instance)


def _terms_changed(**kwargs: Any) -> None:
    """And once more when others can see it: one who asks meanwhile would keep what was."""
    bridge.forget()
    transaction.on_commit(bridge.forget)


def _restored(**kwargs: Any) -> None:
    """The search server has seen what the backup has not: it is filled anew."""
    server.forget()
