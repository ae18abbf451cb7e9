"""An e-mail address a letter off a known carrier is asked back once: no code would arrive."""

import pytest
from django.test import Client
from django.urls import reverse

from visavis.people import addresses


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"), ("gmail.con", "gmail.com"), ("gmail.co", "gmail.com"), ("gmai.com", "gmail.com"),
        ("gmail.fr", "gmail.com"), ("wanado.fr", "wanadoo.fr"), ("hotmal.fr", "hotmail.fr"),
        ("hotmail.con", "hotmail.com"),
        ("oranqe.fr", "orange.fr"), ("laposte.ne", "laposte.net"), ("yaho.fr", "yahoo.fr"), ("outlok.fr", "outlook.fr"),
        ("gmail.com", ""), ("mail.com", ""), ("free.fr", ""), ("orange.com", ""), ("valence.fr", ""),
        ("emploi.example", ""),
    ],
)  # fmt: skip
def test_a_letter_off_a_known_carrier_is_found_and_nothing_else(typed: str, meant: str) -> None:
    assert addresses.likely(f"lina@{typed}") == (f"lina@{meant}" if meant else "")


@pytest.mark.django_db
def test_it_is_asked_back_once_with_what_was_typed_kept() -> None:
    client, url = Client(), reverse("account_signup")
    asked = client.post(url, {"address": "Lina@gmial.com"})
    page = asked.content.decode()
    assert asked.status_code == 200 and "lina@gmail.com" in page and 'value="Lina@gmial.com"' in page
    assert 'name="as_typed" value="lina@gmial.com"' in page
    assert client.post(url, {"address": "Lina@gmial.com", "as_typed": "lina@gmial.com"}).status_code == 302
    # Another one is asked back again, and a right one is not.
    assert client.post(url, {"address": "lina@wanado.fr", "as_typed": "lina@gmial.com"}).status_code == 200
    assert Client().post(url, {"address": "lina@gmail.com"}).status_code == 302
