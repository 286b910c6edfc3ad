import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats, timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from portal.core.formats import text

AFTERNOON = dt.datetime(2026, 11, 30, 14, 15, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2026, 11, 30, 22, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("fi", "30.11.2026 klo 16.15"), ("sv", "30.11.2026 kl. 16.15"), ("en", "30 November 2026 at 16:15")],
)
def test_a_moment_is_written_in_helsinki_time(language, expected):
    assert text.format_datetime(AFTERNOON, language) == expected


def test_swedish_is_written_as_in_finland_by_django_too():
    with translation.override("sv"):
        assert formats.date_format(dt.date(2026, 11, 3), "DATE_FORMAT") == "3.11.2026"
        assert formats.localize(Decimal("8.2")) == "8,2"
        assert formats.number_format(1655624, force_grouping=True) == "1\xa0655\xa0624"
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1
    with translation.override("sv"), timezone.override("Europe/Helsinki"):
        written = Template("{{ at|date:'DATETIME_FORMAT' }}").render(Context({"at": AFTERNOON}))
    assert written == "30.11.2026 kl. 16.15"


def test_finnish_says_klo():
    with translation.override("fi"), timezone.override("Europe/Helsinki"):
        written = Template("{{ at|date:'DATETIME_FORMAT' }}").render(Context({"at": AFTERNOON}))
    assert written == "30.11.2026 klo 16.15"


@pytest.mark.parametrize(
    "typed", ["05/11/2026", "5.11.2026", "05.11.2026", "5-11-2026", "2026-11-05", "5.11.26"]
)
def test_the_day_comes_first_when_typed(language, typed):
    assert forms.DateField().clean(typed) == dt.date(2026, 11, 5)


@pytest.mark.parametrize("typed", ["11/30/2026", "30.13.2026", "yesterday"])
def test_a_month_first_date_is_refused(language, typed):
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(typed)


@pytest.mark.parametrize(
    "typed",
    ["5.11.2026 16.15", "05/11/2026 16:15", "5.11.2026 klo 16.15", "5.11.2026 kl. 16.15", "2026-11-05T16:15"],
)
def test_a_typed_moment_is_helsinki_time(language, typed):
    moment = forms.DateTimeField().clean(typed)
    assert moment.astimezone(dt.UTC) == dt.datetime(2026, 11, 5, 14, 15, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "decimals", "fi", "en"),
    [
        (1655624, None, "1\xa0655\xa0624", "1,655,624"),
        (Decimal("-1234.5"), None, "−1\xa0234,5", "−1,234.5"),
        (Decimal("2.345"), 2, "2,35", "2.35"),
        (Fraction(1, 3), 3, "0,333", "0.333"),
        (0, None, "0", "0"),
    ],
)
def test_numbers(value, decimals, fi, en):
    assert text.format_number(value, "fi", decimals) == fi
    assert text.format_number(value, "sv-FI", decimals) == fi
    assert text.format_number(value, "en", decimals) == en


def test_percent_takes_a_share_of_one():
    assert text.format_percent(0.082, "fi") == "8,2\xa0%"
    assert text.format_percent(Fraction(1, 3), "sv", 0) == "33\xa0%"
    assert text.format_percent(1, "en", 0) == "100%"


@pytest.mark.parametrize(
    ("start", "end", "fi", "sv"),
    [
        ((2026, 11, 1), (2026, 11, 30), "1.–30.11.2026", "1–30.11.2026"),
        ((2026, 11, 1), (2026, 12, 5), "1.11.–5.12.2026", "1.11–5.12.2026"),
        ((2026, 12, 28), (2027, 1, 5), "28.12.2026–5.1.2027", "28.12.2026–5.1.2027"),
        ((2026, 11, 1), (2026, 11, 1), "1.11.2026", "1.11.2026"),
    ],
)
def test_ranges(start, end, fi, sv):
    assert text.format_date_range(dt.date(*start), dt.date(*end), "fi") == fi
    assert text.format_date_range(dt.date(*start), dt.date(*end), "sv") == sv


def test_midnight_is_the_end_of_the_day_before():
    assert text.format_deadline(MIDNIGHT, "fi") == "30.11.2026"
    assert text.format_deadline(AFTERNOON, "sv") == "30.11.2026 kl. 16.15"


@pytest.mark.parametrize(
    ("now", "days"),
    [
        (dt.datetime(2026, 11, 27, 21, 59, tzinfo=dt.UTC), 3),
        (dt.datetime(2026, 11, 27, 22, 0, tzinfo=dt.UTC), 2),
        (dt.datetime(2026, 11, 30, 21, 59, tzinfo=dt.UTC), 0),
        (MIDNIGHT, -1),
    ],
)
def test_days_left_are_helsinki_days(now, days):
    assert text.days_left(MIDNIGHT, now) == days


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        text.format_datetime(dt.datetime(2026, 11, 30, 16, 15), "fi")  # noqa: DTZ001


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(ValueError, match="'de'"):
        text.format_date(dt.date(2026, 1, 1), "de")


@pytest.mark.parametrize(
    ("given_code", "attribute"),
    [("fi", "fi"), ("sv", "sv-FI"), ("sv-FI", "sv-FI"), ("en", "en"), ("other", "und")],
)
def test_lang_attribute(given_code, attribute):
    written = Template("{% load ar_format %}{{ code|lang_attr }}").render(Context({"code": given_code}))
    assert written == attribute


def test_filters_follow_the_active_language():
    template = Template(
        "{% load ar_format %}{{ at|date_time }}; {{ n|number }}; {{ p|percent }}; {{ at|machine_date }}"
    )
    with translation.override("sv"):
        written = template.render(Context({"at": AFTERNOON, "n": 1655624, "p": 0.082}))
    assert written == "30.11.2026 kl. 16.15; 1\xa0655\xa0624; 8,2\xa0%; 2026-11-30T16:15+02:00"


@given(st.integers(min_value=-(10**15), max_value=10**15), st.sampled_from(["fi", "sv"]))
def test_a_whole_number_reads_back(number, language):
    written = text.format_number(number, language).replace("\xa0", "").replace("−", "-")
    assert int(written) == number


@given(st.integers(min_value=0, max_value=10 * 365 * 24 * 3600))
def test_days_left_are_never_negative_while_open(seconds):
    now = AFTERNOON + dt.timedelta(seconds=seconds)
    assert text.days_left(now + dt.timedelta(seconds=1), now) >= 0
