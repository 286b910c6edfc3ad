"""Hearings with their pages: `hearing_pair(state="closed")` is a whole bilingual hearing in a given state."""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass

import factory
from django.db.models import F
from django.utils import timezone

from participation.hearings.models import Comment, Hearing, HearingPage, Support
from participation.processes.enums import ModerationState
from participation.processes.models import Part, Participation
from portal.search.services import indexing

from .pages import BasePageFactory, index
from .processes import PartFactory


def ago(**period) -> dt.datetime:
    return timezone.now() - dt.timedelta(**period)


def ahead(**period) -> dt.datetime:
    return timezone.now() + dt.timedelta(**period)


class HearingFactory(factory.django.DjangoModelFactory):
    """Open since ten days unless a trait says otherwise; the facts are set, no act is recorded."""

    class Meta:
        model = Hearing

    class Params:
        draft = factory.Trait(published_at=None, gate_met_at=None, opens_at=None, closes_at=None)
        scheduled = factory.Trait(
            opens_at=factory.LazyFunction(lambda: ahead(days=5)),
            closes_at=factory.LazyFunction(lambda: ahead(days=35)),
        )
        gate_shut = factory.Trait(gate_met_at=None)
        open = factory.Trait()
        closed = factory.Trait(
            opens_at=factory.LazyFunction(lambda: ago(days=40)),
            closes_at=factory.LazyFunction(lambda: ago(days=10)),
        )
        answered = factory.Trait(
            opens_at=factory.LazyFunction(lambda: ago(days=70)),
            closes_at=factory.LazyFunction(lambda: ago(days=40)),
            answered_at=factory.LazyFunction(lambda: ago(days=5)),
        )
        cancelled = factory.Trait(cancelled_at=factory.LazyFunction(lambda: ago(days=1)))
        at_once = factory.Trait(moderation_mode="at_once")

    kind = "hearing"
    translation_key = factory.LazyFunction(uuid.uuid4)
    matter_fi = factory.Sequence(lambda number: f"Palvelulupaus {number}")
    matter_sv = factory.Sequence(lambda number: f"Servicelöftet {number}")
    deciding_body_fi = "Aluevaltuusto"
    deciding_body_sv = "Välfärdsområdesfullmäktige"
    diary_number = "ESIM/1/00.01.02/2026"
    published_at = factory.LazyFunction(lambda: ago(days=80))
    gate_met_at = factory.LazyFunction(lambda: ago(days=80))
    opens_at = factory.LazyFunction(lambda: ago(days=10))
    closes_at = factory.LazyFunction(lambda: ahead(days=20))


class HearingPageFactory(BasePageFactory):
    """One language version; the participation row is made by `hearing_pair` or given by its key."""

    class Meta:
        model = HearingPage

    parent = factory.LazyAttribute(lambda made: index("decision", made.language))
    decided = "<p>Aluevaltuusto päättää lupauksesta.</p>"
    can_influence = "<p>Sanamuotoon ja mittareihin.</p>"
    fixed = "<p>Kielelliset oikeudet ovat laissa.</p>"
    use_of_answers = "<p>Vastauksista tehdään raportti.</p>"
    other_ways = "<p>Soita tai lähetä kirje.</p>"
    outcome = "<p>Lupaus muuttui.</p>"
    easy_text = "<p>Kerro, mitä haluat.</p>"
    easy_checked_by = "Lukijaryhmä"


SWEDISH_TEXTS = {
    "lead": "Kort sagt.",
    "decided": "<p>Fullmäktige beslutar om löftet.</p>",
    "can_influence": "<p>Ordalydelsen och mätarna.</p>",
    "fixed": "<p>De språkliga rättigheterna finns i lagen.</p>",
    "use_of_answers": "<p>Av svaren görs en rapport.</p>",
    "other_ways": "<p>Ring eller skicka brev.</p>",
    "outcome": "<p>Löftet ändrades.</p>",
    "easy_text": "<p>Berätta vad du vill.</p>",
    "easy_checked_by": "En läsargrupp",
}


@dataclass
class HearingPair:
    hearing: Hearing
    fi: HearingPage
    sv: HearingPage
    parts: list[Part]

    def page(self, language: str) -> HearingPage:
        return self.fi if language == "fi" else self.sv


def _sections(parts: list[Part], heading: str, text: str) -> list[dict]:
    return [
        {
            "type": "section",
            "id": str(part.block_id),
            "value": {
                "heading": f"{heading} {number}",
                "text": f"<p>{text}</p>",
                "images": [],
                "questions": [],
            },
        }
        for number, part in enumerate(parts, start=1)
    ]


def hearing_pair(*, state: str = "open", sections: int = 2, fi=None, sv=None, **fields) -> HearingPair:
    """A hearing with a live page in each language; `fields` go to the hearing, `fi` and `sv` to the pages."""
    hearing = HearingFactory(**{state: True}, **fields)
    parts = [PartFactory(participation=hearing, order=number) for number in range(sections)]
    finnish = HearingPageFactory(
        slug=f"palvelulupaus-{hearing.pk}",
        translation_key=hearing.translation_key,
        sections=_sections(parts, "Kohta", "Suomenkielinen teksti."),
        **({"title": "Palvelulupaus"} | (fi or {})),
    )
    swedish = HearingPageFactory(
        slug=f"serviceloftet-{hearing.pk}",
        language="sv",
        translation_key=hearing.translation_key,
        sections=_sections(parts, "Avsnitt", "Text på svenska."),
        **({"title": "Servicelöftet"} | SWEDISH_TEXTS | (sv or {})),
    )
    return HearingPair(hearing, finnish, swedish, parts)


class CommentFactory(factory.django.DjangoModelFactory):
    """A published comment unless a trait says otherwise; counts and search follow as they do to services."""

    class Meta:
        model = Comment

    class Params:
        pending = factory.Trait(moderation_state=ModerationState.PENDING)
        hidden = factory.Trait(moderation_state=ModerationState.HIDDEN, hidden_reason="personal_data")
        withdrawn = factory.Trait(
            moderation_state=ModerationState.WITHDRAWN, left_at=factory.LazyFunction(timezone.now)
        )
        preparers = factory.Trait(audience="preparers")
        swedish = factory.Trait(
            language="sv", original_text=factory.Sequence(lambda number: f"En kommentar på svenska {number}.")
        )
        official = factory.Trait(is_official=True)

    participation = factory.SubFactory(HearingFactory)
    language = "fi"
    original_text = factory.Sequence(lambda number: f"Suomenkielinen kommentti {number}.")
    public_text = factory.LazyAttribute(lambda made: made.original_text)
    received_at = factory.LazyFunction(timezone.now)
    moderation_state = ModerationState.PUBLISHED
    text_key = factory.LazyAttribute(lambda made: hashlib.sha256(made.original_text.encode()).hexdigest())
    submission_key = factory.LazyFunction(lambda: uuid.uuid4().hex)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        comment = super()._create(model_class, *args, **kwargs)
        public = 1 if comment.is_public else 0
        Participation.objects.filter(pk=comment.participation_id).update(
            received_count=F("received_count") + 1, published_count=F("published_count") + public
        )
        Part.objects.filter(pk=comment.part_id).update(published_count=F("published_count") + public)
        indexing.contribution_changed(comment, is_new=True)
        return comment


class SupportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Support

    comment = factory.SubFactory(CommentFactory)
    device_key = factory.LazyFunction(lambda: uuid.uuid4().hex)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        support = super()._create(model_class, *args, **kwargs)
        Comment.objects.filter(pk=support.comment_id).update(support_count=F("support_count") + 1)
        return support
