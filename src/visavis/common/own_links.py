"""Codes in links that only this site can write: the number of a row, and signs made from what the row is."""

from base64 import urlsafe_b64encode

from django.utils.crypto import salted_hmac

# 132 bits.
SIGNS = 22
MOST_DIGITS = 16


def code_of(number: int, of: str, told: str) -> str:
    """Return the code of a row: its number and signs over what is told of it, under a name of what it opens."""
    digest = salted_hmac(of, told, algorithm="sha256").digest()
    return f"{number}-{urlsafe_b64encode(digest).decode()[:SIGNS]}"


def number_of(code: str) -> int:
    """Return the number that a code says; 0, which no row has, where it says none."""
    number, _dash, _signs = code.partition("-")
    return int(number) if number.isascii() and number.isdigit() and len(number) < MOST_DIGITS else 0
