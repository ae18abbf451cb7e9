"""PrivSet: a report about a set of interests under ε-local differential privacy.

Statement
---------
For any two sets of interests x and x' that a person may have, and any report z,
P(z | x) ≤ e^ε · P(z | x'). It holds for one report, against everybody who sees it, whatever else they know,
the service included. Several reports of one person add up: the companion's ledger keeps them.

Proof
-----
1. A set is padded with dummies to exactly m of the d = k + m items. With D = 2^32 and N the whole part of D·e^ε,
   the report, a set of s items, is drawn with weight N if it has an item in common with the padded set, else D.
2. The sum of all weights, Ω = N·H + D·M, depends on d, m, s alone, for M = C(d-m, s) sets of s items miss any
   padded set and H = C(d, s) - M meet it. So P(z | x) / P(z | x') is N/D, 1 or D/N, and N/D ≤ e^ε.
3. `below` draws u in [0, Ω), each as likely. `report_at` is a function from these Ω numbers to reports that gives
   each report exactly as many numbers as its weight: u // N counts the meeting sets, (u - N·H) // D the others.
4. Who has more than m interests keeps m, drawn by chance first. Her report is then a mixture of reports of step 1,
   and a mixture keeps the bound.
Nothing is rounded but N, downwards. `docs/privacy/reports.md` tells what the statement does not cover.

References
----------
S. Wang, L. Huang, Y. Nie, P. Wang, H. Xu, W. Yang, "PrivSet: Set-Valued Data Analyses with Locale Differential
Privacy", INFOCOM 2018. I. Mironov, "On significance of the least significant bits for differential privacy",
CCS 2012.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import comb

from visavis.privacy.exact import SECURE, Bytes, below, columns, exp_from_below, subset_at

SCALE_BITS = 32
MOST_ITEMS = 4096
MOST_THOUSANDTHS = 8000
"""A report of ε above 8 protects nobody."""


@dataclass(frozen=True)
class PrivSet:
    """The mechanism and its figures; all of them follow from k, m, s and ε.

    Raises
    ------
    ValueError
        When the numbers do not fit together.

    Examples
    --------
    >>> one = PrivSet.best(k=128, m=5, epsilon_thousandths=1000)
    >>> one.s, round(one.p, 4), round(one.q, 4)
    (7, 0.1013, 0.0507)
    """

    k: int  # interests in the table, items 0 to k - 1; the dummies are k to k + m - 1
    m: int  # items of a padded set
    s: int  # items of a report, in [1, k]
    epsilon_thousandths: int  # 1000 is ε = 1: whole numbers add up without error
    # bits of e^ε behind the point. Fewer than 32 serve the tests, that enumerate.
    scale_bits: int = SCALE_BITS

    def __post_init__(self) -> None:
        """Check once; what follows trusts it."""
        if not (1 <= self.m <= self.k and 1 <= self.s <= self.k and self.k + self.m <= MOST_ITEMS):
            raise ValueError(f"1 ≤ m, s ≤ k and k + m ≤ {MOST_ITEMS}, seen {self}")
        if not (1 <= self.epsilon_thousandths <= MOST_THOUSANDTHS and 0 <= self.scale_bits <= SCALE_BITS):
            raise ValueError(f"ε in (0, {MOST_THOUSANDTHS / 1000}], scale_bits in [0, 32], seen {self}")

    @classmethod
    def best(cls, *, k: int, m: int, epsilon_thousandths: int) -> "PrivSet":
        """Return the mechanism whose size s makes the estimates best: the least `error`, for any data.

        >>> [PrivSet.best(k=128, m=5, epsilon_thousandths=1000 * one).s for one in (1, 2, 3)]
        [7, 3, 1]
        """
        likely = 2 + 2 * (k + m) // m
        sizes = (cls(k, m, s, epsilon_thousandths) for s in range(1, min(k, likely) + 1))
        return min(sizes, key=lambda one: one.error)

    @property
    def d(self) -> int:
        """Items, dummies included."""
        return self.k + self.m

    @cached_property
    def over(self) -> int:
        """N, the weight of a report that meets the set."""
        return exp_from_below(self.epsilon_thousandths, self.scale_bits)

    @property
    def under(self) -> int:
        """D, the weight of a report that misses it."""
        return 1 << self.scale_bits

    @cached_property
    def missing(self) -> int:
        """M, how many reports miss a set."""
        return comb(self.d - self.m, self.s)

    @cached_property
    def meeting(self) -> int:
        """H, how many reports meet it."""
        return comb(self.d, self.s) - self.missing

    @cached_property
    def total(self) -> int:
        """Ω, the sum of all weights: how many numbers are drawn from."""
        return self.over * self.meeting + self.under * self.missing

    @cached_property
    def p(self) -> float:
        """Chance that an item of the set stands in the report."""
        return self.over * comb(self.d - 1, self.s - 1) / self.total

    @cached_property
    def q(self) -> float:
        """Chance that any other item does."""
        apart = comb(self.d - 1 - self.m, self.s - 1)
        return (self.over * (comb(self.d - 1, self.s - 1) - apart) + self.under * apart) / self.total

    @property
    def variance_if_rare(self) -> float:
        """Variance of an estimated share near 0, times the number of reports: q(1-q)/(p-q)²."""
        return self.q * (1 - self.q) / (self.p - self.q) ** 2

    @property
    def error(self) -> float:
        """Mean over all d items of the variance times the number of reports.

        A padded set has exactly m items, so the shares of all items add up to m, and the sum of the variances,
        (m·p(1-p) + k·q(1-q)) / (p-q)², is the same whatever people like.
        """
        inside, outside = self.p * (1 - self.p), self.q * (1 - self.q)
        return (self.m * inside + self.k * outside) / (self.d * (self.p - self.q) ** 2)

    @property
    def epsilon(self) -> float:
        """ε as a number to show and compare, never to draw with."""
        return self.epsilon_thousandths / 1000

    @cached_property
    def _within(self) -> list[list[int]]:
        return columns(self.m, self.m)

    @cached_property
    def _outside(self) -> list[list[int]]:
        return columns(self.k, self.s)

    def padded(self, interests: Iterable[int], source: Bytes = SECURE) -> list[int]:
        """Return exactly m items, ascending: those of the person, or m of them by chance, then dummies.

        >>> PrivSet(8, 3, 2, 1000).padded([5])
        [5, 8, 9]
        """
        own = sorted(interests)
        if len(set(own)) != len(own) or (own and not 0 <= own[0] <= own[-1] < self.k):
            raise ValueError(f"interests are different numbers in [0, {self.k})")
        if len(own) > self.m:
            number = below(comb(len(own), self.m), source)
            own = [own[place] for place in subset_at(number, self.m, columns(len(own), self.m))]
        return own + list(range(self.k, self.k + self.m - len(own)))

    def report_at(self, number: int, padded: list[int]) -> list[int]:
        """Return the report that a number in [0, Ω) stands for: the part of the proof that enumerates."""
        if number >= self.over * self.meeting:
            number = (number - self.over * self.meeting) // self.under
            return _around(subset_at(number, self.s, self._outside), padded)
        number //= self.over
        for common in range(1, min(self.m, self.s) + 1):
            others = self._outside[self.s - common][self.k]
            sets = self._within[common][self.m] * others
            if number < sets:
                break
            number -= sets
        inside = subset_at(number // others, common, self._within)
        apart = subset_at(number % others, self.s - common, self._outside)
        return sorted([padded[place] for place in inside] + _around(apart, padded))

    def draw(self, interests: Iterable[int], source: Bytes = SECURE) -> list[int]:
        """Draw the report of a person: s items, ascending. Call it once a period, and store what it returned.

        Raises
        ------
        ValueError
            When an interest is not in the table, or stands twice.
        """
        padded = self.padded(interests, source)
        return self.report_at(below(self.total, source), padded)

    def is_report(self, items: list[int]) -> bool:
        """Return whether `draw` can return it: s different items, ascending."""
        ascending = all(one < next_one for one, next_one in pairwise(items))
        return len(items) == self.s and ascending and items[0] >= 0 and items[-1] < self.d


def _around(places: list[int], padded: list[int]) -> list[int]:
    """Return the items that stand at these places among all that are not in the padded set; all ascending."""
    found, passed = [], 0
    for place in places:
        while passed < len(padded) and padded[passed] <= place + passed:
            passed += 1
        found.append(place + passed)
    return found
