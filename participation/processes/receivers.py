"""Wagtail's signals that tell of a participation's pages; every path that publishes sends them."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from .models import ParticipationPage
from .services import publishing
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


def _saved(
    sender: type[ParticipationPage], instance: ParticipationPage, created: bool, **kwargs: Any
) -> None:
    if created and not kwargs.get("raw"):
        publishing.ensure_participation(instance)


def _published(sender: type[ParticipationPage], instance: ParticipationPage, **kwargs: Any) -> None:
    publishing.page_went_live(instance)


def _gone(sender: type[ParticipationPage], instance: ParticipationPage, **kwargs: Any) -> None:
    publishing.page_left(instance)
