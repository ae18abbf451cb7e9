"""Who would be hired if everybody in a town read the lists served, round after round: what spreading gains.

As in `spread_market.py`, in the town's own lists: a person looks at rank r with chance 1/log2(r + 1), wants or not,
is wanted or not, by truths that the engine sees with an error (0.7 in logits); those hired look no more, a filled
vacancy closes, what was tried is put aside, and the next night makes the lists anew. Each way meets the same dice.
All is rolled back.
"""

from collections.abc import Callable

import numpy as np
from django.db import transaction

from bench import asked_lists
from bench.spread_market import attention, sigmoid
from visavis.catalog import cache
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import sides
from visavis.matches.making import ranking
from visavis.matches.models import Opinion
from visavis.vacancies.models import Vacancy

ERROR = 0.7


def lived(strength: float | None, rounds: int, seed: int, done: Callable[[], None]) -> list[int]:
    """Return how many are hired in each round; the database is as before afterwards."""
    with transaction.atomic():
        life = Life(seed)
        hired = []
        for _round in range(rounds):
            ranking.rank_everybody(strength=strength)
            hired.append(life.round())
            done()
        transaction.set_rollback(True)
    sides.forget()
    return hired


class Life:
    """Truths and dice of every pair, fixed by the seed."""

    def __init__(self, seed: int) -> None:
        self.dice = np.random.default_rng((seed, 13))
        self.people = {pk: row for row, pk in enumerate(_numbers(Jobseeker.objects.looking()))}
        self.work = {pk: row for row, pk in enumerate(_numbers(Vacancy.objects.open()))}
        shape = len(self.people), len(self.work)
        self.want, self.hire = (ERROR * self.dice.normal(size=shape) for _side in range(2))
        self.user = dict(Jobseeker.objects.values_list("pk", "user"))

    def round(self) -> int:
        """Let everybody read, apply and be answered once; return how many are hired."""
        shape = self.want.shape
        looks, wants, yes = (self.dice.random(shape) for _what in range(3))
        applied = []
        for match in asked_lists.shown():
            person, work = self.people[match.person], self.work[match.vacancy]
            # Half of what makes the chance is hers, half the employer's.
            half = 0.5 * np.log1p(np.exp(-match.score))
            believed = -np.log(np.expm1(half))
            want = float(sigmoid(believed + self.want[person, work]))
            hire = float(sigmoid(believed + self.hire[person, work]))
            if looks[person, work] < attention(match.turn) and wants[person, work] < want:
                applied.append((match.person, match.vacancy, want, hire, bool(yes[person, work] < hire)))
        self._aside([one[:2] for one in applied])
        return self._hired([one for one in applied if one[4]])

    def _aside(self, pairs: list[tuple[int, int]]) -> None:
        Opinion.objects.filter(jobseeker__in={one for one, _work in pairs}).exclude(
            kind=Opinion.Kind.NOT_FOR_ME
        ).delete()
        Opinion.objects.bulk_create(
            (
                Opinion(jobseeker_id=one, vacancy_id=work, kind="not_for_me", said_by_id=self.user[one])
                for one, work in pairs
            ),
            ignore_conflicts=True,
        )

    def _hired(self, yes: list[tuple[int, int, float, float, bool]]) -> int:
        """Employers take whom they want most, people the offer they want most."""
        left = dict(Vacancy.objects.open().values_list("pk", "positions"))
        room, offers = dict(left), {}
        for person, work, want, _hire, _yes in sorted(yes, key=lambda one: (-one[3], one[0])):
            if room[work]:
                room[work] -= 1
                offers.setdefault(person, []).append((want, work))
        for person, made in offers.items():
            work = max(made)[1]
            left[work] -= 1
            Jobseeker.objects.filter(pk=person).update(is_looking=False)
            Vacancy.objects.filter(pk=work).update(
                **({"positions": left[work]} if left[work] else {"state": Vacancy.State.FILLED})
            )
        cache.forget_all()
        return len(offers)


def _numbers(rows: object) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))  # type: ignore[attr-defined]
