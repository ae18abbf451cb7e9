"""Jobseekers of a made-up market.

Rough figures of French jobseekers: occupations by their share of the market, women by occupation, French a
second language for 12 %. Answers are missing as in real profiles: one in 25 is nearly empty, and every other
one leaves out each field by the share `FORGOTTEN` gives.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from visavis.catalog.starter import Title
from visavis.synthetic import answers, careers, persons, stories
from visavis.synthetic.careers import Job
from visavis.synthetic.dice import Dice
from visavis.synthetic.persons import Person
from visavis.synthetic.places import Town
from visavis.synthetic.setting import Setting
from visavis.synthetic.titles import is_senior

NEARLY_EMPTY = 0.04
FORGOTTEN: dict[tuple[str, ...], float] = {
    ("radius_km", "minutes"): 0.12,
    ("transport",): 0.12,
    ("titles",): 0.25,
    ("experience",): 0.06,
    ("education_level",): 0.08,
    ("skills",): 0.08,
    ("languages",): 0.30,
    ("licences",): 0.10,
    ("contracts",): 0.15,
    ("hours_min", "hours_max"): 0.25,
    ("available_on",): 0.20,
    ("lowest_pay_hour",): 0.35,
    ("avoid",): 0.15,
    ("interests",): 0.40,
    ("text",): 0.35,
}
"""Fields left out together, and by what share of the people."""

_BLANK: dict[str, Any] = dict.fromkeys((field for fields in FORGOTTEN for field in fields), ())
_BLANK |= dict.fromkeys(("radius_km", "minutes", "education_level", "licences", "hours_min", "hours_max"))
_BLANK |= {"available_on": None, "lowest_pay_hour": None, "transport": "", "text": ""}
_HOME_SPREAD_DEGREES = 0.0045


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobseeker:
    """One jobseeker. None and what is empty are answers not given, but for `licences`: () is "holds none".

    `titles` are her own words, one for each of `occupations`. At most one of `radius_km` and `minutes` is given.
    Skills are (code, level 1 to 4), languages (ISO 639-1, level 1 to 6). Degrees are those of her home.
    """

    id: str
    person: Person
    town: Town
    latitude: float
    longitude: float
    transport: str
    radius_km: float | None
    minutes: int | None
    occupations: tuple[str, ...]
    titles: tuple[str, ...]
    experience: tuple[Job, ...]
    education_level: int | None
    skills: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    licences: tuple[str, ...] | None
    contracts: tuple[str, ...]
    hours_min: float | None
    hours_max: float | None
    available_on: dt.date | None
    lowest_pay_hour: float | None
    avoid: tuple[str, ...]
    interests: tuple[str, ...]
    text: str

    @property
    def months(self) -> dict[str, int]:
        """Months of experience by occupation."""
        return _months(self.experience)


def draw(dice: Dice, setting: Setting) -> Iterator[Jobseeker]:
    """Draw jobseekers without end, one at a time."""
    number = 0
    while True:
        number += 1
        yield one(dice, setting, number)


def one(dice: Dice, setting: Setting, number: int) -> Jobseeker:
    """Draw the jobseeker of that number, as she is on the setting's day."""
    return _forgetful(dice, _complete(dice, setting, number))


def _complete(dice: Dice, setting: Setting, number: int) -> Jobseeker:
    occupation = dice.weighted(setting.occupations)
    codes = careers.wishes(dice, setting, occupation)
    wanted = [setting.catalogue.occupation[code] for code in codes]
    youngest = max(16, careers.AGE_AT_LEVEL[occupation.education_level] - 2)
    person = persons.draw(dice, number, women=occupation.women, youngest=youngest, today=setting.today)
    town = setting.towns.draw(dice)
    age = person.age_on(setting.today)
    education = careers.education(dice, occupation.education_level, age)
    free_at = min(careers.AGE_AT_LEVEL[education], age)
    free_since = dt.date(person.born_on.year + free_at, person.born_on.month, 1)
    jobs = careers.experience(dice, setting, codes, free_since=free_since, is_woman=person.is_woman)
    months = _months(jobs)
    languages = answers.languages(dice, education)
    if dict(languages)["fr"] <= 2 and dice.chance(0.45):
        person = replace(person, language="en")
    held = answers.licences(dice, wanted, months, age)
    travel = answers.travel(dice, town, held)
    titles = tuple(
        careers.form(
            _wished_title(dice, setting, code, is_beginner=code not in months), is_woman=person.is_woman
        )
        for code in codes
    )
    hours_min, hours_max = answers.hours(dice)
    available_on = answers.available_on(dice, setting.today)
    avoided = answers.avoid(dice, wanted)
    liked = answers.interests(dice, setting.catalogue, wanted)
    teller = stories.Teller(
        person.is_woman, town.said, titles[0], hours_max, travel.transport, education, jobs,
        occupation.code not in months, dict(languages)["fr"], avoided, liked,
        available_on == setting.today,
    )  # fmt: skip
    return Jobseeker(
        id=f"J{number:07d}",
        person=person,
        town=town,
        latitude=round(town.latitude + _HOME_SPREAD_DEGREES * dice.normal(), 5),
        longitude=round(town.longitude + _HOME_SPREAD_DEGREES * dice.normal(), 5),
        transport=travel.transport,
        radius_km=travel.radius_km,
        minutes=travel.minutes,
        occupations=codes,
        titles=titles,
        experience=jobs,
        education_level=education,
        skills=careers.skills(dice, setting, codes, months),
        languages=languages,
        licences=held,
        contracts=answers.contracts(dice, age),
        hours_min=hours_min,
        hours_max=hours_max,
        available_on=available_on,
        lowest_pay_hour=answers.lowest_pay_hour(dice, occupation, months.get(occupation.code, 0)),
        avoid=avoided,
        interests=liked,
        text=stories.tell(dice, teller, setting.catalogue, person.language),
    )


def _wished_title(dice: Dice, setting: Setting, occupation: str, *, is_beginner: bool) -> Title:
    """One of the occupation's titles; nobody begins as a chief."""
    known = setting.catalogue.titles_of[occupation, "fr"]
    return dice.pick([one for one in known if not is_senior(one)] if is_beginner else known)


def _forgetful(dice: Dice, jobseeker: Jobseeker) -> Jobseeker:
    if dice.chance(NEARLY_EMPTY):
        return replace(jobseeker, **_BLANK)
    left_out = [field for fields, share in FORGOTTEN.items() if dice.chance(share) for field in fields]
    return replace(jobseeker, **{field: _BLANK[field] for field in left_out})


def _months(jobs: tuple[Job, ...]) -> dict[str, int]:
    total: dict[str, int] = defaultdict(int)
    for job in jobs:
        total[job.occupation] += job.months
    return dict(total)
