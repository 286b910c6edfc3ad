"""The invented authority: profile, municipalities, units, contacts, service areas and legal bases."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from participation.processes.models import LegalBasis, ServiceArea
from portal.accounts.models import User
from portal.core.models import (
    AuthorityProfile,
    ContactPerson,
    Municipality,
    SiteContact,
    Unit,
)
from portal.core.municipalities import load as load_municipalities
from portal.core.population import read_population
from portal.core.services import import_population

from . import content

POPULATION = Path(__file__).parent / "population.csv"


@dataclass(frozen=True, slots=True)
class Authority:
    """Rows of the authority by the keys the content files use."""

    municipalities: dict[str, Municipality]
    units: dict[str, Unit]
    contacts: dict[str, ContactPerson]
    service_areas: dict[str, ServiceArea]
    legal_bases: dict[str, LegalBasis]


def create_authority(members: Iterable[User]) -> Authority:
    texts = content.read("authority")
    municipalities, _added = load_municipalities()
    import_population(read_population(POPULATION.read_bytes()))
    _profile(texts, municipalities)
    _contact(texts)
    units = {row["key"]: Unit.objects.create(**row["name"].columns("name")) for row in texts["units"]}
    for unit in units.values():
        unit.members.set(members)
    return Authority(
        municipalities=municipalities,
        units=units,
        contacts={row["key"]: _person(row, units[row["unit"]]) for row in texts["contacts"]},
        service_areas={
            row["key"]: ServiceArea.objects.create(**row["name"].columns("name"))
            for row in texts["service_areas"]
        },
        legal_bases={row["key"]: _legal_basis(row) for row in texts["legal_bases"]},
    )


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def _profile(texts: dict[str, Any], municipalities: dict[str, Municipality]) -> None:
    profile = AuthorityProfile.load()
    profile.authority_type = texts["kind"]
    profile.public_languages = ",".join(texts["languages"])
    profile.registry_email = texts["email"]
    profile.registry_phone = texts["phone"]
    for name, key in (
        ("name", "name"),
        ("council", "council"),
        ("executive", "executive"),
        ("registry", "registry"),
        ("registry_address", "postal_address"),
    ):
        _set_pair(profile, name, texts[key])
    profile.municipalities.set(municipalities.values())
    profile.save()


def _contact(texts: dict[str, Any]) -> None:
    contact = SiteContact.load()
    contact.email, contact.phone = texts["email"], texts["phone"]
    _set_pair(contact, "hours", texts["opening_hours"])
    _set_pair(contact, "address", texts["postal_address"])
    contact.save()


def _set_pair(row: Any, name: str, text: content.Text) -> None:
    for column, value in text.columns(name).items():
        setattr(row, column, value)


def _person(row: dict[str, Any], unit: Unit) -> ContactPerson:
    return ContactPerson.objects.create(
        name=row["name"], unit=unit, email=row["email"], phone=row["phone"], **row["title"].columns("title")
    )


def _legal_basis(row: dict[str, Any]) -> LegalBasis:
    return LegalBasis.objects.create(
        shortest_days=row.get("shortest_days"),
        **row["name"].columns("name"),
        **row["section"].columns("section"),
        **row["link"].columns("link"),
    )
