"""Two weeks of appointments: what each agency gives, when its counsellors receive, who came and who is expected."""

import datetime as dt

import numpy as np

from visavis.agencies.models import Agency
from visavis.agencies.zones import instant
from visavis.appointments import free, receiving, services
from visavis.appointments.enums import Act, Books, Channel, Nature, Side, State, Way
from visavis.appointments.free import Search, Whom
from visavis.appointments.inviting import services as inviting
from visavis.appointments.inviting import telling
from visavis.appointments.models import Appointment, Kind, Receiving
from visavis.appointments.models.appointment import Step
from visavis.appointments.services import Wanted
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User

DAY = dt.timedelta(days=1)
BEFORE, AFTER = 7, 12
A_DAY = 3
MORNING, AFTERNOON = (9 * 60, 12 * 60), (13 * 60 + 30, 16 * 60 + 30)
NO_SHOW_SHARE = 0.1
# Files younger than this begin with a first meeting, some days after they were opened.
MET_DAYS, MET_AFTER = 26 * 7, (4, 19)
KINDS = (
    (
        Nature.FIRST,
        "Premier rendez-vous",
        45,
        [Channel.AGENCY, Channel.PHONE],
        Books.ANYBODY,
        "Une pièce d’identité",
    ),
    (
        Nature.FOLLOW_UP,
        "Point avec votre conseiller",
        30,
        [Channel.AGENCY, Channel.PHONE, Channel.VIDEO],
        Books.ANYBODY,
        "",
    ),
    (Nature.FOLLOW_UP, "Bilan de trois mois", 45, [Channel.AGENCY], Books.INVITED, "Vos candidatures"),
    (Nature.CALL, "Appel de dix minutes", 10, [Channel.PHONE], Books.ANYBODY, ""),
    (
        Nature.WORKSHOP,
        "Atelier\u00a0: refaire son CV",
        120,
        [Channel.AGENCY],
        Books.ANYBODY,
        "Votre CV, si vous en avez un",
    ),
)
ENGLISH = {
    "Premier rendez-vous": "First meeting",
    "Point avec votre conseiller": "Meeting with your counsellor",
    "Bilan de trois mois": "Three months on",
    "Appel de dix minutes": "Call of ten minutes",
    "Atelier\u00a0: refaire son CV": "Workshop: a new CV",
    "Une pièce d’identité": "A proof of identity",
    "Vos candidatures": "Your applications",
    "Votre CV, si vous en avez un": "Your CV, if you have one",
}


def fill(agencies: list[Agency], dice: np.random.Generator) -> None:
    """Give every counsellor of the agencies hours, and people in them."""
    for agency in agencies:
        given = _kinds(agency)
        kinds = {kind.nature: kind for kind in given if kind.books == Books.ANYBODY}
        to_choose = next(kind for kind in given if kind.books == Books.INVITED)
        works = User.objects.filter(
            memberships__organisation=agency.organisation_id, memberships__role=Role.COUNSELLOR
        )
        counsellors = list(works.distinct().order_by("pk"))
        Receiving.objects.bulk_create(
            Receiving(agency=agency, user=user, weekday=weekday, start=start, end=end)
            for user in counsellors
            for weekday in range(5)
            for start, end in ((MORNING, AFTERNOON) if (user.pk + weekday) % 4 else (MORNING,))
        )
        _workshop(kinds[Nature.WORKSHOP], counsellors[0])
        for user in counsellors:
            _days(kinds[Nature.FOLLOW_UP], user, dice)
            _invite(to_choose, user)


def _kinds(agency: Agency) -> list[Kind]:
    return [
        Kind.objects.create(
            agency=agency,
            nature=nature,
            name=name,
            name_en=ENGLISH[name],
            minutes=minutes,
            channels=list(ways),
            books=books,
            bring=bring,
            bring_en=ENGLISH.get(bring, ""),
        )
        for nature, name, minutes, ways, books, bring in KINDS
    ]


def first_meetings(agencies: list[Agency], dice: np.random.Generator) -> None:
    """Write the first meetings of the last months as rows that are over: nothing of them takes time any more."""
    steps = []
    for kind in Kind.objects.filter(agency__in=agencies, nature=Nature.FIRST).select_related(
        "agency__commune"
    ):
        since = clock.now() - dt.timedelta(days=MET_DAYS)
        followed = Jobseeker.objects.filter(agency=kind.agency, counsellor__isnull=False)
        young = (
            followed.filter(user__joined_at__gte=since).select_related("user", "counsellor").order_by("pk")
        )
        for place, one in enumerate(young):
            steps += _met(kind, one, int(dice.integers(*MET_AFTER)), place)
    Step.objects.bulk_create(steps, batch_size=500)


def _met(kind: Kind, jobseeker: Jobseeker, after: int, place: int) -> list[Step]:
    """Let one person have come, on a working day; return the steps of it."""
    joined = jobseeker.user.joined_at.astimezone(kind.agency.zone).date()
    day = joined + after * DAY
    day -= max(0, day.weekday() - 4) * DAY
    at = instant(day, MORNING[0] + place % 3 * 60, kind.agency.zone)
    told = {"agency": kind.agency, "kind": kind, "person": jobseeker.user, "counsellor": jobseeker.counsellor}
    row = Appointment(
        **told, starts_at=at, ends_at=at + dt.timedelta(minutes=kind.minutes), channel=Channel.AGENCY,
        way=Way.COUNTER, by=jobseeker.counsellor, at=jobseeker.user.joined_at, state=State.SEEN, version=2,
        changed_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    by = {"appointment": row, "side": Side.AGENCY, "by": jobseeker.counsellor}
    return [
        Step(**by, number=1, act=Act.BOOK, at=row.at, from_state=State.HELD, to_state=State.BOOKED),
        Step(**by, number=2, act=Act.SEE, at=row.ends_at, from_state=State.BOOKED, to_state=State.SEEN),
    ]


def _workshop(kind: Kind, holder: User) -> None:
    """Give one workshop, at the first free time of next week."""
    first = free.today_at(kind.agency) + 7 * DAY
    search = Search(kind.agency, kind.minutes, first, first + 7 * DAY, [Whom(holder.pk)])
    if times := free.find(search).times:
        receiving.give_workshop(kind=kind, starts_at=times[0], holder=holder, places=8, by=holder)


def _invite(kind: Kind, counsellor: User) -> None:
    """Invite some people to choose a time; one did so five days ago and waits still."""
    rows = Jobseeker.objects.filter(counsellor=counsellor, agency=kind.agency).select_related("user")
    people = list(rows.order_by("-pk")[:A_DAY])
    if people:
        with clock.moved(clock.now() - 5 * DAY):
            inviting.invite(kind=kind, people=people[:1], days=inviting.DAYS, by=counsellor)
    if people[1:]:
        inviting.invite(kind=kind, people=people[1:], days=inviting.DAYS, by=counsellor)
    told = News.objects.filter(thing=telling.THING, state=News.State.WAITING)
    told.update(state=News.State.SENT, told_at=clock.now())


def _days(kind: Kind, counsellor: User, dice: np.random.Generator) -> None:
    """Let some of the people a counsellor follows come, day by day."""
    rows = Jobseeker.objects.filter(counsellor=counsellor, agency=kind.agency).select_related("user")
    people = [one.user for one in rows.order_by("pk")[: A_DAY * (BEFORE + AFTER)]]
    today, now = free.today_at(kind.agency), clock.now()
    for day in range(-BEFORE, AFTER):
        on = today + day * DAY
        with clock.moved(booked_at(day, now)):
            times = free.find(Search(kind.agency, kind.minutes, on, on, [Whom(counsellor.pk)])).times
            for place in sorted(dice.permutation(len(times))[:A_DAY]):
                if people:
                    _come(kind, times[place], people.pop(), dice, now)


def booked_at(day: int, now: dt.datetime) -> dt.datetime:
    """Return when what takes place so many days from now was booked: `BEFORE` days before it, at the latest now."""
    return now + min(day - BEFORE, 0) * DAY


def _come(kind: Kind, at: dt.datetime, person: User, dice: np.random.Generator, now: dt.datetime) -> None:
    """Book for one person, and say afterwards whether she came."""
    counsellor = person.jobseeker.counsellor
    assert counsellor is not None
    drawn = dice.random()
    channel = Channel.PHONE if drawn < 0.25 else Channel.VIDEO if drawn > 0.85 else Channel.AGENCY
    by, way = (person, Way.WEB) if dice.random() < 0.6 else (counsellor, Way.COUNTER)
    try:
        row = services.book(wanted=Wanted(kind, at, channel, way), person=person, by=by)
    except Refused:
        return
    is_missed = dice.random() < NO_SHOW_SHARE
    if row.ends_at < now:
        with clock.moved(row.ends_at):
            services.settle(appointment=row, act=Act.MISS if is_missed else Act.SEE, by=counsellor)
