"""The number of a French establishment: nine digits of the firm (SIREN), five of the place, and their key."""

LENGTH = 14
# La Poste has more places than the key allows: there the sum of the digits is a multiple of five (INSEE).
LA_POSTE = "356000000"


def digits_of(text: str) -> str:
    """Return what was typed without the spaces, points and hyphens that people put between."""
    return "".join(sign for sign in text if sign not in " \u00a0\u202f.-")


def is_number(digits: str) -> bool:
    return digits.isascii() and digits.isdigit()


def has_its_key(digits: str) -> bool:
    """Say whether fourteen digits go together: Luhn's sum, or La Poste's.

    >>> has_its_key("73282932000074"), has_its_key("73282932000075")
    (True, False)
    """
    if len(digits) != LENGTH or not is_number(digits) or not int(digits):
        return False
    return luhn(digits) % 10 == 0 or (digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0)


def luhn(digits: str) -> int:
    """Add the digits, every second one from the right doubled and cast out by nine (ISO/IEC 7812-1, annex B)."""
    return sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(digits)))


def as_written(digits: str) -> str:
    """Write it as it stands on papers: 732 829 320 00074."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:9]} {digits[9:]}" if len(digits) == LENGTH else digits
