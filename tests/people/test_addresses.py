import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings

from visavis.people import addresses
from visavis.people.addresses import Address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Amelie@Example.ORG ", Address("email", "amelie@example.org")),
        ("06 12 34 56 78", Address("phone", "+33612345678")),
        ("06.12.34.56.78", Address("phone", "+33612345678")),
        ("+33 6 12 34 56 78", Address("phone", "+33612345678")),
        ("0033612345678", Address("phone", "+33612345678")),
        ("+44 7911 123456", Address("phone", "+447911123456")),
    ],
)
def test_an_address_is_understood_as_people_type_it(typed: str, kept: Address) -> None:
    assert addresses.read(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("amelie", "amelie@", "06 12", "1" * 300, "+999 1234", "@", "éàè", "٠٦١٢"),
        # They take no text message.
        *("01 99 00 12 34", "04 75 44 00 00", "0 892 70 12 39", "0800 10 10 10"),
    ],
)
def test_what_is_no_address_or_takes_no_text_message_gets_a_sentence(typed: str) -> None:
    with pytest.raises(ValidationError):
        addresses.read(typed)


def test_numbers_of_the_demonstration_are_read_and_all_are_written_as_at_home(settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(ValidationError):
        addresses.read("06 39 98 04 47")
    settings.DEMO = True
    assert addresses.read("06 39 98 04 47") == Address("phone", "+33639980447")
    assert addresses.is_texted("+33639980447")
    with pytest.raises(ValidationError):
        addresses.read("06 39 98 04")
    # A number is written as at home and a landline is one all the same.
    assert addresses.phone_as_written("+33612345678") == "06 12 34 56 78"
    assert addresses.phone_as_written("+447911123456") == "+44 7911 123456"
    assert addresses.phone_as_written("???") == "???"
    assert addresses.read_phone("04 75 44 00 00") == "+33475440000"


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("", ""),
        ("  12 rue du  Lac \r\n\n 26000 Valence ", "12 rue du Lac\n26000 Valence"),
        ("3 Hauptstraße\n77652 Offenburg\nALLEMAGNE", "3 Hauptstraße\n77652 Offenburg\nALLEMAGNE"),
        (
            "Flat 2\n10 Downing Street\nLONDON SW1A 2AA\nROYAUME-UNI",
            "Flat 2\n10 Downing Street\nLONDON SW1A 2AA\nROYAUME-UNI",
        ),
    ],
)
def test_a_postal_address_is_kept_line_by_line(typed: str, lines: str) -> None:
    assert addresses.read_postal(typed) == lines


@pytest.mark.parametrize(
    "typed", ["12 rue du Lac", "Valence", "a\n" * 6 + "26000 Valence", "x" * 39 + "\n26000 Valence"]
)
def test_an_address_that_no_post_finds_is_asked_again(typed: str) -> None:
    with pytest.raises(ValidationError):
        addresses.read_postal(typed)
