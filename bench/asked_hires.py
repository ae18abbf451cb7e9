"""Who would be hired if everybody in a town read the lists served, round after round: what spreading gains.

As in `spread_market.py`, in the town's own lists: a person looks at rank r with chance 1/log2(r + 1), wants or not,
is wanted or not, by truths that the engine sees with an error (0.7 in logits; half of what makes a chance is hers,
half the employer's). Employers take whom they want most, people the offer they want most; those hired look no more,
filled vacancies close, what was tried is put aside, and the next night makes the lists anew. Each way meets the same
dice. The first round is lived many times, under other truths. All is rolled back.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from bench import asked_lists
from bench.asked_lists import Seen
from bench.spread_market import attention, sigmoid
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import in_memory
from visavis.matches.making import ranking
from visavis.matches.models import Opinion
from visavis.vacancies.models import Vacancy

ERROR, FIRST_ROUNDS = 0.7, 40


@dataclass(frozen=True)
class Answers:
    """What came of one round: pairs tried, and who was hired where."""

    tried: list[tuple[int, int]]
    hired: dict[int, int]


def lived(strength: float | None, rounds: int, seed: int, done: Callable[[], None]) -> dict[str, list[int]]:
    """Return the hires of each round, and of many first rounds; the database is as before afterwards."""
    first, hired = [], []
    with transaction.atomic():
        lives = [Life((seed, 13, number)) for number in range(FIRST_ROUNDS)]
        for turn in range(rounds):
            ranking.rank_everybody(strength=strength)
            seen = asked_lists.shown()
            if turn == 0:
                first = [len(life.round(seen).hired) for life in lives[1:]]
            answers = lives[0].round(seen)
            _remember(answers)
            hired.append(len(answers.hired))
            done()
        transaction.set_rollback(True)
    in_memory.forget()
    return {"rounds": hired, "first": [hired[0], *first]}


class Life:
    """Truths and dice of every pair, fixed by the seed."""

    def __init__(self, seed: tuple[int, ...]) -> None:
        self.dice = np.random.default_rng(seed)
        self.people, self.work = _numbers(Jobseeker.objects.looking()), _numbers(Vacancy.objects.open())
        self.shape = len(self.people), len(self.work)
        self.want, self.hire = (ERROR * self.dice.normal(size=self.shape) for _side in range(2))

    def round(self, seen: list[Seen]) -> Answers:
        """Let everybody read, apply and be answered once."""
        looks, wants, yes = (self.dice.random(self.shape) for _what in range(3))
        at = (
            np.searchsorted(self.people, [one.person for one in seen]),
            np.searchsorted(self.work, [one.vacancy for one in seen]),
        )
        half = 0.5 * np.log1p(np.exp(-np.array([one.score for one in seen])))
        believed = -np.log(np.expm1(half))
        want, hire = sigmoid(believed + self.want[at]), sigmoid(believed + self.hire[at])
        is_seen = looks[at] < attention(np.array([one.turn for one in seen]))
        applied = is_seen & (wants[at] < want)
        is_yes = np.flatnonzero(applied & (yes[at] < hire))
        order = is_yes[np.lexsort((at[0][is_yes], -hire[is_yes]))].tolist()
        tried = [(seen[place].person, seen[place].vacancy) for place in np.flatnonzero(applied).tolist()]
        return Answers(tried, _hired([(seen[place], float(want[place])) for place in order]))


def _hired(yes: list[tuple[Seen, float]]) -> dict[int, int]:
    """Give those an employer wants, most first, his positions; each person takes the offer she wants most."""
    room = dict(Vacancy.objects.open().values_list("pk", "positions"))
    best: dict[int, tuple[float, int]] = {}
    for one, want in yes:
        if room[one.vacancy]:
            room[one.vacancy] -= 1
            best[one.person] = max(best.get(one.person, (0.0, 0)), (want, one.vacancy))
    return {person: work for person, (_want, work) in best.items()}


def _remember(answers: Answers) -> None:
    """Write what came of a round to the rows that the next night reads."""
    said = Opinion.objects.filter(jobseeker__in={person for person, _work in answers.tried})
    said.exclude(kind=Opinion.Kind.NOT_FOR_ME).delete()
    Opinion.objects.bulk_create(
        (
            Opinion(jobseeker_id=person, vacancy_id=work, kind=Opinion.Kind.NOT_FOR_ME)
            for person, work in answers.tried
        ),
        ignore_conflicts=True,
    )
    Jobseeker.objects.filter(pk__in=answers.hired).update(is_looking=False)
    for work in answers.hired.values():
        vacancy = Vacancy.objects.get(pk=work)
        left = vacancy.positions - 1
        change = {"positions": left} if left else {"state": Vacancy.State.FILLED}
        Vacancy.objects.filter(pk=work).update(**change)


def _numbers(rows: object) -> np.ndarray:
    return np.array(list(rows.order_by("pk").values_list("pk", flat=True)))  # type: ignore[attr-defined]
