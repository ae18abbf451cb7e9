"""Drawn people become rows."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from visavis.agencies.models import Agency
from visavis.catalog.distances import km_between
from visavis.catalog.models import Commune, Postcode
from visavis.common import clock
from visavis.consents import services as consents
from visavis.consents.models import LIFE, Consent
from visavis.jobseekers import agreed, questions
from visavis.jobseekers.models import (
    ApprovedInterest,
    Experience,
    Jobseeker,
    SkillHeld,
    SpokenLanguageHeld,
    WantedOccupation,
)
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User
from visavis.synthetic.people import Jobseeker as Drawn

# One person in this many has no counsellor yet.
UNASSIGNED_EVERY = 23
# They were heard of on different days, the oldest two months ago.
DAYS_APART, MOST_DAYS_SILENT = 7, 61


def settle(
    drawn: Iterable[Drawn],
    agencies: list[Agency],
    counsellors: dict[int, list[User]],
    *,
    since: Sequence[dt.date] = (),
) -> list[Jobseeker]:
    """Give each drawn person an account, the nearer agency, a counsellor and the answers she gave.

    `since` gives the day when each began, for people of the past: they no longer look for work, and
    each of them had a counsellor.
    """
    people = list(drawn)
    served = Postcode.objects.filter(commune__in={person.town.code for person in people})
    postcodes = dict(served.order_by("-code").values_list("commune", "code"))
    users = [_user(person, postcodes.get(person.town.code, "")) for person in people]
    for user, day in zip(users, since, strict=False):
        user.joined_at = dt.datetime.combine(day, dt.time(9), dt.UTC)
    users = User.objects.bulk_create(users, batch_size=500)
    Membership.objects.bulk_create(Membership(user=user, role=Role.JOBSEEKER) for user in users)
    rows = []
    for number, (user, person) in enumerate(zip(users, people, strict=True)):
        agency = min(agencies, key=lambda one: apart_km(person.latitude, person.longitude, one.commune))
        team = counsellors[agency.pk]
        is_alone = not since and number % UNASSIGNED_EVERY == UNASSIGNED_EVERY - 1
        row = _jobseeker(user, person, agency, None if is_alone else team[number % len(team)])
        row.is_looking = not since
        row.changed_at = clock.now() - dt.timedelta(days=number * DAYS_APART % MOST_DAYS_SILENT)
        rows.append(row)
    jobseekers = Jobseeker.objects.bulk_create(rows, batch_size=200)
    for model, make in ANSWERS:
        model.objects.bulk_create(
            (
                row
                for jobseeker, person in zip(jobseekers, people, strict=True)
                for row in make(jobseeker, person)
            ),
            batch_size=500,
        )
    _note_answered()
    return jobseekers


def _note_answered() -> None:
    """Note which questions each has answered, as saving them one by one would have."""
    people = (
        Jobseeker.objects.filter(answered=[])
        .select_related("commune")
        .prefetch_related(
            "wishes__occupation",
            "experiences",
            "qualifications",
            "skills_held__skill",
            "languages",
            "interests__interest",
        )
    )
    noted = list(people)
    for jobseeker in noted:
        jobseeker.answered = questions.answered(jobseeker)
    Jobseeker.objects.bulk_update(noted, ["answered"], batch_size=200)


def _user(person: Drawn, postcode: str) -> User:
    who = person.person
    user = User(
        name=f"{who.first_name} {who.family_name}",
        email=who.email or None,
        phone=who.phone or None,
        language=who.language,
        channel=who.channel,
    )
    if who.channel == Channel.POST:
        user.postal_address = (
            f"{1 + person.town.row % 40} RUE DE LA FONTAINE\n{postcode} {person.town.name.upper()}"
        )
    user.set_unusable_password()
    return user


def apart_km(latitude: float, longitude: float, commune: Commune) -> float:
    """How far a place is from a commune; an agency's commune has coordinates."""
    return km_between(latitude, longitude, commune.latitude or 0.0, commune.longitude or 0.0)


def _jobseeker(user: User, person: Drawn, agency: Agency, counsellor: User | None) -> Jobseeker:
    return Jobseeker(
        user=user,
        agency=agency,
        counsellor=counsellor,
        commune_id=person.town.code,
        radius_km=None if person.radius_km is None else round(person.radius_km),
        minutes=person.minutes,
        transport=person.transport,
        education_level=person.education_level,
        licences=None if person.licences is None else list(person.licences),
        contracts=list(person.contracts),
        avoided_conditions=list(person.avoid),
        hours_min=_decimal(person.hours_min),
        hours_max=_decimal(person.hours_max),
        available_on=person.available_on,
        lowest_pay_hour=_decimal(person.lowest_pay_hour),
        about=person.text,
        changed_at=clock.now(),
    )


def _decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(round(value, 2)))


def _wishes(jobseeker: Jobseeker, person: Drawn) -> list[WantedOccupation]:
    titles = person.titles or ("",) * len(person.occupations)
    return [
        WantedOccupation(jobseeker=jobseeker, occupation_id=code, typed=title, position=position)
        for position, (code, title) in enumerate(zip(person.occupations, titles, strict=True), start=1)
    ]


def _experience(jobseeker: Jobseeker, person: Drawn) -> list[Experience]:
    return [
        Experience(
            jobseeker=jobseeker,
            title=job.title,
            occupation_id=job.occupation,
            starts_on=job.started_on,
            ends_on=job.ended_on,
            months=job.months,
        )
        for job in person.experience
    ]


def _skills(jobseeker: Jobseeker, person: Drawn) -> list[SkillHeld]:
    return [SkillHeld(jobseeker=jobseeker, skill_id=code, level=level) for code, level in person.skills]


def _languages(jobseeker: Jobseeker, person: Drawn) -> list[SpokenLanguageHeld]:
    return [
        SpokenLanguageHeld(jobseeker=jobseeker, language=code, level=level)
        for code, level in person.languages
    ]


def _interests(jobseeker: Jobseeker, person: Drawn) -> list[ApprovedInterest]:
    return [ApprovedInterest(jobseeker=jobseeker, interest_id=code) for code in person.interests]


def _consents(jobseeker: Jobseeker, person: Drawn) -> list[Consent]:
    """Say the yes by which the interests stand in a file."""
    if not person.interests:
        return []
    words = consents.words_of(agreed.INTERESTS, "fr")
    said = {"words": words, "words_sha256": consents.digest(words), "language": "fr"}
    return [
        Consent(
            user=jobseeker.user,
            purpose=agreed.INTERESTS,
            until=clock.today() + LIFE,
            how=Consent.How.WEB,
            by=jobseeker.user,
            **said,
        )
    ]


ANSWERS: list[tuple[Any, Any]] = [
    (WantedOccupation, _wishes),
    (Experience, _experience),
    (SkillHeld, _skills),
    (SpokenLanguageHeld, _languages),
    (ApprovedInterest, _interests),
    (Consent, _consents),
]
