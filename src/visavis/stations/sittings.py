"""A sitting: opened by a ticket, a badge or nothing, for a time; at its end nobody is signed in there any more.

Guaranteed by the database: one sits at a station, a ticket and a badge open one station each, and a sitting that has
ended names neither ticket, badge nor session.
"""

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.models import Over, Session, User
from visavis.queues.models import Ticket
from visavis.queues.services import today
from visavis.stations import booths, live, reservations
from visavis.stations.enums import End, Way
from visavis.stations.models import Badge, HelpCall, Sitting, Station
from visavis.stations.models.station import rules_of

# Somebody at work is noted as fine as this.
FINE = dt.timedelta(seconds=10)
# So long before the end one is told, and may ask for more.
NOTICE = dt.timedelta(minutes=5)
# Who set out longer ago has been there.
ON_THE_WAY = dt.timedelta(minutes=5)


class DoorClosed(Refused):
    """Nobody sits there when the agency is closed."""

    words = _("The agency is closed now: the stations open with it.")


class InUse(Refused):
    """One sits at a station; a ticket and a card open one station each."""

    words = _("Somebody is at this station, or your ticket or card is in use at another one.")


class NoSuchTicket(Refused):
    """No ticket of today has this number."""

    words = _("No ticket of today has this number. Look at your ticket, or ask at reception.")


class KeptForAnother(Refused):
    """The station waits for who is next in line."""

    words = _(
        "This station is kept for somebody who waits. Is it you? Write the number of your ticket first. Else "
        "ask at reception to be put in line."
    )


class NoMore(Refused):
    """A sitting is not made longer."""

    words = _("You cannot stay longer: somebody waits, an interview begins here, or the agency closes.")


def at(station: Station) -> Sitting | None:
    """Return the sitting that is on at a station, over or not."""
    return Sitting.objects.filter(station=station, ended_at__isnull=True).first()


def ticket_of(station: Station, number: int) -> Ticket:
    """Return a ticket of today whose holder is in the agency. Raises NoSuchTicket."""
    tickets = Ticket.objects.of_day(station.agency, today(station.agency)).here()
    found = tickets.filter(number=number).first()
    if found is None:
        raise NoSuchTicket
    return found


def begin(
    *,
    station: Station,
    way: Way,
    ticket: Ticket | None = None,
    badge: Badge | None = None,
    by: dt.datetime | None = None,
) -> Sitting:
    """Open a station, until an hour at the latest. Raises DoorClosed, InUse, KeptForAnother, KeptForInterview."""
    now = clock.now()
    closes = station.agency.timetable.closing(now)
    if closes is None:
        raise DoorClosed
    holder = badge or ticket
    person = holder.person if holder is not None else None
    kept = reservations.kept_for(station)
    if kept is not None and not reservations.is_of(kept, ticket, person):
        raise KeptForAnother
    interview, empty_at = booths.opening(station, person)
    until = now + dt.timedelta(minutes=rules_of(station.agency).minutes)
    until = min(until, by or until)
    if interview is not None:
        until = max(until, interview.ends_at + booths.AFTER)
    until = min(until, empty_at or until)
    # What has run out is no longer in the way.
    if (former := at(station)) is not None and (why := former.over(now)) is not None:
        end(former, why)
    try:
        with transaction.atomic():
            row = Sitting.objects.create(
                station=station, way=way, ticket=ticket, badge=badge,
                began_at=now, used_at=now, ends_at=min(until, closes), to_closing=closes <= until,
            )  # fmt: skip
            reservations.served(station.agency, ticket, person)
    except IntegrityError as error:
        raise InUse from error
    live.moved(station.agency_id)
    return row


def go_on(*, station: Station, badge: Badge) -> Sitting:
    """Let who sits there, or comes, go on as herself: with time of her own, unless somebody waits for a station.

    Nothing is given on in between, so that her own place is kept for nobody else. Raises what `begin` raises.
    """
    with transaction.atomic():
        former, by = at(station), None
        if former is not None:
            by = former.ends_at if reservations.somebody_waits(station.agency) else None
            end(former, End.FINISHED, is_given_on=False)
        return begin(station=station, way=Way.BADGE, badge=badge, by=by)


def note_use(sitting: Sitting, now: dt.datetime) -> None:
    """Note that somebody is there: now and then."""
    if now - sitting.used_at >= FINE:
        sitting.used_at = now
        Sitting.objects.filter(pk=sitting.pk, ended_at__isnull=True).update(used_at=now)


def note_session(sitting: Sitting, name: str) -> None:
    """Note in which session she is signed in, so that it ends with the sitting whatever the browser does."""
    if sitting.session != name:
        sitting.session = name
        Sitting.objects.filter(pk=sitting.pk, ended_at__isnull=True).update(session=name)


def may_stay(sitting: Sitting) -> bool:
    """Say whether there is time to give: nobody waits, and the agency does not close before."""
    return not sitting.to_closing and not reservations.somebody_waits(sitting.station.agency)


def extend(*, sitting: Sitting) -> Sitting:
    """Give more time while nobody waits: neither beyond closing nor into an interview. Raises NoMore."""
    now = clock.now()
    closes = sitting.station.agency.timetable.closing(now)
    if closes is None or not may_stay(sitting):
        raise NoMore
    if sitting.ends_at - now > NOTICE:
        return sitting
    empty_at = booths.empty_at(sitting)
    until = sitting.ends_at + dt.timedelta(minutes=rules_of(sitting.station.agency).more)
    until = min(until, empty_at or until)
    if until <= sitting.ends_at:
        raise NoMore
    sitting.ends_at, sitting.to_closing = min(until, closes), closes <= until
    sitting.extensions += 1
    sitting.save(update_fields=["ends_at", "to_closing", "extensions"])
    return sitting


def mind_the_end(sitting: Sitting) -> None:
    """Look whether the sitting must end sooner: a closure, or an interview in the booth, may have come meanwhile."""
    now = clock.now()
    closes = sitting.station.agency.timetable.closing(now) or now
    empty_at = booths.empty_at(sitting)
    until = min(closes, empty_at or closes)
    if until < sitting.ends_at:
        sitting.ends_at, sitting.to_closing = until, closes <= until
        sitting.save(update_fields=["ends_at", "to_closing"])


def end(sitting: Sitting, why: End, *, is_given_on: bool = True) -> None:
    """End a sitting and the session in it; what is left is a row of nobody. Done twice, it is done once.

    Its station goes to the next in line, unless who sits there goes on at once.
    """
    agency = sitting.station.agency
    with transaction.atomic():
        living = Sitting.objects.filter(pk=sitting.pk, ended_at__isnull=True)
        row = living.select_for_update().first()
        if row is None:
            return
        if row.session:
            held = Session.objects.filter(pk=row.session, over="")
            held.update(over=Over.ELSEWHERE, session_data="")
        living.update(ended_at=clock.now(), end=why, ticket=None, badge=None, session="")
        HelpCall.objects.filter(station=row.station_id, ended_at__isnull=True).update(ended_at=clock.now())
    if is_given_on:
        reservations.settle(agency)
    live.moved(agency.pk)


def end_at(station: Station, why: End) -> None:
    """End what is on at a station."""
    if (row := at(station)) is not None:
        end(row, why)


def end_if_over(sitting: Sitting) -> End | None:
    """End a sitting whose time is over or at which nobody is; say why, if so."""
    why = sitting.over(clock.now())
    if why is not None:
        end(sitting, why)
    return why


def call_help(*, station: Station) -> HelpCall:
    """Ask somebody of the agency to come to a station, once until somebody does."""
    row, is_new = HelpCall.objects.get_or_create(station=station, ended_at=None)
    if is_new:
        live.called(station.agency_id)
    return row


def help_for(sitting: Sitting) -> HelpCall | None:
    """Return the call of who sits there that nobody has answered, or the one to which somebody has just set out."""
    just_now = Q(by__isnull=False, ended_at__gt=clock.now() - ON_THE_WAY)
    hers = sitting.station.calls.filter(at__gte=sitting.began_at)
    return hers.filter(Q(ended_at__isnull=True) | just_now).last()


def go_to(*, call: HelpCall, by: User) -> None:
    """Note that somebody goes there."""
    if HelpCall.objects.filter(pk=call.pk, ended_at__isnull=True).update(ended_at=clock.now(), by=by):
        live.called(call.station.agency_id)
