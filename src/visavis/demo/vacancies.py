"""Drawn employers and vacancies become rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import Membership, Organisation, User
from visavis.synthetic.employers import Employer as DrawnEmployer
from visavis.synthetic.vacancies import Vacancy as Drawn
from visavis.vacancies import occupations
from visavis.vacancies.models import Employer, LanguageAsked, SkillAsked, Vacancy

OPEN_DAYS = 90


@dataclass(frozen=True)
class Settled:
    """Employers as drawn, and as rows by their drawn number."""

    drawn: tuple[DrawnEmployer, ...]
    rows: dict[str, Employer]


def settle_employers(drawn: Iterable[DrawnEmployer]) -> Settled:
    """Give each employer an organisation and one person who signs in for it."""
    employers = tuple(drawn)
    rows: dict[str, Employer] = {}
    for employer in employers:
        organisation = Organisation.objects.create(kind=Organisation.Kind.EMPLOYER, name=employer.name)
        rows[employer.id] = Employer.objects.create(
            organisation=organisation, name=employer.name, naf=employer.section, commune_id=employer.town.code
        )
        user = User.objects.create_user(employer.name, email=f"{employer.id.lower()}@employeur.example")
        Membership.objects.create(user=user, role=Role.EMPLOYER, organisation=organisation)
    return Settled(employers, rows)


@dataclass(frozen=True)
class Ended:
    """When a vacancy of the past ended, and whether it was filled."""

    at: dt.datetime
    is_filled: bool


def publish(drawn: Sequence[Drawn], employers: Settled, ends: Sequence[Ended] = ()) -> list[Vacancy]:
    """Publish the vacancies, the skills and the languages they ask for; `ends` tells how past ones ended."""
    found = list(drawn)
    rows = [_vacancy(one, employers.rows[one.employer.id]) for one in found]
    others = occupations.others_of([(one.occupation, one.title) for one in found])
    for row, codes in zip(rows, others, strict=True):
        row.other_occupations = list(codes)
    for row, end in zip(rows, ends, strict=False):
        row.state = Vacancy.State.FILLED if end.is_filled else Vacancy.State.CLOSED
        row.closes_on, row.changed_at = end.at.date(), end.at
    vacancies = Vacancy.objects.bulk_create(rows, batch_size=200)
    pairs = list(zip(vacancies, found, strict=True))
    SkillAsked.objects.bulk_create(
        (
            SkillAsked(vacancy=vacancy, skill_id=code, is_essential=is_essential)
            for vacancy, one in pairs
            for codes, is_essential in ((one.skills_essential, True), (one.skills_wished, False))
            for code in codes
        ),
        batch_size=500,
    )
    LanguageAsked.objects.bulk_create(
        LanguageAsked(vacancy=vacancy, language=code, level=level)
        for vacancy, one in pairs
        for code, level in one.languages
    )
    return vacancies


def _vacancy(one: Drawn, employer: Employer) -> Vacancy:
    published = dt.datetime.combine(one.published_on, dt.time(8), tzinfo=dt.UTC)
    return Vacancy(
        employer=employer,
        state=Vacancy.State.OPEN,
        title=one.title,
        description=one.text,
        occupation_id=one.occupation,
        occupation_from="given",
        commune_id=one.town.code,
        latitude=one.town.latitude,
        longitude=one.town.longitude,
        contract=one.contract,
        contract_months=one.duration_months,
        hours_min=_decimal(one.hours_min),
        hours_max=_decimal(one.hours_max),
        starts_on=one.starts_on,
        pay_min_hour=_decimal(one.pay_min_hour),
        pay_max_hour=_decimal(one.pay_max_hour),
        licences=list(one.licences),
        conditions=list(one.conditions),
        experience_months=one.experience_months,
        experience_is_required=one.experience_required,
        education_level=one.education_level,
        education_is_required=one.education_required,
        positions=one.positions,
        published_at=published,
        closes_on=clock.today() + dt.timedelta(days=OPEN_DAYS),
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 2)))
