"""The closed lists of codes that constraints are made of, and their bits.

A set of codes travels as one integer: bit ``n`` is the code at place ``n`` of its tuple.
"""

from collections.abc import Iterable, Sequence

CONTRACTS = ("permanent", "fixed_term", "temporary", "seasonal", "apprenticeship", "self_employed", "other")
"""Kinds of contract, in bit order."""

LICENCES = (
    "A", "A1", "AM", "B", "BE", "C", "CE", "C1", "D", "D1",
    "caces_1", "caces_3", "caces_5", "caces_other", "fimo",
)  # fmt: skip
"""Driving licences and machine certificates, in bit order."""

CONDITIONS = (
    "night", "early_morning", "evening", "saturday", "sunday", "split_shifts", "shifts", "travel", "outdoors",
    "heavy_loads", "heights", "standing", "noise", "cold", "heat", "public_contact", "screen", "remote",
)  # fmt: skip
"""Work conditions a vacancy may have and a person may avoid, in bit order."""

TRANSPORTS = ("walk", "bike", "transit", "car")
"""Ways to get to work; how fast each is stands in `travel`."""

UNKNOWN_LEVEL = -1
"""An education level or a number of months nobody gave."""

UNKNOWN_DAY = -(2**31)
"""A date nobody gave, among int32 days since 1970-01-01."""


def mask(codes: Iterable[str], among: Sequence[str]) -> int:
    """Turn codes into one integer.

    Parameters
    ----------
    codes : iterable of str
        Codes of `among`, in any order, repeated or not.
    among : sequence of str
        `CONTRACTS`, `LICENCES` or `CONDITIONS`.

    Returns
    -------
    int
        The sum of ``2**place`` over the distinct codes, 0 when there are none.

    Raises
    ------
    ValueError
        A code is not in `among`.

    Examples
    --------
    >>> mask(["permanent", "temporary"], CONTRACTS)
    5
    """
    bits = 0
    for code in codes:
        if code not in among:
            raise ValueError(f"unknown code {code!r}; expected one of {', '.join(among)}")
        bits |= 1 << among.index(code)
    return bits


def codes(bits: int, among: Sequence[str]) -> tuple[str, ...]:
    """Turn one integer back into its codes, in the order of `among`.

    Examples
    --------
    >>> codes(5, CONTRACTS)
    ('permanent', 'temporary')
    """
    return tuple(code for place, code in enumerate(among) if bits >> place & 1)
