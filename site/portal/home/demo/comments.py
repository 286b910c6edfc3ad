"""Example comments with their replies, answers and supports, each marked as an example.

They tell a past, so they are written with their own times below the services that take comments in now;
hiding goes through moderation, so that its log shows it.
"""

import hashlib
from typing import Any

from django.db import transaction

from participation.hearings.models import Comment, Hearing, Support
from participation.moderation.services.acts import hide
from participation.processes.enums import (
    MINOR_CLASSES,
    AgeClass,
    Audience,
    Channel,
    ModerationState,
    PlaceOutside,
    Role,
)
from participation.processes.models import Contribution, Part
from participation.processes.services import contributions

from . import content
from .hearings import Stage, section_block_id
from .streams import stable_id

WITH_COMMENTS = frozenset({"service_promise", "service_network", "programme"})
MARKS = {"fi": "esimerkki", "sv": "exempel"}


@transaction.atomic
def create_comments(key: str, hearing: Hearing, stage: Stage) -> None:
    if key not in WITH_COMMENTS:
        return
    texts = content.read(f"hearing_{key}")
    parts = {part.block_id: part for part in hearing.parts.all()}
    sections = {row["key"]: parts[section_block_id(key, row["key"])] for row in texts["sections"]}
    answerer = stage.authority.contacts[texts["preparer"]]
    contributions.lock_participation(hearing.pk)
    made: dict[str, Comment] = {}
    for row in content.read(f"comments_{key}")["comments"]:
        official_name = answerer.text("title", row["language"]) if row.get("official") else ""
        comment = _comment(row, hearing, sections.get(row.get("part", "")), official_name)
        comment.parent = made.get(row.get("parent", ""))
        comment.received_at = stage.calendar.moment(texts["opens_days"] + row["day"])
        comment.author = stage.staff.official if comment.is_official else None
        made[row["id"]] = _save(comment, row, stage)


def _comment(row: dict[str, Any], hearing: Hearing, part: Part | None, official_name: str) -> Comment:
    text = row["text"].strip()
    identity = f"{hearing.public_id}/{row['id']}"
    age = row.get("age", AgeClass.NOT_SAID)
    hidden_later = row.get("state") == ModerationState.HIDDEN
    state = ModerationState.PUBLISHED if hidden_later else row.get("state", ModerationState.PUBLISHED)
    return Comment(
        public_id=stable_id("comment", identity),
        participation=hearing,
        part=part,
        language=row["language"],
        display_name="" if age in MINOR_CLASSES else _marked(official_name or row.get("name", ""), row),
        is_official=row.get("official", False),
        channel=row.get("channel", Channel.WEB),
        speaks_for=row.get("speaks_for"),
        audience=row.get("audience", Audience.PUBLIC),
        moderation_state=state,
        original_text=text,
        public_text=text,
        municipality=row.get("municipality", PlaceOutside.NOT_SAID),
        age_class=age,
        role=row.get("role", Role.NOT_SAID),
        device_key=_digest("device", identity),
        text_key=_digest("text", text),
        submission_key=_digest("submission", identity),
    )


def _marked(name: str, row: dict[str, Any]) -> str:
    """A name that says what it is; a nameless example is called just that."""
    mark = row.get("mark") or MARKS[row["language"]]
    return f"{name} ({mark})" if name else mark.capitalize()


def _save(comment: Comment, row: dict[str, Any], stage: Stage) -> Comment:
    contributions.create(comment)
    Contribution.objects.filter(pk=comment.pk).update(created_at=comment.received_at)
    supporters = range(row.get("supports", 0))
    Support.objects.bulk_create(
        Support(comment=comment, device_key=_digest("supporter", comment.public_id, number))
        for number in supporters
    )
    Comment.objects.filter(pk=comment.pk).update(support_count=len(supporters))
    if row.get("state") == ModerationState.HIDDEN:
        hide(contribution=comment, actor=stage.staff.moderator, reason=row["reason"])
    return comment


def _digest(*parts: object) -> str:
    return hashlib.sha256("/".join(str(part) for part in parts).encode()).hexdigest()
