"""What one device does in two hearings cannot be told to be of one device, from all the rows together."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import translation

from participation.hearings.models import Comment, Support
from participation.hearings.services import Sender, support
from participation.moderation.models import AbuseReport
from participation.moderation.services import report_abuse
from portal.core import device
from portal.core.form_stamp import form_stamp
from tests.factories.hearings import CommentFactory, SupportFactory, hearing_pair
from tests.factories.processes import authority

pytestmark = [pytest.mark.django_db, pytest.mark.both]
ORIGIN = {"HTTP_ORIGIN": "http://testserver"}
MIGRATIONS = {
    "participation.processes": "0005_tie_device_keys_to_participations",
    "participation.hearings": "0003_tie_device_keys_to_participations",
    "participation.moderation": "0002_tie_device_keys_to_participations",
}


def url(name, *args):
    with translation.override("fi"):
        return reverse(f"hearings:{name}", args=args)


def take_part(client, pair):
    """Comments twice, supports and reports, all from the device of the client."""
    comment = CommentFactory(participation=pair.hearing)
    for text in ("Ensimmäinen.", "Toinen."):
        form = {"stamp": form_stamp(), "text": text, "language": "fi"}
        client.post(url("comment", pair.hearing.public_id), form, **ORIGIN)
    client.post(url("support", comment.public_id), **ORIGIN)
    client.post(url("report_comment", comment.public_id), {"reason": "insults"}, **ORIGIN)


def keys_of(hearing):
    """By kind of row, the keys it has in this hearing."""
    of_hearing = {"contribution__participation": hearing}
    return {
        "comments": set(
            Comment.objects.filter(participation=hearing)
            .exclude(device_key="")
            .values_list("device_key", flat=True)
        ),
        "supports": set(
            Support.objects.filter(comment__participation=hearing).values_list("device_key", flat=True)
        ),
        "reports": set(AbuseReport.objects.filter(**of_hearing).values_list("device_key", flat=True)),
    }


def test_a_device_has_another_key_in_every_hearing_and_for_every_use(client):
    authority()
    found = []
    for pair in (hearing_pair(at_once=True), hearing_pair(at_once=True)):
        take_part(client, pair)
        found.append(keys_of(pair.hearing))
    assert [{kind: len(keys) for kind, keys in one.items()} for one in found] == [
        {"comments": 1, "supports": 1, "reports": 1}
    ] * 2
    everything = [key for one in found for keys in one.values() for key in keys]
    assert len(set(everything)) == 6
    cookie = client.cookies[device.COOKIE_NAME].value
    assert cookie not in str(everything)


def test_supports_of_one_device_are_not_tied_together_even_in_one_hearing(client):
    hearing = hearing_pair().hearing
    for comment in CommentFactory.create_batch(3, participation=hearing):
        client.post(url("support", comment.public_id), **ORIGIN)
    assert len(keys_of(hearing)["supports"]) == 3


def test_rows_from_before_are_tied_to_their_hearings_and_the_device_is_still_known():
    first, second = hearing_pair(at_once=True).hearing, hearing_pair(at_once=True).hearing
    for hearing in (first, second):
        comment = CommentFactory(participation=hearing, device_key="d" * 64)
        CommentFactory(participation=hearing, device_key="d" * 64)
        CommentFactory(participation=hearing)
        SupportFactory(comment=comment, device_key="d" * 64)
        SupportFactory(comment=comment, device_key=f"forgotten {hearing.pk}")
        AbuseReport.objects.create(contribution=comment, reason="insults", device_key="d" * 64)
    for app, name in MIGRATIONS.items():
        import_module(f"{app}.migrations.{name}").tie(apps, None)
    before, after = keys_of(first), keys_of(second)
    for kind in before:
        assert "d" * 64 not in before[kind] | after[kind]
        assert not before[kind] & after[kind]
    assert f"forgotten {first.pk}" in before["supports"]
    assert Comment.objects.filter(device_key="").count() == 2
    comment = Comment.objects.filter(participation=first, supports__isnull=False).first()
    assert support(comment_id=comment.public_id, sender=Sender(device_key="d" * 64)) is False
    report = AbuseReport.objects.get(contribution=comment)
    assert report_abuse(contribution=comment, reason="illegal", device_key="d" * 64) == report
    posted = keys_of(first)["comments"]
    assert len(posted) == 1
