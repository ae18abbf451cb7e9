"""Who waits for a station: tickets in the order in which they asked; a free station is kept for the next."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.acts.ledger import hold
from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.models import User
from visavis.queues.enums import HERE
from visavis.queues.models import Ticket
from visavis.queues.services import today
from visavis.stations import booths, live
from visavis.stations.models import Reservation, Sitting, Station


class IsFree(Refused):
    """Nobody waits for what is free."""

    words = _("A station is free: sit down there.")


class NotOfToday(Refused):
    """The ticket is finished, or of another day."""

    words = _("Only a ticket of today waits for a station.")


def stations(agency: Agency) -> QuerySet[Station]:
    """Return the stations at which one can sit today: enrolled, and heard not long ago."""
    heard = clock.now() - Station.SILENT
    return Station.objects.working().filter(agency=agency, heard_at__gt=heard)


def free(agency: Agency) -> list[Station]:
    """Return the stations at which nobody sits and which are kept for nobody, nor for an interview soon."""
    used = Sitting.objects.filter(ended_at__isnull=True).values("station")
    kept = Reservation.objects.filter(kept_until__gt=clock.now()).values("station")
    return list(stations(agency).exclude(pk__in=used).exclude(pk__in=kept).exclude(pk__in=booths.kept_now()))


class SitsAlready(Refused):
    """A ticket opens one station."""

    words = _("This ticket has opened a station already: finish there first.")


def waiting(agency: Agency) -> QuerySet[Reservation]:
    """Return who waits and has no station kept, nor had one in vain; the first first."""
    rows = Reservation.objects.filter(agency=agency, station__isnull=True, kept_until__isnull=True)
    return rows.filter(ticket__state__in=HERE, ticket__day=today(agency))


def in_line(agency: Agency) -> list[Reservation]:
    """Return who is in line: those for whom a station is kept now, then those who wait."""
    kept = Reservation.objects.filter(agency=agency, kept_until__gt=clock.now(), ticket__state__in=HERE)
    return [*kept.select_related("ticket", "station"), *waiting(agency).select_related("ticket")]


def seat_of(ticket: Ticket) -> Station | None:
    """Return the station that a ticket has opened, while its holder sits there."""
    row = Sitting.objects.filter(ticket=ticket, ended_at__isnull=True).select_related("station").first()
    return row.station if row is not None and row.over(clock.now()) is None else None


def is_over(ticket: Ticket) -> bool:
    """Say whether a ticket stands in no line any more."""
    return ticket.day != today(ticket.agency) or ticket.state not in HERE


def somebody_waits(agency: Agency) -> bool:
    return waiting(agency).exists()


def kept_for(station: Station) -> Reservation | None:
    """Return for whom a station is kept now."""
    rows = Reservation.objects.filter(station=station, kept_until__gt=clock.now())
    return rows.select_related("ticket").first()


def join(*, ticket: Ticket) -> Reservation:
    """Put a ticket in line, once; who came too late for what was kept is put at its end. Raises what refuses."""
    if is_over(ticket):
        raise NotOfToday
    if seat_of(ticket) is not None:
        raise SitsAlready
    settle(ticket.agency)
    mine = Reservation.objects.filter(ticket=ticket)
    if (held := mine.first()) is not None and not held.is_late:
        return held
    if free(ticket.agency) and not somebody_waits(ticket.agency):
        raise IsFree
    mine.delete()
    try:
        with transaction.atomic():
            row = Reservation.objects.create(agency=ticket.agency, ticket=ticket)
    except IntegrityError:
        return Reservation.objects.get(ticket=ticket)
    live.moved(ticket.agency_id)
    return row


def leave(*, ticket: Ticket) -> None:
    """Take a ticket out of the line: what was kept for it goes to the next."""
    if Reservation.objects.filter(ticket=ticket).delete()[0]:
        settle(ticket.agency)
        live.moved(ticket.agency_id)


def is_of(reservation: Reservation, ticket: Ticket | None, person: User | None) -> bool:
    """Say whether a place in line is of who comes with a ticket, or with her card."""
    is_hers = person is not None and reservation.ticket.person_id == person.pk
    return is_hers or (ticket is not None and reservation.ticket_id == ticket.pk)


def served(agency: Agency, ticket: Ticket | None, person: User | None) -> None:
    """Forget the place in line of who now sits, by whichever way she was let in."""
    rows = Reservation.objects.filter(agency=agency)
    if ticket is not None:
        rows.filter(ticket=ticket).delete()
    if person is not None:
        rows.filter(ticket__person=person).delete()


def ahead_of(reservation: Reservation) -> int:
    """Count who is before somebody in line."""
    return waiting(reservation.agency).filter(at__lt=reservation.at).count()


def settle(agency: Agency) -> None:
    """Keep each free station for the next in line; what was kept in vain is given on, and its holder has to ask again.

    One after the other for an agency: two stations that end together are not kept for the same ticket. While the
    agency is closed nobody can come: nothing is kept, and for whom something was kept is the first again.
    """
    if not Reservation.objects.filter(agency=agency).exists():
        return
    now = clock.now()
    with transaction.atomic():
        hold(Agency.objects.order_by(), [agency.pk])
        rows = Reservation.objects.filter(agency=agency)
        rows.exclude(ticket__state__in=HERE).delete()
        rows.exclude(ticket__day=today(agency)).delete()
        if agency.timetable.closing(now) is None:
            rows.filter(station__isnull=False).update(station=None, kept_until=None)
            return
        # Her row stays, so that her page says what became of it.
        rows.filter(kept_until__lte=now).update(station=None)
        for station, row in zip(free(agency), list(waiting(agency)), strict=False):
            row.station, row.kept_until = station, now + Reservation.KEPT_FOR
            row.save(update_fields=["station", "kept_until"])
