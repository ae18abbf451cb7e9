"""What employers of a made-up market really look for, and why a side says no.

For each occupation three of its skills tell the people who are hired from those who are not; months in the
occupation help, a licence that is missing and a long way weigh against. A profile learnt from hires can be
compared with it.
"""

from collections.abc import Iterable
from math import cos, hypot, radians

from visavis.catalog.starter import StarterCatalogue
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.people import Jobseeker
from visavis.synthetic.vacancies import Vacancy

_KM_PER_DEGREE = 111.2
_SKILL, _MONTHS, _LICENCE, _WAY, _WISH = 1.3, 1.2, -1.5, -0.03, 0.5
_ENOUGH_MONTHS = 36
_FAR_KM = 30.0


class Truth:
    """The skills that count most, by occupation, and what they do to somebody's chances."""

    def __init__(self, dice: Dice, catalogue: StarterCatalogue, occupations: Iterable[str]) -> None:
        self.skills: dict[str, tuple[str, ...]] = {}
        for code in occupations:
            essential = dice.sample(catalogue.skills_of.get((code, "essential"), ()), 2)
            optional = dice.sample(catalogue.skills_of.get((code, "optional"), ()), 1)
            self.skills[code] = (*essential, *optional)

    def pull(self, person: Jobseeker, vacancy: Vacancy) -> float:
        """How strongly an employer wants a person for a vacancy, on the scale of a logit."""
        held = {code for code, _level in person.skills}
        wanted = self.skills.get(vacancy.occupation, ())
        months = min(person.months.get(vacancy.occupation, 0), _ENOUGH_MONTHS) / _ENOUGH_MONTHS
        return (
            _SKILL * sum(code in held for code in wanted)
            + _MONTHS * months
            + _LICENCE * len(missing_licences(person, vacancy))
            + _WAY * apart_km(person, vacancy)
            + _WISH * (person.occupations[:1] == (vacancy.occupation,))
        )


def apart_km(person: Jobseeker, vacancy: Vacancy) -> float:
    """Kilometres from her home to the vacancy's town, as the crow flies."""
    north = person.latitude - vacancy.town.latitude
    east = (person.longitude - vacancy.town.longitude) * cos(radians(person.latitude))
    return _KM_PER_DEGREE * hypot(north, east)


def missing_licences(person: Jobseeker, vacancy: Vacancy) -> list[str]:
    """The licences asked that she said she has not; nothing when she did not say."""
    if person.licences is None:
        return []
    return [code for code in vacancy.licences if code not in person.licences]


def her_gaps(person: Jobseeker, vacancy: Vacancy) -> dict[str, float]:
    """Why she may say no, with how much each weighs: what really does not fit, and a little of the rest."""
    gaps = {"other": 0.2, "employer": 0.15, "conditions": 0.1, "hours": 0.1}
    if apart_km(person, vacancy) > (person.radius_km or _FAR_KM):
        gaps["too-far"] = 3.0
    if person.lowest_pay_hour and vacancy.pay_max_hour and vacancy.pay_max_hour < person.lowest_pay_hour:
        gaps["pay"] = 2.5
    if person.contracts and vacancy.contract not in person.contracts:
        gaps["contract"] = 2.0
    if set(person.avoid) & set(vacancy.conditions):
        gaps["conditions"] = 2.5
    if vacancy.hours_min and person.hours_max and vacancy.hours_min > person.hours_max:
        gaps["hours"] = 2.0
    if vacancy.occupation not in person.occupations:
        gaps["occupation"] = 2.0
    return gaps


def their_gaps(person: Jobseeker, vacancy: Vacancy) -> dict[str, float]:
    """Why the employer may say no, with how much each weighs."""
    held = {code for code, _level in person.skills}
    missing = [code for code in vacancy.skills_essential if code not in held]
    gaps = {"other": 0.2, "other-person": 0.7, "availability": 0.25, "no-more-position": 0.1}
    if vacancy.skills_essential:
        gaps["skills"] = 1.8 * len(missing) / len(vacancy.skills_essential)
    if person.months.get(vacancy.occupation, 0) < (vacancy.experience_months or 0):
        gaps["experience"] = 1.8
    if missing_licences(person, vacancy):
        gaps["licence"] = 3.0
    spoken = dict(person.languages)
    if spoken and any(spoken.get(code, 0) < level for code, level in vacancy.languages):
        gaps["language"] = 1.5
    return gaps


def reason(dice: Dice, gaps: dict[str, float]) -> str:
    """Draw one of the reasons by its weight."""
    return dice.weighted(Choice(gaps.items()))
