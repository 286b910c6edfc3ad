"""The hearings of the demonstration, one in each state that the public sees."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from participation.hearings.models import Hearing, HearingPage
from participation.processes.enums import State
from participation.processes.models import Part
from participation.processes.services.acts import answer, change_settings
from portal.accounts.models import User

from . import content, prose
from .authority import Authority
from .content import Calendar, ContentError, Text
from .maker import PageMaker, heads, milestones, rich
from .pages import Pages
from .streams import stable_id, stream

HEARINGS = ("service_promise", "service_network", "programme", "one_contact")
PARENTS = {"programme": "planning", "one_contact": "planning"}
DEFAULT_PARENT = "decision"
OUTSIDE_PROCESS = frozenset({"one_contact"})
RICH_FIELDS = {
    "decided": "decided",
    "can_influence": "influence",
    "fixed": "fixed",
    "use_of_answers": "answers_used",
    "other_ways": "offline",
}


@dataclass(frozen=True, slots=True)
class Staff:
    """Who does what: an editor publishes, an official opens and answers, a moderator reads."""

    editor: User
    official: User
    moderator: User


@dataclass(frozen=True, slots=True)
class Stage:
    """What every hearing is put on: pages, authority, calendar and staff."""

    pages: Pages
    authority: Authority
    calendar: Calendar
    staff: Staff


def create_hearing(key: str, stage: Stage) -> Hearing:
    row = content.read(f"hearing_{key}")
    parent = stage.pages.indexes[PARENTS.get(key, DEFAULT_PARENT)]
    _publish(row, parent, stage)
    hearing = Hearing.objects.get(translation_key=stable_id(f"hearing/{key}"))
    hearing.public_id = stable_id("participation", key)
    hearing.save(update_fields=["public_id"])
    for section in row["sections"]:
        block_id = section_block_id(key, section["key"])
        Part.objects.filter(participation=hearing, block_id=block_id).update(
            public_id=stable_id("part", key, section["key"])
        )
    process = None if key in OUTSIDE_PROCESS else stage.pages.process.translation_key
    change_settings(
        participation=hearing,
        actor=stage.staff.official,
        changes=_settings(row, stage) | {"process_key": process},
        related={"contact_persons": [stage.authority.contacts[name] for name in row["contacts"]]},
    )
    return hearing


def section_block_id(hearing_key: str, section_key: str) -> uuid.UUID:
    return stable_id("section", hearing_key, section_key)


def finish_hearing(key: str, hearing: Hearing, stage: Stage) -> None:
    """Answers what has been answered, then moves the facts to the days they belong to."""
    row = content.read(f"hearing_{key}")
    calendar = stage.calendar
    facts = {"published_at": calendar.moment(row["opens_days"] - 3)}
    if "answered_days" in row:
        answer(participation=hearing, actor=stage.staff.official)
        facts["answered_at"] = calendar.moment(row["answered_days"])
        hearing.acts.filter(kind="answer").update(at=facts["answered_at"])
    hearing.refresh_from_db()
    if hearing.gate_met_at is None:
        raise ContentError(f"hearing_{key}: the gate is shut")
    Hearing.objects.filter(pk=hearing.pk).update(gate_met_at=facts["published_at"], **facts)
    hearing.acts.filter(kind="settings").update(at=facts["published_at"])
    hearing.refresh_from_db()
    wanted = State(row["outcome_state"])
    state = hearing.state_at(calendar.moment(0, hour=12))
    if state != wanted:
        raise ContentError(f"hearing_{key}: its state is {state}, must be {wanted}")


def _publish(row: dict[str, Any], parent: Page, stage: Stage) -> None:
    key = row["key"]

    def sections(code: str) -> Any:
        ids = [section_block_id(key, section["key"]) for section in row["sections"]]
        blocks = [("section", _section(section, code)) for section in row["sections"]]
        return stream(HearingPage, "sections", key, blocks, ids=ids)

    def timeline(code: str) -> Any:
        return stream(HearingPage, "timeline", key, milestones(row["milestones"], code, stage.calendar))

    texts: dict[str, Any] = {field: rich(row[name]) for field, name in RICH_FIELDS.items()}
    texts |= {**heads(row), **dict(_extras(row)), "sections": sections, "timeline": timeline}
    maker = PageMaker(stage.staff.editor)
    maker.make(HearingPage, key=f"hearing/{key}", parent=parent, texts=texts)


def _section(section: dict[str, Any], code: str) -> dict[str, Any]:
    return {
        "heading": section["title"][code],
        "text": prose.rich_text(section["text"][code]),
        "images": [],
        "questions": [question[code] for question in section["questions"]],
    }


def _extras(row: dict[str, Any]) -> Iterator[tuple[str, Text]]:
    """What only some hearings have: an easy-language version, and what came of it."""
    if "easy" in row:
        lead, body = row["easy"]["lead"], row["easy"]["body"]
        yield "easy_text", rich(Text(f"{lead.fi}\n\n{body.fi}", f"{lead.sv}\n\n{body.sv}"))
        yield "easy_checked_by", row["easy_checked_by"]
    if "outcome" in row:
        yield "outcome", rich(row["outcome"]["body"])


def _settings(row: dict[str, Any], stage: Stage) -> dict[str, Any]:
    calendar, authority = stage.calendar, stage.authority
    copied = ("target_groups", "life_stages", "means", "level", "moderation_mode")
    return {
        **{name: row[name] for name in copied},
        **row["matter"].columns("matter"),
        **row["deciding_body"].columns("deciding_body"),
        "diary_number": row["diary_number"].format(year=calendar.date(row["opens_days"]).year),
        "planned_meeting": calendar.date(row["meeting_days"]),
        "planned_answer": calendar.date(row["answer_days"]),
        "opens_at": calendar.moment(row["opens_days"]),
        "closes_at": calendar.moment(row["closes_days"], hour=16),
        "legal_basis": authority.legal_bases[row["legal_basis"]],
        "unit": authority.units[row["unit"]],
        "preparer": authority.contacts[row["preparer"]],
        "presenter": authority.contacts[row["presenter"]],
        "service_area": authority.service_areas[row["service_area"]],
    }
