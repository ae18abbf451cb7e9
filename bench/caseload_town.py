"""The agencies that `caseload.py` asks: counsellors, the people they follow, and what a year leaves of each."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

COUNSELLORS_OF_ONE = 50
AT_ONCE, READINGS, VACANCIES = 5_000, 12, 500
# A part of her people: introductions in course, marks, reminders, news by hand, tickets, threads, minutes.
STATES = ("proposed", "put", "agreed", "interview")


@dataclass(frozen=True)
class Place:
    """One agency, and what its people share."""

    agency: Any
    kind: Any
    commune: Any
    occupation: Any
    vacancies: list[Any]


def fill(counsellors: int, people: int, asking: int, seed: int = 19) -> list[Any]:
    """Fill an empty database; return who asks. What is sealed is written for the people of those alone.

    Who asks differs from others in nothing else: rows, sizes and tables are those of the whole service.
    """
    from django.core.management.color import no_style  # noqa: PLC0415  (Django is set up first)
    from django.db import connection  # noqa: PLC0415  (as above)

    from tests import factories  # noqa: PLC0415  (as above)
    from visavis.appointments.models import Kind  # noqa: PLC0415  (as above)
    from visavis.people.models import Membership, User  # noqa: PLC0415  (as above)

    draw = np.random.default_rng(seed)
    commune, occupation = factories.CommuneFactory(), factories.OccupationFactory()
    agencies = [
        factories.AgencyFactory(commune=commune) for _number in range(-(-counsellors // COUNSELLORS_OF_ONE))
    ]
    kinds = [
        Kind.objects.create(
            agency=one, nature="first", name="Premier", minutes=30, channels=["agency", "video"]
        )
        for one in agencies
    ]
    vacancies = [factories.VacancyFactory(commune=commune, occupation=occupation) for _n in range(VACANCIES)]
    staff = [_user(number, "Conseiller") for number in range(1, counsellors + 1)]
    User.objects.bulk_create(staff, batch_size=AT_ONCE)
    Membership.objects.bulk_create(
        Membership(
            user=user, role="counsellor", organisation=agencies[number // COUNSELLORS_OF_ONE].organisation
        )
        for number, user in enumerate(staff)
    )
    for first in range(0, counsellors, COUNSELLORS_OF_ONE):
        place = first // COUNSELLORS_OF_ONE
        some = staff[first : first + COUNSELLORS_OF_ONE]
        _people(some, people, Place(agencies[place], kinds[place], commune, occupation, vacancies), draw)
        print(f"{first + len(some)} counsellors, {(first + len(some)) * people} people", flush=True)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [User]):
            cursor.execute(sql)
    chosen = [staff[number] for number in np.linspace(0, counsellors - 1, asking).astype(int)]
    for user in chosen:
        _sealed(user, draw)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    else:
        from visavis.operations import planning  # noqa: PLC0415  (as above)

        planning.look()
    return chosen


def _user(number: int, name: str) -> Any:
    from visavis.people.models import User  # noqa: PLC0415  (Django is set up first)

    return User(
        pk=number, name=f"{name} {number}", password="!", channel=("web", "post", "phone")[number % 3]
    )


def _people(staff: list[Any], each: int, place: Place, draw: Any) -> None:
    """Write the people of one agency."""
    from visavis.appointments.models import Appointment  # noqa: PLC0415  (Django is set up first)
    from visavis.common import clock  # noqa: PLC0415  (as above)
    from visavis.introductions.models import Introduction  # noqa: PLC0415  (as above)
    from visavis.jobseekers.models import Jobseeker, WantedOccupation  # noqa: PLC0415  (as above)
    from visavis.journal.models import Entry  # noqa: PLC0415  (as above)
    from visavis.people.models import Membership, User  # noqa: PLC0415  (as above)
    from visavis.queues.models import Ticket  # noqa: PLC0415  (as above)

    now, morning = clock.now(), clock.start_of(clock.today())
    begin = User.objects.order_by("-pk").values_list("pk", flat=True)[0] + 1
    users = [_user(begin + number, "Personne") for number in range(each * len(staff))]
    _write(User, users)
    _write(Membership, (Membership(user=one, role="jobseeker") for one in users))
    files = [
        Jobseeker(
            user=user,
            agency=place.agency,
            counsellor=staff[number // each],
            commune=place.commune,
            changed_at=now - dt.timedelta(days=int(draw.integers(90))),
            is_looking=number % 9 > 0,
        )
        for number, user in enumerate(users)
    ]
    _write(Jobseeker, files)
    _write(
        WantedOccupation,
        (WantedOccupation(jobseeker=one, occupation=place.occupation, position=1) for one in files),
    )
    _write(Entry, _journal(files, now, draw))
    rows = Introduction.objects.order_by("-pk").values_list("pk", flat=True)[:1]
    last = rows[0] if rows else 0
    _write(
        Introduction,
        (
            _introduced(last + number + 1, one, place.vacancies, now, draw)
            for number, one in enumerate(files[::3])
        ),
    )
    met = []
    for number_of, user in enumerate(staff):
        hers = users[number_of * each : (number_of + 1) * each]
        for number, person in enumerate(hers[:24]):
            at = morning + dt.timedelta(days=number % 3 - 1, hours=9, minutes=30 * (number // 3))
            told = {
                "starts_at": at,
                "ends_at": at + dt.timedelta(minutes=30),
                "way": "web",
                "state": "booked",
            }
            channel = "video" if number % 2 else "agency"
            met.append(
                Appointment(
                    agency=place.agency,
                    kind=place.kind,
                    counsellor=user,
                    person=person,
                    channel=channel,
                    **told,
                )
            )
    _write(Appointment, met)
    told = {"agency": place.agency, "day": clock.today(), "state": "waiting"}
    _write(
        Ticket,
        (
            Ticket(number=n + 1, code=f"{place.agency.pk}-{n}", to=one, person=users[n * each], **told)
            for n, one in enumerate(staff)
        ),
    )


def _journal(files: list[Any], now: dt.datetime, draw: Any) -> Iterator[Any]:
    """Give what the journal holds of each file: readings of her counsellor's, two of them looks, and acts of hers."""
    from visavis.journal import keys  # noqa: PLC0415  (Django is set up first)
    from visavis.journal.models import Entry  # noqa: PLC0415  (as above)

    for one in files:
        days = np.sort(draw.integers(1, 360, READINGS))[::-1]
        for number, day in enumerate(days):
            is_hers = number % 3 == 0
            row = Entry(
                at=now - dt.timedelta(days=int(day), seconds=number),
                actor_id=one.user_id if is_hers else one.counsellor_id,
                action="changed" if is_hers else "read",
                thing="profile" if is_hers else "jobseeker",
                thing_id=str(one.pk),
                person_id=one.user_id,
                note="pay" if is_hers else "looked" if number % 3 == 1 else "",
            )
            row.digest = keys.digest(row.signed())
            yield row


def _introduced(number: int, person: Any, vacancies: list[Any], now: dt.datetime, draw: Any) -> Any:
    from visavis.introductions.models import Introduction  # noqa: PLC0415  (Django is set up first)

    state, day = STATES[number % 4], dt.timedelta(days=1)
    said: dict[str, Any] = {"opened_at": now - 5 * day, "version": 0}
    if state == "proposed":
        said["answer_by"] = (now + int(draw.integers(9)) * day).date()
    else:
        said |= {"jobseeker_yes_at": now - 4 * day, "put_at": now - 4 * day}
    if state in ("agreed", "interview"):
        said["employer_yes_at"] = now - 3 * day
    if state == "interview":
        said["meeting_at"] = now + int(draw.integers(-48, 48)) * dt.timedelta(hours=1)
    vacancy = vacancies[int(draw.integers(len(vacancies)))]
    return Introduction(
        pk=number, jobseeker=person, vacancy=vacancy, state=state, origin="counsellor", **said
    )


def _sealed(user: Any, draw: Any) -> None:
    """Write for the people of one counsellor what rests sealed: letters, calls, reminders, actions, threads, rooms."""
    from visavis.appointments.models import Appointment  # noqa: PLC0415  (Django is set up first)
    from visavis.casefiles import marking, plans  # noqa: PLC0415  (as above)
    from visavis.casefiles.enums import Colour, Kind, Side, Way, Whose  # noqa: PLC0415  (as above)
    from visavis.casefiles.plans import Origin, Wanted  # noqa: PLC0415  (as above)
    from visavis.common import clock  # noqa: PLC0415  (as above)
    from visavis.interviews import calls  # noqa: PLC0415  (as above)
    from visavis.interviews import services as interviews  # noqa: PLC0415  (as above)
    from visavis.interviews.enums import Why  # noqa: PLC0415  (as above)
    from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415  (as above)
    from visavis.mailboxes import services as mailboxes  # noqa: PLC0415  (as above)
    from visavis.mailboxes.enums import Voice  # noqa: PLC0415  (as above)
    from visavis.mailboxes.services import Written  # noqa: PLC0415  (as above)
    from visavis.news.models import News  # noqa: PLC0415  (as above)

    today = clock.today()
    origin = Origin(user, Side.AGENCY, Way.PHONE)
    turns: list[Callable[[Any, int], Any]] = [
        lambda one, n: News.objects.create(
            user=one.user, role="jobseeker", kind="time", thing="introduction", thing_id=1, title="Boulanger",
            link="/", channel=one.user.channel, state="to-tell",
        ),
        lambda one, n: marking.put(
            person=one.user, wanted=marking.Wanted(Colour.WAIT, today + dt.timedelta(days=n % 3)), by=user
        ),
        lambda one, n: plans.add(
            person=one.user, kind=Kind.ACTION, origin=origin,
            wanted=Wanted("appeler", whose=Whose.US, due_on=today + dt.timedelta(days=n % 3 - 1)),
        ),
        lambda one, n: mailboxes.begin(
            person=one.user, subject="Une question", by=one.user,
            written=Written(body="Bonjour.", voice=Voice.THEIRS, author=one.user),
        ),
    ]  # fmt: skip
    for number, one in enumerate(Jobseeker.objects.filter(counsellor=user).select_related("user")[:100]):
        turns[number % len(turns)](one, int(draw.integers(9)))
    rows = Appointment.objects.filter(counsellor=user, channel="video").select_related(
        "person", "agency", "kind"
    )
    for number, row in enumerate(rows):
        room = interviews.of(appointment=row, by=user)
        if number % 4 == 0:
            calls.ask(interview=room, why=Why.RATHER, by=None, number="+33612345678")


def _write(model: Any, rows: Any) -> None:
    """Write rows in bulk, in one transaction."""
    from django.db import transaction  # noqa: PLC0415  (Django is set up first)

    with transaction.atomic():
        model.objects.bulk_create(rows, batch_size=AT_ONCE)
