import random

import pytest
from django.db import connection

from portal.core.collation import COLLATION, alphabetical, sort_key
from portal.core.models import Municipality

IN_ORDER = [
    "10 tietä",
    "2 tietä",
    "Askola",
    "Åbo"[1:],
    "Ekenäs",
    "éclair",
    "Vantaa",
    "Vihti",
    "von Wright",
    "Wahlroos",
    "Yt",
    "über",
    "Zorro",
    "Åbo",
    "Åland",
    "Äänekoski",
    "Öja",
]


def shuffled(values):
    mixed = list(values)
    random.Random(7).shuffle(mixed)
    return mixed


def expected(values):
    return sorted(values, key=lambda value: sort_key(value, "fi"))


def test_the_nordic_letters_come_last_in_order():
    assert sorted(["Öja", "Zorro", "Äänekoski", "Åbo", "Askola"], key=sort_key) == [
        "Askola",
        "Zorro",
        "Åbo",
        "Äänekoski",
        "Öja",
    ]


def test_w_is_a_letter_of_its_own_after_v():
    assert sorted(["Wahlroos", "Vuori", "Virta"], key=sort_key) == ["Virta", "Vuori", "Wahlroos"]


@pytest.mark.parametrize("language", ["fi", "sv", "sv-FI"])
def test_case_and_accents_only_break_ties(language):
    words = ["Eka", "eka", "éka", "ekb"]
    assert sorted(shuffled(words), key=lambda word: sort_key(word, language)) == ["eka", "Eka", "éka", "ekb"]


def test_decomposed_letters_sort_as_composed_ones():
    assert sort_key("A\u0308iti")[0] == sort_key("Äiti")[0]


def test_other_languages_take_the_nordic_letters_as_accented():
    assert sorted(["Ära", "Zed", "Arb"], key=lambda word: sort_key(word, "en")) == ["Ära", "Arb", "Zed"]


@pytest.mark.both
@pytest.mark.django_db
def test_the_database_sorts_as_python_does():
    names = expected(IN_ORDER)
    Municipality.objects.all().delete()
    Municipality.objects.bulk_create(
        Municipality(code=f"{number:03}", name_fi=name, name_sv=name)
        for number, name in enumerate(shuffled(names))
    )

    ordered = Municipality.objects.order_by(alphabetical("name_fi"))

    assert list(ordered.values_list("name_fi", flat=True)) == names
    assert list(ordered.reverse().values_list("name_fi", flat=True)) == names[::-1]


@pytest.mark.both
@pytest.mark.django_db
def test_both_databases_know_the_collation_by_one_name():
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 'z' < 'å' COLLATE \"{COLLATION}\"")
        assert cursor.fetchone()[0]
