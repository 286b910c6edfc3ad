"""What a writer sends, from where, and what came of it."""

import uuid
from dataclasses import dataclass, field

from participation.processes.enums import AgeClass, Audience, HoldReason, PlaceOutside, Role
from portal.accounts.models import User

from ..models import Comment


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and the keyed hashes of where from; empty where it is not known.

    `reads_private_page` says that they see the hearing's page though not everybody does.
    """

    user: User | None = None
    device_key: str = ""
    browser_key: str = ""
    address_key: str = ""
    device_is_known: bool = False
    reads_private_page: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What the writer filled in. `trapped` says that a field was filled which people do not see."""

    text: str
    language: str
    part_id: uuid.UUID | None = None
    parent_id: uuid.UUID | None = None
    display_name: str = ""
    municipality: str = PlaceOutside.NOT_SAID
    age_class: str = AgeClass.NOT_SAID
    role: str = Role.NOT_SAID
    audience: str = Audience.PUBLIC
    email: str = ""
    email_language: str = "fi"
    as_official: bool = False
    trapped: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """`duplicate`: the same sending had arrived before, and this is its receipt."""

    comment: Comment
    receipt_code: str
    duplicate: bool = False
    held_for: list[HoldReason] = field(default_factory=list)
