"""Chance without a float."""

from collections import Counter
from contextlib import suppress
from decimal import Decimal, localcontext
from itertools import combinations
from math import comb

import pytest

from visavis.privacy.exact import SECURE, below, columns, exp_from_below, subset_at
from visavis.privacy.privset import MOST_THOUSANDTHS


def test_the_weight_is_the_whole_part_for_every_epsilon() -> None:
    with localcontext(prec=60):
        for thousandths in range(1, MOST_THOUSANDTHS + 1):
            exact = (Decimal(thousandths) / 1000).exp() * 2**32
            assert exp_from_below(thousandths, 32) == int(exact)


def test_each_number_comes_from_as_many_bytes_and_every_subset_has_one_number() -> None:
    """Every first byte is tried; what it does not answer asks for another one."""
    for total in (1, 2, 3, 5, 100, 128, 129, 255, 256):
        found: Counter[int] = Counter()
        for byte in range(256):
            readings = [bytes([byte])]
            with suppress(IndexError):
                found[below(total, lambda count, readings=readings: readings.pop()[:count])] += 1
        assert set(found) == set(range(total)) and len(set(found.values())) == 1
    for n in range(1, 9):
        for size in range(n + 1):
            table = columns(n, size)
            seen = [tuple(subset_at(number, size, table)) for number in range(comb(n, size))]
            assert sorted(seen) == list(combinations(range(n), size))
    assert SECURE.__module__ == "secrets" and len(SECURE(9)) == 9


def test_a_number_keeps_every_bit_or_is_read_again_from_a_source_that_must_not_run_dry() -> None:
    assert below(2**70, lambda count: b"\x3f" + b"\xff" * (count - 1)) == 2**70 - 1
    stream = iter([b"\xff", b"\xe5", b"\x63"])
    assert below(100, lambda _count: next(stream)) == 99 and next(stream, None) is None
    with pytest.raises(ValueError, match="the source gave 0 bytes for 1"):
        below(100, lambda _count: b"")
    with pytest.raises(ValueError, match="at least 1"):
        below(0)
