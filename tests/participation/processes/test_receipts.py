import uuid

from hypothesis import given
from hypothesis import strategies as st

from participation.processes.receipts import read_receipt_code, receipt_code

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@given(st.uuids())
def test_a_code_leads_back_to_its_contribution(public_id):
    code = receipt_code(public_id)
    assert read_receipt_code(code) == public_id
    assert read_receipt_code(code.lower().replace("-", " ").replace("o", "0").replace("i", "1")) == public_id
    assert receipt_code(public_id) == code


@given(st.uuids(), st.integers(0, 51), st.integers(1, 31))
def test_a_code_with_a_changed_letter_leads_nowhere(public_id, place, shift):
    plain = receipt_code(public_id).replace("-", "")
    changed = ALPHABET[(ALPHABET.index(plain[place]) + shift) % 32]
    # The last letter carries only one bit of the code.
    if place == 51 and (ALPHABET.index(changed) ^ ALPHABET.index(plain[place])) < 16:
        return
    assert read_receipt_code(plain[:place] + changed + plain[place + 1 :]) is None


@given(st.text(max_size=80))
def test_other_text_leads_nowhere(text):
    assert read_receipt_code(text) is None


def test_the_public_id_alone_is_no_code():
    public_id = uuid.uuid4()
    assert read_receipt_code(str(public_id)) is None
    assert read_receipt_code(public_id.hex) is None


def test_another_key_makes_other_codes_and_an_old_one_is_still_read(settings):
    public_id = uuid.uuid4()
    old = receipt_code(public_id)
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-another-key-another-key"
    assert receipt_code(public_id) != old
    assert read_receipt_code(old) is None
    settings.SECRET_KEY_FALLBACKS = [before]
    assert read_receipt_code(old) == public_id
