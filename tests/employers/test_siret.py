"""The key of a SIRET, La Poste's own rule, and what is said of one mistyped."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from visavis.employers.forms import SiretField
from visavis.employers.siret import as_written, has_its_key, luhn

REAL = ["73282932000074", "35600000000048", "44306184100047"]


@pytest.mark.parametrize("digits", REAL)
def test_a_real_one_has_its_key(digits: str) -> None:
    assert has_its_key(digits)


@pytest.mark.parametrize(("digits", "has_key"), [("35600000049837", True), ("35600000049838", False)])
def test_la_poste_counts_by_five(digits: str, has_key: bool) -> None:
    assert luhn(digits) % 10
    assert has_its_key(digits) == has_key


@given(st.sampled_from(REAL[::2]), st.integers(0, 13), st.integers(1, 9))
def test_one_digit_mistyped_is_always_seen(digits: str, place: int, more: int) -> None:
    wrong = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert not has_its_key(wrong)


@pytest.mark.parametrize("typed", ["732 829 320 00074", "732.829.320.00074", " 73282932000074 "])
def test_it_is_read_however_it_is_spaced(typed: str) -> None:
    assert SiretField().clean(typed) == "73282932000074"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("7328293200007", "length"), ("73282932000075", "key"), ("7328293200007A", "letters"),
     ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "letters"), ("00000000000000", "key"), ("", "required")],
)  # fmt: skip
def test_what_is_wrong_is_said(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        SiretField().clean(typed)
    assert refusal.value.error_list[0].code == code


def test_it_is_written_as_on_papers() -> None:
    assert as_written("73282932000074") == "732 829 320 00074"
