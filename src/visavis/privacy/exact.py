"""Exact chance: whole numbers drawn from secure bits, subsets numbered, and e^ε from below, without a float.

A float that stands for a probability is rounded, and what is rounded can tell which input was used (Mironov
2012). Here every probability is a ratio of two whole numbers. `companion/src/privacy/exact.js` is the twin of
this file: the same bytes in give the same numbers out.
"""

import secrets
from bisect import bisect_right
from collections.abc import Callable
from math import comb

type Bytes = Callable[[int], bytes]
"""A source of bytes: how many in, that many out."""

SECURE: Bytes = secrets.token_bytes
"""The operating system's source, the only one that a report of a person may be drawn from."""

SERIES_BITS = 96
"""Bits behind the point while the series of e^ε is added up."""


def below(total: int, source: Bytes = SECURE) -> int:
    """Draw a whole number in [0, total), each with the same chance, exactly.

    As many bytes as `total` - 1 needs are read, the bits too many of the first one are taken off, and what is
    not below `total` is thrown away and read again: half of the readings at most, in the long run.

    Raises
    ------
    ValueError
        When there is nothing to draw from, or the source gave another number of bytes.

    Examples
    --------
    >>> stream = iter(b"\\xff\\x2a")
    >>> below(100, lambda count: bytes(next(stream) for _ in range(count)))
    42
    """
    if total < 1:
        raise ValueError(f"total is at least 1, seen {total}")
    bits = (total - 1).bit_length()
    width = (bits + 7) // 8
    while True:
        read = source(width)
        if len(read) != width:
            raise ValueError(f"the source gave {len(read)} bytes for {width}")
        number = int.from_bytes(read) & ((1 << bits) - 1)
        if number < total:
            return number


def columns(most: int, size: int) -> list[list[int]]:
    """Return C(c, i) for i up to `size` and c up to `most`: what `subset_at` looks numbers up in.

    >>> columns(4, 2)
    [[1, 1, 1, 1, 1], [0, 1, 2, 3, 4], [0, 0, 1, 3, 6]]
    """
    return [[comb(one, chosen) for one in range(most + 1)] for chosen in range(size + 1)]


def subset_at(number: int, size: int, table: list[list[int]]) -> list[int]:
    """Return the subset of that size and number, ascending: 0 is {0, …, size - 1}, and so on by the largest item.

    Every subset of [0, n) has one number in [0, C(n, size)) and the reverse.

    References
    ----------
    D. Knuth, "The art of computer programming", 7.2.1.3, the combinatorial number system (E. Pascal 1887).

    Examples
    --------
    >>> [subset_at(number, 2, columns(4, 2)) for number in range(6)]
    [[0, 1], [0, 2], [1, 2], [0, 3], [1, 3], [2, 3]]
    """
    chosen = []
    for left in range(size, 0, -1):
        item = bisect_right(table[left], number) - 1
        number -= table[left][item]
        chosen.append(item)
    return chosen[::-1]


def exp_from_below(thousandths: int, scale_bits: int) -> int:
    """Return the whole part of 2^scale_bits · e^(thousandths/1000), never more.

    Σ εⁱ/i! is added up in whole numbers; each term is rounded down, so the sum stays below e^ε. That it is the
    whole part and not one less is checked by the tests for every ε that a deployment may choose.

    >>> exp_from_below(1000, 32) / 2**32
    2.7182818283326924
    """
    term = total = 1 << SERIES_BITS
    step = 0
    while term:
        step += 1
        term = term * thousandths // (1000 * step)
        total += term
    return total >> (SERIES_BITS - scale_bits)
