"""What beat fires when moments pass: one participation at an error keeps nothing from the others."""

import datetime as dt
import logging

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from participation.hearings.models import Hearing
from participation.processes.enums import Effect
from participation.processes.models import EffectFailure, FiredEffect
from participation.processes.services import effects
from tests.factories.accounts import UserFactory
from tests.factories.hearings import hearing_pair

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def kind_without_an_app():
    """Its pages cannot be looked for, as when an app has been taken out of an installation."""
    hearing = hearing_pair(gate_met_at=None).hearing
    Hearing.objects.filter(pk=hearing.pk).update(kind="gone")
    return hearing


def fired(hearing):
    return set(FiredEffect.objects.filter(participation=hearing).values_list("effect", flat=True))


def test_one_that_raises_stops_nobody_else(caplog):
    broken = kind_without_an_app()
    opened, coming = hearing_pair(state="open").hearing, hearing_pair(state="scheduled").hearing
    with caplog.at_level(logging.ERROR):
        effects.fire_due()
    assert fired(opened) == {Effect.OPENED}
    coming.refresh_from_db()
    assert coming.gate_met_at is None, "its texts have not been confirmed: the gate was not looked at"
    assert fired(broken) == set()
    assert str(broken.public_id) in caplog.text


def test_what_failed_is_tried_again_and_then_fired_once():
    broken = kind_without_an_app()
    effects.fire_due()
    since = EffectFailure.objects.get(participation=broken).since
    effects.fire_due(timezone.now() + dt.timedelta(minutes=1))
    failure = EffectFailure.objects.get(participation=broken)
    assert (failure.since, failure.error) == (since, "LookupError")
    Hearing.objects.filter(pk=broken.pk).update(kind="hearing")
    assert effects.fire_due() == 1
    assert effects.fire_due() == 0
    assert fired(broken) == {Effect.GATE_SHUT}
    assert not EffectFailure.objects.exists()


def test_a_page_made_private_shuts_gates_though_another_raises():
    kind_without_an_app()
    pair = hearing_pair(state="scheduled")
    PageViewRestriction.objects.create(page=pair.sv, restriction_type=PageViewRestriction.LOGIN)
    pair.hearing.refresh_from_db()
    assert pair.hearing.gate_met_at is None


@pytest.mark.parametrize(
    ("words", "language"), [("Pysähtyi virheeseen", "fi"), ("Stannade vid ett fel", "sv")]
)
def test_staff_see_which_one_fails(client, words, language):
    broken = kind_without_an_app()
    client.force_login(UserFactory(official=True, language=language))
    home = reverse("wagtailadmin_home")
    assert words not in client.get(home).content.decode()
    effects.fire_due()
    answer = client.get(home).content.decode()
    assert words in answer
    assert reverse("participations:history", args=[broken.public_id]) in answer
