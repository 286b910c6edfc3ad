"""A hearing made from a table of statements: one section for each, in both languages, open for a month."""

import csv
import datetime as dt
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale, Page

from participation.processes.services.acts import change_settings, confirm_translation
from portal.accounts.models import User

from ..models import Hearing, HearingPage
from .import_rows import DELIMITERS, FileUnreadable

OPEN_DAYS = 30
HEADING_LENGTH = 150
ENDINGS = ("_fi", "_sv")
TEXTS = {
    "fi": {
        "title": "Mielipiteitä väittämistä",
        "lead": "Tähän kuulemiseen on tuotu muualla kirjoitetut kommentit väittämittäin.",
        "decided": "Tässä ei päätetä mitään: kuuleminen on tehty tuotua aineistoa varten.",
        "can_influence": "Aineisto näyttää, millainen suuresta määrästä kommentteja tehty raportti on.",
        "fixed": "Kommentit on kirjoitettu aiemmin muussa yhteydessä, eivätkä ne enää muutu.",
        "use_of_answers": "Kommenteista tehdään raportti, jossa ne ovat väittämittäin.",
        "section": "Väittämä",
        "text": "Kommentit tästä väittämästä: {statement}",
    },
    "sv": {
        "title": "Åsikter om påståenden",
        "lead": "Hit har vi hämtat kommentarer som skrivits på annat håll, påstående för påstående.",
        "decided": "Här beslutas ingenting: hörandet är gjort för det hämtade materialet.",
        "can_influence": "Materialet visar hurdan en rapport blir av ett stort antal kommentarer.",
        "fixed": "Kommentarerna har skrivits tidigare i ett annat sammanhang och ändras inte längre.",
        "use_of_answers": "Av kommentarerna görs en rapport där de är ordnade efter påstående.",
        "section": "Påstående",
        "text": "Kommentarer om det här påståendet: {statement}",
    },
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of the table: its key, and its text by language; a language may be missing."""

    key: str
    texts: dict[str, str]

    def heading(self, language: str) -> str:
        text = self.texts.get(language) or TEXTS[language]["section"]
        return f"{self.key} {text}"[:HEADING_LENGTH]


def read_statements(path: Path) -> list[Statement]:
    """A table whose first column is the key and whose other columns end in `_fi` or `_sv`."""
    with path.open(encoding="utf-8-sig", newline="") as source:
        header = source.readline()
        delimiter = max(DELIMITERS, key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        columns = {
            code: at for at, name in enumerate(names) for code in TEXTS if name.strip().endswith(f"_{code}")
        }
        if not columns:
            raise FileUnreadable(
                f"{path.name} has no column that ends in _fi or _sv; it has {', '.join(names)}."
            )
        rows = [row for row in csv.reader(source, delimiter=delimiter) if row and row[0].strip()]
    return [
        Statement(
            row[0].strip(),
            {code: row[at].strip() for code, at in columns.items() if len(row) > at and row[at]},
        )
        for row in rows
    ]


@transaction.atomic
def create_hearing_of_statements(
    *, slug: str, statements: list[Statement], actor: User | None = None
) -> Hearing:
    """Publishes the pair of pages and opens the hearing for a month; `LookupError` when it has no place."""
    parents = _parents()
    key = uuid.uuid4()
    block_ids = [uuid.uuid4() for _statement in statements]
    for code, parent in parents.items():
        page = HearingPage(
            slug=slug,
            locale=Locale.objects.get(language_code=code),
            translation_key=key,
            sections=_sections(statements, block_ids, code),
            **_fields(code),
        )
        parent.add_child(instance=page)
        page.save_revision(user=actor).publish(user=actor)
    hearing = Hearing.objects.get(translation_key=key)
    now = timezone.now().replace(second=0, microsecond=0)
    change_settings(
        participation=hearing,
        actor=actor,
        changes={
            "matter_fi": TEXTS["fi"]["title"],
            "matter_sv": TEXTS["sv"]["title"],
            "opens_at": now,
            "closes_at": now + dt.timedelta(days=OPEN_DAYS),
        },
    )
    for code in parents:
        if code != hearing.source_language:
            confirm_translation(participation=hearing, actor=actor, language=code)  # type: ignore[arg-type]
    return Hearing.objects.get(pk=hearing.pk)


def _fields(code: str) -> dict[str, str]:
    texts = TEXTS[code]
    rich = {name: f"<p>{texts[name]}</p>" for name in HearingPage.gate_fields if name != "lead"}
    return rich | {"title": texts["title"], "lead": texts["lead"]}


def _sections(statements: list[Statement], block_ids: list[uuid.UUID], code: str) -> list[dict]:
    return [
        {"type": "section", "id": str(block_id), "value": _section(statement, code)}
        for statement, block_id in zip(statements, block_ids, strict=True)
    ]


def _section(statement: Statement, code: str) -> dict:
    known = statement.texts.get(code) or next(iter(statement.texts.values()), statement.key)
    text = escape(TEXTS[code]["text"].format(statement=known))
    return {"heading": statement.heading(code), "text": f"<p>{text}</p>", "images": [], "questions": []}


def _parents() -> dict[str, Page]:
    """Where a hearing may stand: the first Finnish page that takes hearings and exists in Swedish too."""
    for model in HearingPage.allowed_parent_page_models():
        for page in model.objects.live().filter(locale__language_code="fi", alias_of=None).order_by("pk"):
            swedish = page.get_translations().live().filter(locale__language_code="sv").first()
            if swedish is not None:
                return {"fi": page, "sv": swedish}
    raise LookupError("no page in both languages takes hearings; run load_demo or make the index pages first")


def find_hearing(name: str) -> Hearing | None:
    """By public id, or by the slug of a page in either language; None when there is not exactly one."""
    try:
        return Hearing.objects.filter(public_id=uuid.UUID(name)).first()
    except ValueError:
        keys = set(HearingPage.objects.filter(slug=name).values_list("translation_key", flat=True))
    found = list(Hearing.objects.filter(translation_key__in=keys)[:2])
    return found[0] if len(found) == 1 else None
