"""Wagtail's signals that tell of a participation's pages; every path that publishes sends them. Registers."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.audit.signals import record_deleted, record_saved
from portal.core.page_cache import purge_on_commit

from .models import LegalBasis, ParticipationPage, ServiceArea
from .services import gate, publishing
from .services.pages import page_models


def connect() -> None:
    for model in page_models():
        post_save.connect(_saved, sender=model, dispatch_uid=f"participation-saved-{model.__name__}")
        post_delete.connect(_gone, sender=model, dispatch_uid=f"participation-deleted-{model.__name__}")
        page_published.connect(
            _published, sender=model, dispatch_uid=f"participation-published-{model.__name__}"
        )
        page_unpublished.connect(
            _gone, sender=model, dispatch_uid=f"participation-unpublished-{model.__name__}"
        )

    for changed in (post_save, post_delete):
        changed.connect(_tree_changed, sender=PageViewRestriction, dispatch_uid="participation-restricted")
    post_page_move.connect(_tree_changed, dispatch_uid="participation-moved")

    for register in (LegalBasis, ServiceArea):
        name = register.__name__
        for told, receiver in ((post_save, record_saved), (post_delete, record_deleted)):
            told.connect(receiver, sender=register, dispatch_uid=f"audit-{receiver.__name__}-{name}")
            told.connect(_shown_elsewhere, sender=register, dispatch_uid=f"purge-{receiver.__name__}-{name}")


def _tree_changed(**kwargs: Any) -> None:
    """A page of a participation may have become private, or public again."""
    gate.refresh_waiting()


def _shown_elsewhere(**kwargs: Any) -> None:
    """Rows of registers show on pages: cached ones are out of date."""
    purge_on_commit()


def _saved(
    sender: type[ParticipationPage], instance: ParticipationPage, created: bool, **kwargs: Any
) -> None:
    if created and not kwargs.get("raw"):
        publishing.ensure_participation(instance)


def _published(sender: type[ParticipationPage], instance: ParticipationPage, **kwargs: Any) -> None:
    publishing.page_went_live(instance)


def _gone(sender: type[ParticipationPage], instance: ParticipationPage, **kwargs: Any) -> None:
    publishing.page_left(instance)
