import logging
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from portal.core import request_id
from portal.core.logs import LineFormatter, RequestIdFilter, mask

PUBLIC_ID = str(uuid.UUID(int=0x1234567890ABCDEF1234567890ABCDEF))


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("mail to maija.meikalainen@example.fi refused", "maija"),
        ("from 192.0.2.17 came", "192.0.2.17"),
        ("from 2001:db8:0:0:1:2:3:4 came", "2001"),
        ("from 2001:db8::17 came", "2001"),
        ("code 131052-308T", "308T"),
        ("call 040 123 4567 now", "4567"),
        ("call +358 40 1234567 now", "1234567"),
        ("Not Found: /fi/kuulemiset/?email=a&text=hei", "hei"),
        ("GET /fi/kuitti/QWERTYUIOPASDFGHJKLZ/ 200", "QWERTY"),
        ("GET /sv/kvitto/abc/ 200", "/abc/"),
        ("GET /fi/tili/vahvista/MQ:1sVrqA:0hGkd82jdhA9sKq/ 200", "0hGkd82"),
        ("GET /x/7f3kq9a2m4x8b1c6d0z5/ 200", "7f3kq9"),
    ],
)
def test_what_points_at_a_person_or_opens_a_door_is_masked(text, secret):
    masked = mask(text)
    assert secret not in masked
    assert "[" in masked


@pytest.mark.parametrize(
    "text",
    [
        "GET /fi/kuulemiset/palvelulupaus-2026-ja-palveluverkko/ 200 12 ms",
        f"GET /o/{PUBLIC_ID} 302 3 ms",
        "2026-11-30 14:15:16 took 0.25 s",
        "diary number 1234/2026 of 10,009 comments",
        "job a1b2 done, 3 of 4",
    ],
)
def test_what_says_nothing_of_a_person_stays(text):
    assert mask(text) == text


def line(message="", *args, error=None):
    record = logging.LogRecord("portal.test", logging.WARNING, "f.py", 1, message, args, None)
    if error is not None:
        record.exc_info = (type(error), error, error.__traceback__)
    RequestIdFilter().filter(record)
    return LineFormatter().format(record)


def test_a_line_carries_the_request_id_and_stays_one_line():
    with request_id.use("request-1"):
        text = line("first\nsecond from %s", "x@example.fi")

    assert " WARNING portal.test request-1 first\\nsecond from [e-mail]" in text
    assert "\n" not in text
    assert " - outside" in line("outside")


def test_an_error_shows_where_but_no_text_it_quotes():
    error = ValueError("bad address x@example.fi\nand the whole comment")
    text = line("stopped", error=error)

    assert "ValueError: bad address [e-mail]" in text
    assert "whole comment" not in text
    assert "ValidationError" in line("stopped", error=ValidationError("my secret text"))
    assert "my secret text" not in line("stopped", error=ValidationError("my secret text"))


@pytest.mark.both
@pytest.mark.django_db
def test_a_database_error_never_quotes_its_row(django_user_model):
    from django.db import transaction

    django_user_model.objects.create_user("maija@example.fi")
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        django_user_model.objects.create_user("maija@example.fi")

    text = line("stopped", error=caught.value)
    assert "maija" not in text
    assert "IntegrityError" in text
    assert ("23505" if connection.vendor == "postgresql" else "SQLITE_CONSTRAINT") in text
