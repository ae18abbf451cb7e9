"""Vacancies of a made-up market.

Employers post by their size, occupations by what their kind hires, contracts, conditions, licences and pay by
the occupation's figures in the catalogue. Left out, as employers do: pay for 25 % and all alternances, hours for
6 %, the date of start for 20 %, experience for 12 %.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visavis.catalog.starter import Occupation, Title
from visavis.synthetic import adverts, titles
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.employers import Employer
from visavis.synthetic.kinds import TEMPORARY
from visavis.synthetic.places import Town
from visavis.synthetic.setting import MINIMUM_WAGE, Setting

_EXPERIENCE = Choice(((None, 0.12), (0, 0.42), (6, 0.10), (12, 0.18), (24, 0.12), (36, 0.06)))
_SENIOR_EXPERIENCE = Choice(((24, 0.4), (36, 0.35), (60, 0.25)))
_FULL_TIME = Choice(((35.0, 0.80), (39.0, 0.16), (37.5, 0.04)))
_PART_TIME = Choice(((10.0, 0.08), (15.0, 0.14), (20.0, 0.26), (24.0, 0.16), (28.0, 0.14), (30.0, 0.22)))
_DURATION = {
    "fixed_term": Choice(((1, 1), (2, 2), (3, 4), (6, 6), (9, 1), (12, 4))),
    "temporary": Choice(((1, 5), (2, 3), (3, 3), (6, 1))),
    "seasonal": Choice(((1, 2), (2, 3), (3, 3), (6, 2))),
    "apprenticeship": Choice(((12, 5), (24, 4))),
}
_POSITIONS = Choice(((1, 0.85), (2, 0.08), (3, 0.04), (5, 0.02), (10, 0.01)))
_DIPLOMA_BY_LAW = frozenset(("J1304", "J1501", "J1506", "K1207"))
_ENGLISH = {
    "G1703": 0.6,
    "G1803": 0.15,
    "M1801": 0.3,
    "M1805": 0.4,
    "E1103": 0.25,
    "M1601": 0.15,
    "M1607": 0.15,
}
_LONG_SHIFTS = frozenset(("temporary", "apprenticeship"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """One vacancy. None and empty tuples say nothing is asked or known. Pay is gross € per hour."""

    id: str
    employer: Employer
    occupation: str
    title: str
    town: Town
    contract: str
    duration_months: int | None
    hours_min: float | None
    hours_max: float | None
    published_on: dt.date
    starts_on: dt.date | None
    pay_min_hour: float | None
    pay_max_hour: float | None
    licences: tuple[str, ...]
    experience_months: int | None
    experience_required: bool
    education_level: int | None
    education_required: bool
    languages: tuple[tuple[str, int], ...]
    conditions: tuple[str, ...]
    skills_essential: tuple[str, ...]
    skills_wished: tuple[str, ...]
    positions: int
    text: str


def draw(dice: Dice, setting: Setting, employers: Sequence[Employer]) -> Iterator[Vacancy]:
    """Draw vacancies of these employers without end, one at a time."""
    choice = Choice((one, one.size) for one in employers)
    number = 0
    while True:
        number += 1
        yield one(dice, setting, dice.weighted(choice), number)


def one(dice: Dice, setting: Setting, employer: Employer, number: int) -> Vacancy:
    """Draw the vacancy of that number, of this employer, as on the setting's day."""
    catalogue = setting.catalogue
    occupation = catalogue.occupation[dice.weighted(setting.hiring.occupations[employer.kind])]
    contract = _contract(dice, occupation, employer)
    title = titles.choose(dice, catalogue.titles_of[occupation.code, "fr"], employer.kind, contract)
    town = employer.town if dice.chance(0.8) else setting.towns.draw_near(dice, employer.town)
    months = _experience(dice, title, contract)
    level, level_required = _education(dice, occupation, contract)
    essential = catalogue.skills_of[occupation.code, "essential"]
    wished = tuple(dice.sample(catalogue.skills_of[occupation.code, "optional"], dice.between(1, 4)))
    hours, pay = _hours(dice, occupation, contract), _pay(dice, occupation, contract, months)
    duration = dice.weighted(_DURATION[contract]) if contract in _DURATION else None
    facts = adverts.Facts(
        kind=employer.kind,
        title=title,
        town=town.said,
        contract=contract,
        duration_months=duration,
        hours=hours,
        starts_on=_start(dice, setting.today),
        pay=pay,
        licences=() if titles.needs_no_licence(title) else _licences(dice, occupation),
        experience_months=months,
        experience_required=bool(months) and (titles.is_senior(title) or dice.chance(0.55)),
        education=None if level is None else (level, level_required),
        needs_state_diploma=level is not None and occupation.code in _DIPLOMA_BY_LAW,
        languages=(("en", dice.between(3, 4)),) if dice.chance(_ENGLISH.get(occupation.code, 0.0)) else (),
        conditions=_conditions(dice, occupation, title),
        skills=[catalogue.skill[code] for code in (*dice.sample(essential, 5), *wished)],
        positions=dice.weighted(_POSITIONS),
    )
    return Vacancy(
        id=f"V{number:07d}",
        employer=employer,
        occupation=occupation.code,
        title=titles.written(dice, title),
        town=town,
        contract=contract,
        duration_months=duration,
        hours_min=hours and hours[0],
        hours_max=hours and hours[1],
        published_on=setting.today - dt.timedelta(days=dice.between(0, 40)),
        starts_on=facts.starts_on,
        pay_min_hour=pay and pay[0],
        pay_max_hour=pay and pay[1],
        licences=tuple(facts.licences),
        experience_months=months,
        experience_required=facts.experience_required,
        education_level=level,
        education_required=level_required,
        languages=tuple(facts.languages),
        conditions=tuple(facts.conditions),
        skills_essential=essential,
        skills_wished=wished,
        positions=facts.positions,
        text=adverts.write(dice, facts),
    )


def _contract(dice: Dice, occupation: Occupation, employer: Employer) -> str:
    if employer.kind == TEMPORARY.code:
        return "temporary"
    return dice.weighted(
        Choice((kind, share) for kind, share in occupation.contracts.items() if kind != "temporary")
    )


def _conditions(dice: Dice, occupation: Occupation, title: Title) -> tuple[str, ...]:
    kept = [condition for condition, share in occupation.conditions.items() if dice.chance(share)]
    if titles.is_at_night(title):
        kept = [condition for condition in kept if condition not in ("early_morning", "remote")]
        return ("night", *(condition for condition in kept if condition != "night"))
    return tuple(kept)


def _licences(dice: Dice, occupation: Occupation) -> tuple[str, ...]:
    asked = [licence for licence, share in occupation.licences.items() if dice.chance(share)]
    return tuple(licence for licence in asked if not (licence == "B" and {"C", "CE", "D"} & set(asked)))


def _hours(dice: Dice, occupation: Occupation, contract: str) -> tuple[float, float] | None:
    if contract == "self_employed" or dice.chance(0.06):
        return None
    often_part_time = occupation.conditions.get("split_shifts", 0) >= 0.3 and contract not in _LONG_SHIFTS
    if contract != "apprenticeship" and dice.chance(0.45 if often_part_time else 0.10):
        low = dice.weighted(_PART_TIME)
        return (low, low + 5.0) if dice.chance(0.25) else (low, low)
    low = dice.weighted(_FULL_TIME)
    return (low, low)


def _pay(dice: Dice, occupation: Occupation, contract: str, months: int | None) -> tuple[float, float] | None:
    if contract in ("apprenticeship", "self_employed") or dice.chance(0.25):
        return None
    span = occupation.pay_max_hour - occupation.pay_min_hour
    part = min((months or 0) / 120 + dice.uniform() * 0.4, 0.9)
    low = round(max(occupation.pay_min_hour + part * span, MINIMUM_WAGE), 2)
    if dice.chance(0.45):
        return low, low
    return low, round(low + dice.uniform() * 0.6 * (occupation.pay_max_hour - low), 2)


def _start(dice: Dice, today: dt.date) -> dt.date | None:
    if dice.chance(0.20):
        return None
    return today if dice.chance(0.3) else today + dt.timedelta(days=dice.between(3, 75))


def _experience(dice: Dice, title: Title, contract: str) -> int | None:
    if contract == "apprenticeship":
        return 0
    if titles.is_senior(title):
        return dice.weighted(_SENIOR_EXPERIENCE)
    months = dice.weighted(_EXPERIENCE)
    return 0 if months and titles.is_junior(title) and dice.chance(0.5) else months


def _education(dice: Dice, occupation: Occupation, contract: str) -> tuple[int | None, bool]:
    if contract == "apprenticeship":
        return None, False
    if occupation.code in _DIPLOMA_BY_LAW:
        return occupation.education_level, True
    if occupation.education_level < 3 or dice.chance(0.55):
        return None, False
    return occupation.education_level, dice.chance(0.35)
