"""What stands where a door closes: seen before, cancelled after; each person is told, and sees the next free times."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import ngettext

from visavis.agencies.closures import Closed
from visavis.appointments import services, telling
from visavis.appointments.models import Appointment, Workshop
from visavis.news import channels


def touched(closed: Closed) -> list[str]:
    """Say what a closure would cancel; nothing is changed."""
    found = []
    if number := len(standing := _standing(closed)):
        words = ngettext(
            "%(n)s appointment is cancelled: the person is told, and sees the next free times.",
            "%(n)s appointments are cancelled: each person is told, and sees the next free times.",
            number,
        )
        found.append(words % {"n": number})
        found += channels.how(row.person for row in standing if row.person)
    if number := len(_workshops(closed)):
        words = ngettext("%(n)s workshop is cancelled.", "%(n)s workshops are cancelled.", number)
        found.append(words % {"n": number})
    return found


def cancel(closed: Closed) -> None:
    """Cancel what stands in a closure and tell each person; what somebody cancelled meanwhile is left.

    What is held then is let go first: nobody says yes to a time at which the door is closed.
    """
    services.let_go(lambda row: closed.meets(row.starts_at, row.ends_at), agency=closed.agency)
    for workshop in _workshops(closed):
        with transaction.atomic():
            Workshop.objects.filter(pk=workshop.pk).update(is_off=True)
            workshop.quanta.all().delete()
    for row in _standing(closed):
        try:
            cancelled = services.revoke(appointment=row, by=closed.by)
        except services.NotNow:
            continue
        telling.tell(cancelled, telling.CANCELLED)


def _standing(closed: Closed) -> list[Appointment]:
    rows = Appointment.objects.to_come().with_words().filter(agency=closed.agency)
    first, last = closed.stretches[0].starts_at, closed.stretches[-1].ends_at
    near = rows.filter(starts_at__lt=last, ends_at__gt=first).order_by("starts_at", "pk")
    return [row for row in near if closed.meets(row.starts_at, row.ends_at)]


def _workshops(closed: Closed) -> list[Workshop]:
    rows: QuerySet[Workshop] = Workshop.objects.to_come().filter(kind__agency=closed.agency)
    first, last = closed.stretches[0].starts_at, closed.stretches[-1].ends_at
    near = rows.filter(starts_at__lt=last, ends_at__gt=first)
    return [row for row in near if closed.meets(row.starts_at, row.ends_at)]
