"""The header of a snapshot: the participation's facts, names of codes, population; everything in both
languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from participation.processes.models import Participation
from participation.processes.services.pages import pages_of
from portal.core.models import AuthorityProfile, Municipality, MunicipalityPopulation

from .snapshot import ENGINE, Row

if TYPE_CHECKING:
    import datetime as dt

    from portal.core.bilingual import BilingualModel

LANGUAGES = ("fi", "sv")


def header(
    participation: Participation,
    *,
    taken_at: dt.datetime,
    parameters: dict[str, Any],
    reasons: dict[str, dict[str, str]],
    previous: Row | None,
    using: str,
) -> Row:
    profile = AuthorityProfile.load()
    own = list(profile.municipalities.all())
    concerned = list(participation.municipalities.using(using).all()) or own
    named = {municipality.code: municipality for municipality in (*own, *concerned)}
    return {
        "engine": ENGINE,
        "participation": facts(participation, profile, [municipality.code for municipality in concerned]),
        "municipalities": {
            code: {"fi": municipality.name_fi, "sv": municipality.name_sv}
            for code, municipality in named.items()
        },
        "population": population([municipality.pk for municipality in concerned], using),
        "parts": parts(participation, using),
        "reasons": reasons,
        "taken_at": stamp(taken_at),
        "parameters": parameters,
        "counts": {"received": participation.received_count, "published": participation.published_count},
        "previous": previous,
    }


def stamp(moment: dt.datetime | None) -> str:
    return moment.isoformat().replace("+00:00", "Z") if moment else ""


def pair(row: BilingualModel | None, name: str) -> dict[str, str]:
    return {language: row.text(name, language) if row else "" for language in LANGUAGES}


def facts(participation: Participation, profile: AuthorityProfile, concerned: list[str]) -> Row:
    basis, unit = participation.legal_basis, participation.unit
    return {
        "id": str(participation.public_id),
        "kind": participation.kind,
        "title": titles(participation),
        "matter": pair(participation, "matter"),
        "diary_number": participation.diary_number,
        "opens_at": stamp(participation.opens_at),
        "closes_at": stamp(participation.closes_at),
        "legal_basis": {
            "name": pair(basis, "name"),
            "section": pair(basis, "section"),
            "link": pair(basis, "link"),
        },
        "unit": pair(unit, "name"),
        "authority": pair(profile, "name"),
        "deciding_body": pair(participation, "deciding_body"),
        "planned_meeting": participation.planned_meeting.isoformat() if participation.planned_meeting else "",
        "municipalities": sorted(concerned),
        "languages": profile.languages,
        "moderation_mode": participation.moderation_mode,
    }


def titles(participation: Participation) -> dict[str, str]:
    """Titles of the pages; a language without a page gets the matter."""
    pages = pages_of(participation)
    return {
        language: pages[language].title if language in pages else participation.text("matter", language)
        for language in LANGUAGES
    }


def parts(participation: Participation, using: str) -> list[Row]:
    """Parts with their titles on each language's page; one without a text is told by its number."""
    named = {language: page.part_titles() for language, page in pages_of(participation).items()}
    rows = participation.parts.using(using).order_by("order", "id")
    return [
        {
            "id": str(part.public_id),
            "order": number,
            "title": {
                language: named.get(language, {}).get(part.block_id) or str(number) for language in LANGUAGES
            },
        }
        for number, part in enumerate(rows, start=1)
    ]


def population(municipalities: list[int], using: str) -> Row:
    """Figures of the latest year that any of the municipalities has; a figure nobody has is null."""
    figures = MunicipalityPopulation.objects.using(using).filter(municipality__in=municipalities)
    latest = figures.order_by("-year").first()
    if latest is None:
        return {"year": None, "source": "", "rows": []}
    known = {(row.municipality.code, row.language): row for row in of_year(figures, latest.year)}
    codes = Municipality.objects.using(using).filter(pk__in=municipalities).order_by("code")
    languages = sorted({language for _code, language in known} | {"total", "fi", "sv", "other"})
    rows = [
        {
            "municipality": code,
            "language": language,
            "persons": known[code, language].persons if (code, language) in known else None,
        }
        for code in codes.values_list("code", flat=True)
        for language in languages
    ]
    sources = sorted({row.source for row in known.values()})
    return {"year": latest.year, "source": "; ".join(sources), "rows": rows}


def of_year(figures: Any, year: int) -> Any:
    return figures.filter(year=year).select_related("municipality")
