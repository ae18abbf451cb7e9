"""The town's past: two years of introductions, hires and what became of them, drawn, then written at once.

The rows are those that the services would have written: each act is a step of the table, and the
introduction is what its steps made of it.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.demo import people, vacancies
from visavis.demo.ledger import Book, Written
from visavis.demo.vacancies import Ended, Settled
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.journal import services as journal
from visavis.matches.ideal import making as ideal
from visavis.matches.models import Match
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.synthetic import history, past
from visavis.synthetic.dice import Dice
from visavis.synthetic.history import History, Opening, Seeker
from visavis.synthetic.market import SyntheticMarket
from visavis.synthetic.past import Wanted
from visavis.synthetic.people import Jobseeker as Drawn
from visavis.synthetic.truth import Truth
from visavis.synthetic.vacancies import Vacancy as DrawnVacancy
from visavis.vacancies.models import Vacancy

DAYS = 730
# Past vacancies end so long before today that what they began has had time to end.
ENDED_DAYS = 70
USUAL_PEOPLE = 400
SUITS = 12
# The share of today's vacancies that somebody was introduced for.
ANSWERED = 0.5
# Scenes and open vacancies begin at most so long ago.
TOLD_DAYS = 60
# So many days ago, ideal profiles were made from what was known then.
LEARNT_DAYS = (365, 180)
DAYS_A_MONTH = 30.44


@dataclass(frozen=True)
class Present:
    """The town as it stands today, each drawn thing beside its row."""

    market: SyntheticMarket
    agencies: list[Agency]
    counsellors: dict[int, list[User]]
    employers: Settled
    drawn_people: list[Drawn]
    people: list[Jobseeker]
    drawn_vacancies: list[DrawnVacancy]
    vacancies: list[Vacancy]
    is_near: Callable[[Drawn], bool]


@dataclass(frozen=True)
class Kept:
    """Those whom the demonstration shows first: their own story is told elsewhere."""

    people: Collection[int] = ()
    vacancies: Collection[int] = ()


def fill(present: Present, dice: Dice, kept: Kept) -> Written:
    """Draw the past of a town and write it; the caller holds the transaction."""
    wanted = _wanted(len(present.people))
    openings = past.openings(present.market, dice, present.employers.drawn, wanted)
    occupations = frozenset(one.vacancy.occupation for one in openings)
    after = max(int(one.id[1:]) for one in present.drawn_people)
    seekers = past.seekers(present.market, dice, occupations, wanted, after=after, is_near=present.is_near)
    truth = Truth(dice, present.market.setting.catalogue, sorted(occupations))
    seekers += _looking(present, dice, kept)
    _note_arrivals(present, seekers)
    openings += _open(present, dice, len(seekers) - len(present.people), kept)
    drawn = history.draw(dice, clock.now(), truth, seekers, openings)
    book = Book(
        _people(present, drawn, seekers), _vacancies(present, drawn, openings), _contacts(present.employers)
    )
    written = book.write(drawn, [clock.now() - dt.timedelta(days=days) for days in LEARNT_DAYS], ideal.remake)
    _note_jobs(written)
    journal.record(journal.Act("created", "introduction", note=f"history:{len(drawn.affairs)}"), by=None)
    return written


def _wanted(count: int) -> Wanted:
    """As much past as the size of the town asks for."""
    today, usual = clock.today(), Wanted(clock.today(), clock.today())
    scale = count / USUAL_PEOPLE
    return Wanted(
        today - dt.timedelta(days=DAYS), today - dt.timedelta(days=ENDED_DAYS),
        max(round(usual.vacancies * scale), 2 * past.OFTEN), max(round(usual.people * scale), 60),
    )  # fmt: skip


def _looking(present: Present, dice: Dice, kept: Kept) -> list[Seeker]:
    """Those who look today; whose story is told elsewhere begins after all this."""
    today, tomorrow = clock.today(), clock.today() + dt.timedelta(days=1)
    return [
        Seeker(
            person,
            tomorrow if row.pk in kept.people else past.since(dice, person, today),
            has_counsellor=row.counsellor_id is not None,
        )
        for person, row in zip(present.drawn_people, present.people, strict=True)
    ]


def _note_arrivals(present: Present, seekers: Sequence[Seeker]) -> None:
    """Write since when those who look today have been there; whose story is told elsewhere, since two months."""
    longest = clock.today() - dt.timedelta(days=TOLD_DAYS)
    users = [row.user for row in present.people]
    for user, seeker in zip(users, seekers[-len(users) :], strict=True):
        user.joined_at = dt.datetime.combine(min(seeker.since, longest), dt.time(8), dt.UTC)
    User.objects.bulk_update(users, ["joined_at"], batch_size=500)


def _open(present: Present, dice: Dice, first: int, kept: Kept) -> list[Opening]:
    """Today's vacancies with the people of their lists; places of people begin at `first`."""
    place_of = {row.pk: first + place for place, row in enumerate(present.people)}
    lists: dict[int, list[int]] = {}
    ranked = Match.objects.filter(side=Match.Whose.VACANCY, rank__lte=SUITS).order_by("vacancy", "rank")
    for vacancy, jobseeker in ranked.values_list("vacancy", "jobseeker"):
        lists.setdefault(vacancy, []).append(place_of[jobseeker])
    return [
        Opening(one, one.published_on, is_past=False, suits=tuple(lists[row.pk]))
        for one, row in zip(present.drawn_vacancies, present.vacancies, strict=True)
        if row.pk in lists and row.pk not in kept.vacancies and dice.chance(ANSWERED)
    ]


def _people(present: Present, drawn: History, seekers: Sequence[Seeker]) -> dict[int, Jobseeker]:
    """Settle the people of the past who met somebody; return everybody's row by place."""
    first = len(seekers) - len(present.people)
    rows = {first + place: row for place, row in enumerate(present.people)}
    places = sorted({affair.seeker for affair in drawn.affairs if affair.seeker < first})
    settled = people.settle(
        [seekers[place].person for place in places], present.agencies, present.counsellors,
        since=[seekers[place].since for place in places],
    )  # fmt: skip
    return rows | dict(zip(places, settled, strict=True))


def _vacancies(present: Present, drawn: History, openings: Sequence[Opening]) -> dict[int, Vacancy]:
    """Publish the vacancies of the past, as they ended; return every row by place."""
    row_of = {one.id: row for one, row in zip(present.drawn_vacancies, present.vacancies, strict=True)}
    rows = {place: row_of[one.vacancy.id] for place, one in enumerate(openings) if not one.is_past}
    places = [place for place, one in enumerate(openings) if one.is_past]
    ends = [Ended(drawn.filled_at.get(one) or drawn.closed_at[one], one in drawn.filled_at) for one in places]
    published = vacancies.publish([openings[place].vacancy for place in places], present.employers, ends)
    return rows | dict(zip(places, published, strict=True))


def _contacts(employers: Settled) -> dict[int, User]:
    """Who signs in for each employer, by the employer's row."""
    members = Membership.objects.filter(role=Role.EMPLOYER).select_related("user")
    by_organisation = {member.organisation_id: member.user for member in members}
    return {row.pk: by_organisation[row.organisation_id] for row in employers.rows.values()}


def _note_jobs(written: Written) -> None:
    """Write the job that each found in her file: the next employer reads it there."""
    today = clock.today()
    jobs = []
    for hire, questions in written.hires.items():
        ended = [one.due_on for one in questions if one.answer not in {"", "still-there"}]
        ends_on = min(ended, default=None)
        if hire.starts_on > today:
            continue
        jobs.append(
            Experience(
                jobseeker=hire.introduction.jobseeker,
                title=hire.vacancy.title,
                occupation_id=hire.vacancy.occupation_id,
                employer=hire.vacancy.employer.name if hire.vacancy.employer else "",
                starts_on=hire.starts_on,
                ends_on=ends_on,
                is_current=ends_on is None,
                months=round(((ends_on or today) - hire.starts_on).days / DAYS_A_MONTH),
            )
        )
    Experience.objects.bulk_create(jobs, batch_size=500)
