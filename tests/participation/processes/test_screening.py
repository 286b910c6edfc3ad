import time

import pytest

from participation.processes.plain_text import one_line, plain_text, same_text
from participation.processes.screening import detect_language, hold_reasons


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tunnukseni on 131052-308T.", "identity_code"),
        ("tunnus 131052-308t", "identity_code"),
        ("131052 - 308T", "identity_code"),
        ("131052–308T", "identity_code"),
        ("１３１０５２-308T", "identity_code"),  # noqa: RUF001
        ("131052Y308T", "identity_code"),
        ("Uusi merkki 010594Y9032", "identity_code"),
        ("010516B903X", "identity_code"),
        ("Soita 040 123 4567", "contact_details"),
        ("Ring +358 40 1234567 tack", "contact_details"),
        ("09-1234567", "contact_details"),
        ("00358401234567", "contact_details"),
        ("maija.esimerkki@example.fi", "contact_details"),
        ("maija(at)example.fi", "contact_details"),
        ("Tili FI21 1234 5600 0007 85", "contact_details"),
        ("Asun osoitteessa Esimerkkikatu 12 B 34", "contact_details"),
        ("Jag bor på Exempelgatan 5 A 12", "contact_details"),
        ("Minulla on ollut vuosia masennus.", "health_data"),
        ("Sairastan tyypin 2 diabetesta", "health_data"),
        ("Lääkitykseni on vaihdettu", "health_data"),
        ("Jag har haft cancer", "health_data"),
        ("Min diagnos är fel", "health_data"),
        ("Min son har adhd", "health_data"),
    ],
)
def test_personal_data_is_found(text, reason):
    assert [found.value for found in hold_reasons(text)] == [reason]


@pytest.mark.parametrize(
    "text",
    [
        "Palvelu maksaa 1 655 624 euroa vuodessa.",
        "Kokous pidettiin 30.11.2026 klo 16.15.",
        "Vuosina 2015–2019 jonot kasvoivat.",
        "Diaarinumero ESIM/101/00.01.02/2026",
        "Mannerheimintie 5 on hyvä paikka terveysasemalle.",
        "Diabetesta sairastavat tarvitsevat palveluja.",
        "Mielenterveyspalvelut ja masennuksen hoito ovat tärkeitä.",
        "Vi behöver bättre cancervård i regionen.",
        "Jag har en åsikt om servicen.",
        "131052-3081",
        "0,5 % budjetista",
    ],
)
def test_ordinary_words_of_a_hearing_are_left_alone(text):
    assert hold_reasons(text) == []


def test_several_reasons_are_told_at_once():
    found = hold_reasons("131052-308T, puh. 040 123 4567", "")
    assert [reason.value for reason in found] == ["identity_code", "contact_details"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Tämä on suomenkielinen kommentti palveluista.", "fi"),
        ("Det här är en kommentar på svenska om servicen.", "sv"),
        ("This comment has been written in English for you.", "other"),
        ("Ok.", ""),
    ],
)
def test_the_language_is_guessed_only_from_enough_text(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("nul\x00 ja \x07 kello", "nul ja  kello"),
        ("\ud800 yksin", "yksin"),
        ("a   \nb", "a\nb"),
        ("\U0001f469\u200d\U0001f467 \u200f\u05e9\u05dc", "\U0001f469\u200d\U0001f467 \u200f\u05e9\u05dc"),
        ("<script>x</script>", "<script>x</script>"),
        ("a\u0308", "ä"),
        ("  \n\n ", ""),
    ],
)
def test_text_is_kept_as_people_see_it(sent, kept):
    assert plain_text(sent) == kept


def test_a_name_is_one_line_and_a_repeated_text_is_known_by_its_words():
    assert one_line(" Maija\nEsimerkki ") == "Maija Esimerkki"
    assert same_text("Ei näin!!!  Ei.") == same_text("ei näin – ei")
    assert same_text("Ei näin") != same_text("Ei noin")


LONG = 10_000
SLOW = ["a", "a-", "\u3316", "a@", "1 ", "minulla on ", "sairastan aa "]


@pytest.mark.parametrize("text", [*(again * LONG for again in SLOW), "minulla on" + " " * LONG + "aa" * LONG])
def test_no_text_takes_long_to_read(text):
    """What anybody may send is read in a time that grows as the text does."""
    begun = time.process_time()
    hold_reasons(text)
    assert time.process_time() - begun < 1


@pytest.mark.parametrize("clean", [plain_text, one_line, same_text])
def test_no_length_of_blanks_takes_long_to_clean(clean):
    begun = time.process_time()
    assert clean("a" + " " * 200_000 + "b").split() == ["a", "b"]
    assert time.process_time() - begun < 1
