"""What a person wants to do, has done and has learnt."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from visavis.catalog.starter import Occupation, Title
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.setting import Setting

LEVELS = (0, 1, 3, 4, 5, 6, 7, 8)
AGE_AT_LEVEL = {0: 16, 1: 16, 3: 18, 4: 18, 5: 20, 6: 21, 7: 23, 8: 26}
DAYS_A_MONTH = 30.44
MOST_JOBS = 6
MOST_SKILLS = 14

_HOW_MANY_WISHES = Choice(((1, 0.52), (2, 0.33), (3, 0.15)))
_STEP = Choice(((0, 0.60), (-1, 0.18), (1, 0.18), (2, 0.04)))


@dataclass(frozen=True, slots=True)
class Job:
    """One line of a person's experience; `ended_on` is None while it lasts."""

    occupation: str
    title: str
    employer_kind: str
    started_on: dt.date
    ended_on: dt.date | None
    months: int


def wishes(dice: Dice, setting: Setting, first: Occupation) -> tuple[str, ...]:
    """One wanted occupation (52 %), two (33 %) or three (15 %), the others one move away from the first."""
    others = [move.target for move in setting.catalogue.moves_from.get(first.code, ())]
    return (first.code, *dice.sample(others, dice.weighted(_HOW_MANY_WISHES) - 1))


def education(dice: Dice, usual: int, age: int) -> int:
    """Draw the level usual in the occupation (60 %) or a step or two beside, as far as her age allows."""
    place = LEVELS.index(usual) + dice.weighted(_STEP)
    level = LEVELS[min(max(place, 0), len(LEVELS) - 1)]
    while AGE_AT_LEVEL[level] > age:
        level = LEVELS[LEVELS.index(level) - 1]
    return level


def experience(
    dice: Dice, setting: Setting, wanted: Sequence[str], *, free_since: dt.date, is_woman: bool
) -> tuple[Job, ...]:
    """Draw the last jobs of somebody free to work since that date, the latest first.

    One person in eight has never worked. One in eleven still has a job; the others stopped a median of five
    months ago. A job lasts a median of 14 months. The latest is in a wanted occupation for 68 %, else in one
    that leads to it; each earlier one is in the same (55 %), in one leading to it (30 %) or in any (15 %).
    """
    if dice.chance(0.12):
        return ()
    jobs: list[Job] = []
    still_there = dice.chance(0.09)
    end = setting.today if still_there else _earlier(setting.today, dice.lognormal(5, 1.0))
    occupation = dice.pick(wanted) if dice.chance(0.68) else _before(dice, setting, wanted[0])
    while len(jobs) < MOST_JOBS:
        start = max(_earlier(end, min(dice.lognormal(14, 0.9), 300)), free_since)
        months = round((end - start).days / DAYS_A_MONTH)
        if months < 1:
            break
        title = form(dice.pick(setting.catalogue.titles_of[occupation, "fr"]), is_woman=is_woman)
        ended_on = None if still_there and not jobs else end
        kind = dice.weighted(setting.kinds_of[occupation])
        jobs.append(Job(occupation, title, kind, start, ended_on, months))
        end = _earlier(start, dice.lognormal(2, 1.0))
        if end <= free_since or dice.chance(0.3):
            break
        if not dice.chance(0.55):
            occupation = _before(dice, setting, occupation)
    return tuple(jobs)


def skills(
    dice: Dice, setting: Setting, wanted: Sequence[str], months: Mapping[str, float]
) -> tuple[tuple[str, int], ...]:
    """Draw skills with levels 1 to 4: those of the occupations she knows, and some of those she wants.

    An essential skill is known by 75 % of those who have done the occupation (level growing with months) and by
    35 % of those who only want it (level 1 or 2); an optional one by 35 % and 12 %.
    """
    known: dict[str, int] = {}
    for occupation in dict.fromkeys((*months, *wanted)):
        done = months.get(occupation, 0.0)
        for strength, with_job, without in (("essential", 0.75, 0.35), ("optional", 0.35, 0.12)):
            for code in setting.catalogue.skills_of[occupation, strength]:
                if dice.chance(with_job if done else without):
                    known[code] = max(known.get(code, 0), _level(dice, done))
    return tuple(list(known.items())[:MOST_SKILLS])


def form(title: Title, *, is_woman: bool) -> str:
    """Return the title as she or he would say it."""
    return title.feminine if is_woman else title.masculine


def _before(dice: Dice, setting: Setting, occupation: str) -> str:
    leading = setting.leading_to.get(occupation)
    return dice.pick(leading) if leading and dice.chance(0.67) else dice.weighted(setting.occupations).code


def _level(dice: Dice, months: float) -> int:
    level = 1 + (months >= 6) + (months >= 36) + (months >= 96)
    return min(max(level + dice.pick((-1, 0, 0, 0, 1)), 1), 4)


def _earlier(date: dt.date, months: float) -> dt.date:
    return date - dt.timedelta(days=min(round(months * DAYS_A_MONTH), 18_000))
