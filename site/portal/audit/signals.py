"""What staff change in the rows of `portal.core`, which cannot know of the audit log above it."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.log_actions import get_active_log_context

from portal.core.models import (
    AuthorityProfile,
    ContactPerson,
    Municipality,
    MunicipalityPopulation,
    SiteContact,
    SiteNavigation,
    Unit,
)
from portal.core.signals import population_imported

from .services import record

WATCHED = (AuthorityProfile, ContactPerson, Municipality, SiteContact, SiteNavigation, Unit)


def _actor() -> Any:
    """Whoever the administration serves just now; nobody in commands and jobs."""
    return get_active_log_context().user


def record_saved(*, instance: Model, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """Rows that the installation makes for itself (empty settings, loaded registers) are nobody's act."""
    actor = _actor()
    if raw or (created and actor is None):
        return
    verb = "created" if created else "changed"
    record(verb=f"{instance._meta.model_name}.{verb}", actor=actor, obj=instance)


def record_deleted(*, instance: Model, **kwargs: Any) -> None:
    record(verb=f"{instance._meta.model_name}.deleted", actor=_actor(), obj=instance)


def record_members(*, instance: Model, action: str, pk_set: set[int] | None, **kwargs: Any) -> None:
    """Members of a unit may prepare its participations: a change of members is a change of rights."""
    if action in ("post_add", "post_remove", "post_clear") and (pk_set or action == "post_clear"):
        record(verb="unit.members_changed", actor=_actor(), obj=instance)


def record_import(**kwargs: Any) -> None:
    record(
        verb="population.imported",
        actor=_actor(),
        kind=MunicipalityPopulation._meta.label_lower,
        public_id=kwargs["year"],
    )


def connect() -> None:
    for model in WATCHED:
        name = f"audit_{model.__name__}"
        post_save.connect(record_saved, sender=model, dispatch_uid=f"{name}_saved")
        post_delete.connect(record_deleted, sender=model, dispatch_uid=f"{name}_deleted")
    m2m_changed.connect(record_members, sender=Unit.members.through, dispatch_uid="audit_unit_members")
    population_imported.connect(record_import, dispatch_uid="audit_population")
