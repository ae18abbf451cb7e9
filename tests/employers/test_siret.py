"""The key of a SIRET, La Poste's own rule, and what is said of one mistyped."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from visavis.employers.forms import SiretField
from visavis.employers.siret import as_written, has_its_key, luhn

REAL = ["73282932000074", "35600000000048", "44306184100047"]


@given(st.sampled_from(REAL[::2]), st.integers(0, 13), st.integers(1, 9))
def test_one_digit_mistyped_is_always_seen(digits: str, place: int, more: int) -> None:
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert not has_its_key(wrong)


def test_a_real_one_has_its_key_however_it_is_spaced() -> None:
    assert all(has_its_key(digits) for digits in REAL)
    for digits, has_key in (("35600000049837", True), ("35600000049838", False)):
        assert luhn(digits) % 10
        assert has_its_key(digits) == has_key
    for typed in ("732 829 320 00074", "732.829.320.00074", " 73282932000074 "):
        assert SiretField().clean(typed) == "73282932000074"
    assert as_written("73282932000074") == "732 829 320 00074"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("7328293200007", "length"), ("73282932000075", "key"), ("7328293200007A", "letters"),
     ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "letters"), ("00000000000000", "key"), ("", "required")],
)  # fmt: skip
def test_what_is_wrong_is_said(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        SiretField().clean(typed)
    assert refusal.value.error_list[0].code == code
