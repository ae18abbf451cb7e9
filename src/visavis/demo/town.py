"""Fill a town with invented people, employers and vacancies, the same for the same seed."""

import datetime as dt
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.core.management import call_command
from django.db import transaction

from visavis.agencies.models import Agency
from visavis.catalog.models import Commune
from visavis.common import clock
from visavis.common.progress import Report, silent
from visavis.demo import (
    device,
    followed_up,
    helping,
    history,
    mornings,
    people,
    quiet,
    received,
    reports,
    roles,
    scanned,
    scenes,
    twice,
    vacancies,
)
from visavis.demo import employers as asking
from visavis.demo.history import Present
from visavis.demo.people import apart_km
from visavis.introductions.models import Hire, Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches.ideal import fairness as ideal_fairness
from visavis.matches.making import ranking
from visavis.matches.models import Match, Opinion
from visavis.people.enums import Role
from visavis.people.models import Membership, Organisation, User
from visavis.searches.index import writing
from visavis.synthetic.dice import Dice
from visavis.synthetic.market import SyntheticMarket
from visavis.synthetic.places import Town
from visavis.vacancies.models import Vacancy

DEPARTMENTS = ("26", "07")
VALENCE, AUBENAS = "26362", "07019"
AROUND_KM = 22.0
# About a third of those drawn in the two departments live around the two agencies.
DRAWN_FOR_ONE = 12
# About one jobseeker in eight has a disability.
DISABILITY_SHARE = 0.12
# Who works there was there some time before the first introduction.
SETTLED_DAYS = 100


@dataclass(frozen=True)
class Size:
    """How many of each."""

    jobseekers: int = 400
    vacancies: int = 300
    employers: int = 30


def is_filled() -> bool:
    """Say whether the town is there."""
    return Agency.objects.exists()


def fill(*, seed: int, size: Size | None = None, report: Report = silent) -> None:
    """Fill an empty database: all or nothing, with every list. Nobody real, no address that exists."""
    size = size or Size()
    if not Commune.objects.exists():
        call_command("import_starter", verbosity=0)
    market = SyntheticMarket(np.random.default_rng(seed), clock.today(), DEPARTMENTS)
    with transaction.atomic():
        present = _settle(market, size)
        Membership.objects.update(starts_on=clock.today() - dt.timedelta(days=history.DAYS + SETTLED_DAYS))
        ranking.rank_everybody(report)
        writing.catch_up()
        roles.mark()
        _past(present, Dice(np.random.default_rng(seed + 2)))
        received.fill(present.agencies, np.random.default_rng(seed + 5))
        followed_up.fill(np.random.default_rng(seed + 6))
        received.first_meetings(present.agencies, np.random.default_rng(seed + 8))
        reports.fill(np.random.default_rng(seed + 4))
        scanned.fill(np.random.default_rng(seed + 7))
        _audit(present, np.random.default_rng(seed + 3))
    _say_something(np.random.default_rng(seed + 1))


def _settle(market: SyntheticMarket, size: Size) -> Present:
    """Make the agencies, who works there, who looks for work, who hires, and their vacancies."""
    agencies = [_agency(*AGENCIES[0]), _agency(*AGENCIES[1])]
    counsellors = _staff(agencies)
    mornings.hours(agencies)
    drawn = market.jobseekers(size.jobseekers * DRAWN_FOR_ONE)
    around = list(islice((one for one in drawn if is_near(one.town, agencies)), size.jobseekers))
    hiring = [one for one in market.employers(size.employers * DRAWN_FOR_ONE) if is_near(one.town, agencies)]
    employers = vacancies.settle_employers(hiring[: size.employers])
    asking.open_accounts(employers)
    offered = list(market.vacancies(size.vacancies, list(employers.drawn)))
    return Present(
        market=market,
        agencies=agencies,
        counsellors=counsellors,
        employers=employers,
        drawn_people=around,
        people=people.settle(around, agencies, counsellors),
        drawn_vacancies=offered,
        vacancies=vacancies.publish(offered, employers),
        is_near=lambda one: is_near(one.town, agencies),
    )


def _past(present: Present, dice: Dice) -> None:
    """Write two years of introductions, then what happened lately to those whom one can be."""
    cast = scenes.cast()
    history.fill(present, dice, history.Kept(cast.people, cast.vacancies) if cast else history.Kept())
    if cast:
        scenes.play(cast)
    asking.ask_for_one()
    helping.lend()
    quiet.fall_silent()
    twice.come_twice()
    device.put_up()
    for agency in present.agencies:
        came = [one for one in present.people if one.agency_id == agency.pk]
        mornings.queue(agency, present.counsellors[agency.pk][-2:], came)


def _audit(present: Present, dice: np.random.Generator) -> None:
    """Measure ideal profiles by place, and as a deployment would with a file of groups: here those drawn."""
    today = clock.today()
    pairs = [(row.pk, drawn.person) for row, drawn in zip(present.people, present.drawn_people, strict=True)]
    has_disability = dice.random(len(pairs)) < DISABILITY_SHARE
    ideal_fairness.measure_all()
    ideal_fairness.measure_all(
        {
            "sex": {pk: "F" if person.is_woman else "M" for pk, person in pairs},
            "age": {pk: _age_band(person.age_on(today)) for pk, person in pairs},
            "disability": {
                pk: "yes" if has else "no" for (pk, _), has in zip(pairs, has_disability, strict=True)
            },
        }
    )


def _age_band(age: int) -> str:
    return "0-24" if age < 25 else "25-49" if age < 50 else "50+"


def is_near(town: Town, agencies: list[Agency]) -> bool:
    """Say whether one of the agencies is within a half hour: the town's people and work are around its doors."""
    return any(apart_km(town.latitude, town.longitude, agency.commune) <= AROUND_KM for agency in agencies)


AGENCIES = (
    ("Agence de Valence", "12 place de la Gare", VALENCE, "01 99 00 45 26"),
    ("Agence d’Aubenas", "4 boulevard des Platanes", AUBENAS, "01 99 00 45 07"),
)
STAFF = (
    ("Bruno Marchetti", Role.COUNSELLOR, 0),
    ("Claire Dubois", Role.COUNSELLOR, 0),
    ("Samira Haddad", Role.COUNSELLOR, 0),
    ("Yann Le Goff", Role.COUNSELLOR, 0),
    ("Dario Fontaine", Role.COUNSELLOR, 1),
    ("Élodie Perrin", Role.COUNSELLOR, 1),
    ("Rosa Almeida", Role.RECEPTION, 0),
    ("Mathis Roche", Role.RECEPTION, 1),
    ("Hugo Vasseur", Role.HEAD, 0),
    ("Agnès Tavernier", Role.HEAD, 1),
)


def _agency(name: str, address: str, commune: str, phone: str) -> Agency:
    organisation = Organisation.objects.create(kind=Organisation.Kind.AGENCY, name=name)
    return Agency.objects.create(
        organisation=organisation,
        name=name,
        address=address,
        commune=Commune.objects.get(pk=commune),
        phone=phone,
        opening_hours="Mo,Tu,Th,Fr 08:30-12:30,13:30-17:00; We 08:30-12:30; PH off",
    )


def _staff(agencies: list[Agency]) -> dict[int, list[User]]:
    """Make the staff; return the counsellors of each agency."""
    counsellors: dict[int, list[User]] = {agency.pk: [] for agency in agencies}
    for number, (name, role, where) in enumerate(STAFF):
        user = User.objects.create_user(name, email=f"agent{number}@visavis.example")
        Membership.objects.create(user=user, role=role, organisation=agencies[where].organisation)
        if role == Role.COUNSELLOR:
            counsellors[agencies[where].pk].append(user)
    for name, role in (("Nadia Benali", Role.PROTECTION), ("Inès Caron", Role.HELPER)):
        user = User.objects.create_user(name, email=f"{role}@visavis.example")
        Membership.objects.create(user=user, role=role)
    return counsellors


def _say_something(dice: np.random.Generator) -> None:
    """Let some people say what they think of their first openings, as over the last three weeks."""
    first = Match.objects.filter(side=Match.Whose.JOBSEEKER, rank__lte=4).order_by("jobseeker", "rank")
    chosen = [match for match in first if dice.random() < SAID_SHARE]
    kinds = dice.choice(OPINIONS, size=len(chosen), p=OPINION_SHARES)
    owners = dict(Jobseeker.objects.values_list("pk", "user"))
    said = []
    for match, kind in zip(chosen, kinds.tolist(), strict=True):
        is_no = kind == Opinion.Kind.NOT_FOR_ME
        reason = str(dice.choice(REASONS)) if is_no and dice.random() < 0.7 else ""
        when = clock.now() - dt.timedelta(hours=float(dice.uniform(1, 500)))
        said.append(
            Opinion(
                jobseeker_id=match.jobseeker_id,
                vacancy_id=match.vacancy_id,
                kind=kind,
                reason=reason,
                said_by_id=owners[match.jobseeker_id],
                said_at=when,
            )
        )
    Opinion.objects.bulk_create(said, batch_size=500)


SAID_SHARE = 0.18
OPINIONS = [Opinion.Kind.INTERESTED.value, Opinion.Kind.KEPT.value, Opinion.Kind.NOT_FOR_ME.value]
OPINION_SHARES = [0.45, 0.25, 0.3]
REASONS = ["too_far", "hours", "pay", "contract", "occupation", "already"]


def counts() -> dict[str, int]:
    """Return how many of each there are."""
    return {
        "jobseekers": Jobseeker.objects.looking().count(),
        "vacancies": Vacancy.objects.open().count(),
        "matches": Match.objects.count(),
        "introductions": Introduction.objects.count(),
        "hires": Hire.objects.filter(confirmed_at__isnull=False).count(),
    }
