"""Rows that hang on a participation; participations themselves are made by the factory of their kind."""

import uuid

import factory
from django.core.files.base import ContentFile
from django.utils import timezone

from participation.processes.enums import ActKind
from participation.processes.models import Attachment, LegalBasis, Part, ParticipationAct, ServiceArea
from portal.core.models import AuthorityProfile, ContactPerson, Document, Municipality, Unit


class MunicipalityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Municipality
        django_get_or_create = ("code",)

    code = "091"
    name_fi = "Helsinki"
    name_sv = "Helsingfors"


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    name_fi = "Järjestäminen"
    name_sv = "Ordnande"


class ContactPersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ContactPerson

    name = factory.Sequence(lambda number: f"Esimerkki {number}")
    title_fi = "suunnittelija"
    title_sv = "planerare"
    email = factory.Sequence(lambda number: f"esimerkki{number}@example.fi")
    phone = "09 000 0001"


class LegalBasisFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LegalBasis

    name_fi = "Laki hyvinvointialueesta"
    name_sv = "Lagen om välfärdsområden"
    section_fi = "29 §"
    section_sv = "29 §"
    link_fi = "https://example.fi/laki"
    link_sv = "https://example.fi/lag"


class ServiceAreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ServiceArea

    name_fi = "Kaikki palvelut"
    name_sv = "All service"


class PartFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Part

    block_id = factory.LazyFunction(uuid.uuid4)
    order = factory.Sequence(lambda number: number)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    title = factory.Sequence(lambda number: f"Asiakirja {number}")
    file = factory.LazyFunction(lambda: ContentFile(b"asiakirja", name="asiakirja.txt"))


class AttachmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attachment

    document = factory.SubFactory(DocumentFactory)
    language = "fi"
    title_fi = "Selvitys"
    title_sv = "Utredning"
    summary_fi = "Selvitys palveluista."
    summary_sv = "En utredning om servicen."


class ParticipationActFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ParticipationAct

    kind = ActKind.EXTEND
    at = factory.LazyFunction(timezone.now)
    reason_fi = "Aikaa tarvitaan lisää."
    reason_sv = "Det behövs mer tid."


def authority(**fields) -> AuthorityProfile:
    """The authority's profile, with one municipality unless told otherwise."""
    profile = AuthorityProfile.load()
    values = {
        "name_fi": "Kaksirannan hyvinvointialue",
        "name_sv": "Tvåstrands välfärdsområde",
        "council_fi": "Aluevaltuusto",
        "council_sv": "Välfärdsområdesfullmäktige",
        "executive_fi": "Aluehallitus",
        "executive_sv": "Välfärdsområdesstyrelsen",
        "registry_fi": "Kirjaamo",
        "registry_sv": "Registratorskontoret",
        "registry_address_fi": "PL 0, 00000 KAKSIRANTA",
        "registry_address_sv": "PB 0, 00000 TVÅSTRAND",
        "registry_email": "kirjaamo@example.fi",
        "registry_phone": "09 000 0000",
    }
    for name, value in (values | fields).items():
        setattr(profile, name, value)
    profile.save()
    profile.municipalities.add(MunicipalityFactory())
    profile.save()
    return profile
