"""What a device sends, byte for byte, and counts of it: reports are counted and thrown away.

A report is one line of JSON that a person can read. It has one form only: bytes that `read` accepts are the bytes
that `write` makes, so nothing can be hidden in spaces, in the order of fields or in a field of one's own.
`companion/src/privacy/report.js` writes the same bytes.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from visavis.privacy.arrays import IntArray
from visavis.privacy.privset import PrivSet

NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,39}")


@dataclass(frozen=True)
class Survey:
    """What every report of one period says besides its items: the same for everybody, so it tells nothing.

    Raises
    ------
    ValueError
        When the name of the table has other characters than a-z, 0-9, point and hyphen.
    """

    table: str  # which edition of the list of interests the numbers point into
    mechanism: PrivSet  # how reports are drawn

    def __post_init__(self) -> None:
        """Check the name: it is written without any escaping."""
        if not NAME.fullmatch(self.table):
            raise ValueError(f"the table's name is a-z, 0-9, point and hyphen, seen {self.table!r}")

    def write(self, items: list[int], group: str = "") -> bytes:
        """Return the report's bytes. The group is not protected: a family of occupations, chosen by the person.

        >>> Survey("2026-1", PrivSet(8, 3, 2, 1000)).write([4, 9], "m18").decode()
        '{"report":"privset-1","table":"2026-1","epsilon":1000,"k":8,"m":3,"s":2,"group":"m18","items":[4,9]}'
        """
        if not self.mechanism.is_report(items) or (group and not NAME.fullmatch(group)):
            raise ValueError("not a report of this survey")
        one = self.mechanism
        fields = {
            "report": "privset-1",
            "table": self.table,
            "epsilon": one.epsilon_thousandths,
            "k": one.k,
            "m": one.m,
            "s": one.s,
            "group": group,
            "items": items,
        }
        return json.dumps(fields, separators=(",", ":")).encode()

    @property
    def longest(self) -> int:
        """Bytes that no report passes."""
        widest = len(self.write(list(range(self.mechanism.s)))) - 2 * self.mechanism.s
        return widest + self.mechanism.s * (len(str(self.mechanism.d)) + 1) + 40

    def read(self, received: bytes) -> tuple[list[int], str]:
        """Return a report's items and group.

        Raises
        ------
        ValueError
            When these are not, to the byte, what `write` makes: another period, another table, anything else.
        """
        if len(received) > self.longest:
            raise ValueError("longer than a report")
        try:
            fields = json.loads(received)
            items, group = fields["items"], fields["group"]
            # True is 1 and 1.0 is 1 in Python, not in a report.
            are_plain = type(group) is str and all(type(item) is int for item in items)
            if are_plain and self.write(items, group) == received:
                return items, group
        except (KeyError, TypeError, RecursionError, UnicodeDecodeError):
            pass
        raise ValueError("not a report of this survey")


@dataclass(frozen=True)
class Counts:
    """All that is kept of reports: how many, and in how many of them each item stands."""

    mechanism: PrivSet  # how they were drawn
    reports: int  # how many, n
    items: IntArray  # (d,): how many hold each item, dummies included; each in [0, n]

    def __post_init__(self) -> None:
        """Check that so many reports can have given these counts."""
        if self.items.shape != (self.mechanism.d,) or self.items.sum() != self.reports * self.mechanism.s:
            raise ValueError(
                f"{self.mechanism.d} counts that add up to {self.reports} · {self.mechanism.s}, seen {self.items}"
            )
        if len(self.items) and not 0 <= self.items.min() <= self.items.max() <= self.reports:
            raise ValueError(f"each count in [0, {self.reports}], seen {self.items}")

    def __add__(self, other: "Counts") -> "Counts":
        """Return the counts of both."""
        if other.mechanism != self.mechanism:
            raise ValueError("drawn in two ways: see estimates.estimate, that takes several counts")
        return Counts(self.mechanism, self.reports + other.reports, self.items + other.items)


def count(mechanism: PrivSet, batches: Iterable[IntArray]) -> Counts:
    """Count reports, batch after batch; a batch is read once and not kept.

    Parameters
    ----------
    mechanism : PrivSet
        How all of them were drawn.
    batches : iterable of array of int64, shape (B, s)
        Items in [0, d); B may differ.

    Raises
    ------
    ValueError
        When a batch has another width than s, or an item is out of range.

    Examples
    --------
    >>> count(PrivSet(3, 1, 2, 1000), [np.array([[0, 1], [0, 3]]), np.array([[1, 2]])]).items.tolist()
    [2, 2, 1, 1]
    """
    reports, items = 0, np.zeros(mechanism.d, dtype=np.int64)
    for batch in batches:
        if batch.ndim != 2 or batch.shape[1] != mechanism.s:
            raise ValueError(f"a batch is (B, {mechanism.s}), seen {batch.shape}")
        if batch.size and not 0 <= batch.min() <= batch.max() < mechanism.d:
            raise ValueError(f"items are in [0, {mechanism.d})")
        reports += len(batch)
        items += np.bincount(batch.ravel(), minlength=mechanism.d)
    return Counts(mechanism, reports, items)
