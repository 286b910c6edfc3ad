"""Example comments with their replies, answers and supports, each marked as an example.

They are posted and moderated through the services that residents and moderators use, at times of their own;
what those services set to the moment of loading is then moved to the day it tells of.
"""

import datetime as dt
import hashlib
from typing import Any

from django.db import transaction

from participation.hearings.models import Comment, Hearing, Support
from participation.hearings.services import Draft, Sender, post_comment
from participation.moderation.models import ModerationAct
from participation.moderation.services.acts import approve, hide
from participation.processes.enums import Audience, Channel, ModerationState
from participation.processes.models import Contribution, Part

from . import content
from .hearings import Stage, section_block_id

WITH_COMMENTS = frozenset({"service_promise", "service_network", "programme"})
MARKS = {"fi": "esimerkki", "sv": "exempel"}


FIRST_HOUR = 8
TIME_TO_WRITE = dt.timedelta(minutes=4)
TIME_TO_MODERATE = dt.timedelta(hours=1)
BACKGROUND = {"municipality": "municipality", "age": "age_class", "role": "role"}


@transaction.atomic
def create_comments(key: str, hearing: Hearing, stage: Stage) -> None:
    if key not in WITH_COMMENTS:
        return
    texts = content.read(f"hearing_{key}")
    blocks = {part.block_id: part for part in hearing.parts.all()}
    parts = {row["key"]: blocks[section_block_id(key, row["key"])] for row in texts["sections"]}
    made: dict[str, Comment] = {}
    for row in content.read(f"comments_{key}")["comments"]:
        moment = stage.calendar.moment(texts["opens_days"] + row["day"], hour=FIRST_HOUR)
        draft = _draft(row, parts.get(row.get("part", "")), made.get(row.get("parent", "")))
        posted = post_comment(
            hearing_id=hearing.public_id,
            draft=draft,
            sender=_sender(row, stage),
            form_opened=moment - TIME_TO_WRITE,
            now=moment,
        )
        made[row["id"]] = posted.comment
        _moderate(posted.comment, row, stage)
        _move(posted.comment, row, moment)
        _support(posted.comment, row)


def _draft(row: dict[str, Any], part: Part | None, parent: Comment | None) -> Draft:
    mark = row.get("mark") or MARKS.get(row["language"], "")
    name = f"{row['name']} ({mark})" if "name" in row else mark.capitalize()
    return Draft(
        text=row["text"].strip(),
        language=row["language"],
        part_id=part.public_id if part and not parent else None,
        parent_id=parent.public_id if parent else None,
        display_name=name,
        audience=row.get("audience", Audience.PUBLIC),
        as_official=row.get("official", False),
        **{field: row[key] for key, field in BACKGROUND.items() if key in row},
    )


def _sender(row: dict[str, Any], stage: Stage) -> Sender:
    if row.get("official"):
        return Sender(user=stage.staff.official)
    return Sender(device_key=_digest("device", row["id"]), device_is_known=True)


def _moderate(comment: Comment, row: dict[str, Any], stage: Stage) -> None:
    state = row.get("state", ModerationState.PUBLISHED)
    if state == ModerationState.HIDDEN:
        hide(contribution=comment, actor=stage.staff.moderator, reason=row["reason"])
    elif state == ModerationState.PUBLISHED and comment.moderation_state == ModerationState.PENDING:
        approve(contribution=comment, actor=stage.staff.moderator)


def _move(comment: Comment, row: dict[str, Any], moment: dt.datetime) -> None:
    """Channel and persons spoken for are what staff enter for what came on paper or by telephone."""
    Contribution.objects.filter(pk=comment.pk).update(
        created_at=moment, channel=row.get("channel", Channel.WEB), speaks_for=row.get("speaks_for")
    )
    ModerationAct.objects.filter(contribution=comment).update(at=moment + TIME_TO_MODERATE)


def _support(comment: Comment, row: dict[str, Any]) -> None:
    """Straight to the rows: the service counts only what comes while a hearing is open."""
    supporters = range(row.get("supports", 0))
    Support.objects.bulk_create(
        Support(comment=comment, device_key=_digest("supporter", row["id"], number)) for number in supporters
    )
    Comment.objects.filter(pk=comment.pk).update(support_count=len(supporters))


def _digest(*parts: object) -> str:
    return hashlib.sha256("/".join(str(part) for part in parts).encode()).hexdigest()
