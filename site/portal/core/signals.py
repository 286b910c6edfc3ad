"""What staff change in these rows shows on every page; the audit log listens too."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import Signal
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from .models import (
    AuthorityProfile,
    ContactPerson,
    FooterLink,
    HeaderLink,
    Municipality,
    SiteContact,
    SiteNavigation,
    Unit,
)
from .page_cache import purge_on_commit

population_imported = Signal()
"""Sent inside the transaction of an import, with `year` (the latest one) and `rows` (how many)."""

restored = Signal()
"""Sent when a backup has taken the place of what the database held, of this version or an older one."""

SHOWN_EVERYWHERE = (
    AuthorityProfile,
    ContactPerson,
    FooterLink,
    HeaderLink,
    Municipality,
    SiteContact,
    SiteNavigation,
    Unit,
)


def purge(**kwargs: Any) -> None:
    purge_on_commit()


def connect() -> None:
    for model in SHOWN_EVERYWHERE:
        name = f"purge_{model.__name__}"
        post_save.connect(purge, sender=model, dispatch_uid=f"{name}_saved")
        post_delete.connect(purge, sender=model, dispatch_uid=f"{name}_deleted")
    for changed in (post_save, post_delete):
        changed.connect(purge, sender=PageViewRestriction, dispatch_uid="purge_restricted")
    post_delete.connect(purge, sender=Page, dispatch_uid="purge_page_deleted")
    for told in (page_published, page_unpublished, post_page_move):
        told.connect(purge, dispatch_uid="purge_page")
    m2m_changed.connect(
        purge, sender=AuthorityProfile.municipalities.through, dispatch_uid="purge_municipalities"
    )
