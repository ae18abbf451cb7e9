"""How long a text message is, in places and messages (3GPP TS 23.038)."""

import pytest

from visavis.people import gsm


@pytest.mark.parametrize(
    ("text", "places", "parts"),
    [
        ("", 0, 1),
        ("a" * 160, 160, 1),
        ("a" * 161, 161, 2),
        ("a" * 306, 306, 2),
        ("a" * 307, 307, 3),
        ("é" * 160, 160, 1),
        ("ê", 1, 1),
        ("ê" * 70, 70, 1),
        ("ê" * 71, 71, 2),
        ("ê" * 134, 134, 2),
        ("ê" * 135, 135, 3),
        ("€" * 80, 160, 1),
        ("€" * 81, 162, 2),
        ("😀" * 35, 70, 1),
        ("😀" * 36, 72, 2),
    ],
)
def test_how_many_places_and_messages_a_text_takes(text: str, places: int, parts: int) -> None:
    assert (gsm.places(text), gsm.parts(text)) == (places, parts)


@pytest.mark.parametrize("sign", "êâîôûëïüçœÂÊ’«»–…\u00a0\u202f")
def test_a_sign_outside_the_alphabet_is_written_as_a_phone_can(sign: str) -> None:
    plain = gsm.plain(f"a{sign}b")
    assert gsm.is_in_alphabet(plain)
    assert len(plain) > 2


def test_what_the_alphabet_has_stays() -> None:
    assert gsm.plain("À bientôt, é è ù à Ç ü ñ €") == "A bientot, é è ù à Ç ü ñ €"
