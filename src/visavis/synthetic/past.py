"""The people and the vacancies of past months: a town's employers hired for some occupations, not for all."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from visavis.synthetic import rhythm
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.employers import Employer
from visavis.synthetic.history import Opening, Seeker
from visavis.synthetic.market import SyntheticMarket
from visavis.synthetic.people import Jobseeker
from visavis.synthetic.vacancies import Vacancy

OFTEN, SELDOM = 18, 9
_MOST_POSITIONS = 3
_LOOKS_DAYS, _SPREAD = 190, 0.5
# Numbers of people that still have a phone number of their own.
_NUMBERS = 9_900


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much past there is to be, and between which days."""

    first: dt.date
    last: dt.date
    vacancies: int = 410
    people: int = 860


def openings(
    market: SyntheticMarket, dice: Dice, employers: Sequence[Employer], wanted: Wanted
) -> list[Opening]:
    """Draw past vacancies of these employers: many for some occupations, a few for others, none for the rest."""
    drawn = _many(market, dice, employers, wanted)
    order = [code for code, _count in Counter(one.occupation for one in drawn).most_common()]
    often = wanted.vacancies // OFTEN
    room = dict.fromkeys(order[:OFTEN], often + often // 6) | dict.fromkeys(
        order[OFTEN : OFTEN + SELDOM], max(often // 5, 1)
    )
    kept: list[Opening] = []
    for vacancy in drawn:
        if room.get(vacancy.occupation, 0) and vacancy.positions <= _MOST_POSITIONS:
            room[vacancy.occupation] -= 1
            kept.append(Opening(vacancy, vacancy.published_on))
    return kept


def _many(
    market: SyntheticMarket, dice: Dice, employers: Sequence[Employer], wanted: Wanted
) -> list[Vacancy]:
    days, who = rhythm.days(wanted.first, wanted.last), Choice((one, one.size**0.5) for one in employers)
    drawn = []
    for number in range(wanted.vacancies * 3):
        day = dice.weighted(days)
        drawn.append(replace(market.vacancy_on(day, dice.weighted(who), 10_000 + number), published_on=day))
    return drawn


def seekers(
    market: SyntheticMarket,
    dice: Dice,
    occupations: frozenset[str],
    wanted: Wanted,
    *,
    after: int,
    is_near: Callable[[Jobseeker], bool],
) -> list[Seeker]:
    """Draw past people, numbered after that number, who live near and wanted one of these occupations."""
    near = (
        one for one in _arriving(market, dice, wanted, after)
        if occupations & set(one.person.occupations) and is_near(one.person)
    )  # fmt: skip
    return [one for _place, one in zip(range(wanted.people), near, strict=False)]


def _arriving(market: SyntheticMarket, dice: Dice, wanted: Wanted, after: int) -> Iterator[Seeker]:
    span = (wanted.last - wanted.first).days + 60
    for number in range(after + 1, _NUMBERS):
        since = wanted.first + dt.timedelta(days=dice.between(-60, span - 60))
        stays = min(dice.lognormal(_LOOKS_DAYS, _SPREAD), 500)
        until = min(since + dt.timedelta(days=round(stays)), wanted.last + dt.timedelta(days=30))
        yield Seeker(market.jobseeker_on(since, number), since, until)


def since(dice: Dice, person: Jobseeker, today: dt.date) -> dt.date:
    """Since when somebody who looks for work today has done so: her last job's end, or some months."""
    months_ago = today - dt.timedelta(days=round(min(dice.lognormal(170, 0.8), 500)))
    ended = [job.ended_on for job in person.experience if job.ended_on is not None]
    is_at_work = any(job.ended_on is None for job in person.experience)
    return max(months_ago, max(ended)) if ended and not is_at_work else months_ago
