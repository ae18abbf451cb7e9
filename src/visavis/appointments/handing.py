"""Appointments given to somebody else: of who leaves (`agencies/handing.py`), and of who is away to who stands in.

The hour stays. Who is taken then is asked no more: what nobody can take stays where it is, and is seen there.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet
from django.utils.translation import ngettext

from visavis.agencies import roles
from visavis.agencies.handing import Holding, Taken
from visavis.agencies.models import Absence, Agency
from visavis.appointments import services, telling
from visavis.appointments.enums import Act, State
from visavis.appointments.models import Appointment, AppointmentQuerySet, Workshop
from visavis.appointments.models.appointment import Step
from visavis.jobseekers.handing import counsellors_of
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import User


def held_by(user: User, agency: Agency) -> AppointmentQuerySet:
    """Return what somebody has to come in an agency; who comes to a workshop goes where the workshop goes."""
    return Appointment.objects.to_come().filter(counsellor=user, agency=agency, workshop__isnull=True)


def count(former: User, agency: Agency) -> int:
    return held_by(former, agency).count()


def words(number: int) -> str:
    return ngettext("%(number)s appointment to come", "%(number)s appointments to come", number) % {
        "number": number
    }


def give(former: User, agency: Agency, to: Sequence[User], by: User | None) -> Taken:
    """Give each to the person's new counsellor if he is free then, else to who is, the least taken first."""
    allowed = {user.pk: user for user in to}
    rows = list(held_by(former, agency).with_words().order_by("starts_at", "pk"))
    follows = counsellors_of([row.person_id for row in rows], allowed)
    counted = Appointment.objects.to_come().filter(counsellor__in=allowed).order_by().values("counsellor")
    loads = dict.fromkeys(allowed, 0) | dict(counted.annotate(n=Count("pk")).values_list("counsellor", "n"))
    taken: Taken = {}
    given: list[Appointment] = []
    for row in rows:
        own = follows.get(row.person_id)
        others = sorted(allowed, key=lambda one: (one != own, loads[one], one))
        for taker in others:
            if (one := _given(row, allowed[taker], by)) is not None:
                given.append(one)
                taken[str(row.pk)] = taker
                loads[taker] += 1
                break
    telling.given(given, {row.pk: former.pk for row in given})
    return taken


def take_back(former: User, taken: Taken, by: User | None) -> int:
    """Give back what still lies with who took it, and is still to come; return how many."""
    rows = Appointment.objects.to_come().with_words().filter(pk__in=[int(key) for key in taken])
    return len(_all_given([row for row in rows if row.counsellor_id == taken[str(row.pk)]], former, by))


def led_by(user: User, agency: Agency) -> QuerySet[Workshop]:
    """Return the workshops to come that somebody leads in an agency."""
    return Workshop.objects.to_come().filter(holder=user, kind__agency=agency)


def count_led(former: User, agency: Agency) -> int:
    return led_by(former, agency).count()


def words_led(number: int) -> str:
    return ngettext("%(number)s workshop to lead", "%(number)s workshops to lead", number) % {
        "number": number
    }


def give_led(former: User, agency: Agency, to: Sequence[User], by: User | None) -> Taken:
    """Give each workshop of who leaves to somebody who is free then, who leads the fewest first."""
    loads = {one: count_led(one, agency) for one in to}
    taken: Taken = {}
    for workshop in led_by(former, agency).order_by("starts_at", "pk"):
        for taker in sorted(loads, key=lambda one: (loads[one], one.pk)):
            if _led(workshop, taker, by):
                taken[str(workshop.pk)] = taker.pk
                loads[taker] += 1
                break
    return taken


def take_back_led(former: User, taken: Taken, by: User | None) -> int:
    """Give back the workshops that who took them leads still; return how many."""
    rows = Workshop.objects.to_come().filter(pk__in=[int(key) for key in taken])
    return sum(_led(row, former, by) for row in rows if row.holder_id == taken[str(row.pk)])


def _led(workshop: Workshop, to: User, by: User | None) -> bool:
    """Let another lead a workshop, and tell who comes; say whether he is free then."""
    try:
        with transaction.atomic():
            workshop.quanta.update(counsellor=to)
            Workshop.objects.filter(pk=workshop.pk).update(holder=to)
            # Who is choosing at this moment reads the right name once she has booked.
            workshop.appointments.filter(state=State.HELD).update(counsellor=to)
            rows = Appointment.objects.to_come().with_words().filter(workshop=workshop)
            _all_given(list(rows), to, by)
            journal.record(
                journal.Act(Entry.Action.CHANGED, "workshop", workshop.pk), by=by.pk if by else None
            )
    except IntegrityError:
        return False
    return True


def cover(absence: Absence) -> None:
    """Give what stands in somebody's days away to who stands in, where he is free; the rest is seen by her.

    What is held with her on these days is let go: nobody says yes to who is away.
    """
    first, last = absence.starts_on, absence.ends_on
    services.let_go(
        lambda row: row.workshop_id is None and first <= row.starts_at.astimezone(row.zone).date() <= last,
        agency=absence.agency,
        counsellor=absence.user,
    )
    if absence.substitute is None:
        return
    _all_given(standing_in(absence), absence.substitute, absence.by)


def uncover(absence: Absence, last: dt.date) -> None:
    """Give back what stands in days that are worked again, where it was given for them and the hour is free."""
    back, substitute = absence.user, absence.substitute
    if substitute is None or not roles.held(absence.agency, back).filter(role=Role.COUNSELLOR).exists():
        return
    rows = _on_days(held_by(substitute, absence.agency), absence.starts_on, last)
    # Whoever was with the substitute by her own choice stays there.
    steps = Step.objects.filter(appointment__in=rows, act=Act.GIVE, undone_at__isnull=True).order_by("number")
    gave = {one.appointment_id: one.before.get("counsellor_id") for one in steps}
    _all_given([row for row in rows if gave.get(row.pk) == back.pk], back, None)


def standing_in(absence: Absence) -> list[Appointment]:
    """Return the appointments of somebody on the days on which she is away, by the clock of the agency."""
    return _on_days(held_by(absence.user, absence.agency), absence.starts_on, absence.ends_on)


def _on_days(rows: AppointmentQuerySet, first: dt.date, last: dt.date) -> list[Appointment]:
    found = rows.with_words().order_by("starts_at", "pk")
    return [row for row in found if first <= row.starts_at.astimezone(row.zone).date() <= last]


def _all_given(rows: Sequence[Appointment], to: User, by: User | None) -> list[Appointment]:
    """Give to one what can be, and tell the people, all in one act; return what was given."""
    was = {row.pk: row.counsellor_id for row in rows}
    with transaction.atomic():
        given = [one for row in rows if (one := _given(row, to, by)) is not None]
        telling.given(given, was)
    return given


def _given(row: Appointment, to: User, by: User | None) -> Appointment | None:
    """Give one; return nothing where it could not be."""
    try:
        return services.give(appointment=row, to=to, by=by)
    except (services.Taken, services.NotNow):
        return None


APPOINTMENTS = Holding("appointments", count, words, give, take_back, place=2)
WORKSHOPS = Holding("workshops", count_led, words_led, give_led, take_back_led, place=2)
