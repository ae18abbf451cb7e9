"""Tell a person of her appointment, by her channel; the news never says what, a letter says all of it."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.appointments.enums import Channel, State
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role

THING = "appointment"
BOOKED, MOVED, GIVEN, CANCELLED, SOON = "booked", "moved", "given", "cancelled", "soon"
ALOUD = {
    BOOKED: _("An appointment is booked for you. I tell you when, where and with whom."),
    MOVED: _(
        "Your appointment has another time. I tell you when, and look for another one if it does not suit."
    ),
    GIVEN: _("Your appointment is with somebody else, at the same hour. I tell you with whom."),
    CANCELLED: _("We had to cancel your appointment. I tell you the next free times."),
    SOON: _("You have an appointment in two days. I tell you when and where, and note whether you come."),
}
# Who booked within two days knows it well enough.
REMIND_BEFORE = dt.timedelta(hours=48)
# Reminders leave at hours at which one reads them.
REMINDED_FROM, REMINDED_UNTIL = dt.time(8), dt.time(20)
AT_ONCE = 200


def tell(row: Appointment, kind: str) -> News | None:
    """Tell what became of an appointment."""
    if row.person is None:
        return None
    with override(row.person.language):
        subject = news.Subject(THING, row.pk, gettext("An appointment"), row.url)
    return news.tell(user=row.person, role=Role.JOBSEEKER, kind=kind, subject=subject)


def remind() -> int:
    """Remind of what takes place in two days, each time once; return how many."""
    now = clock.now()
    due = Appointment.objects.booked().filter(
        reminded_at__isnull=True, starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE
    )
    told = 0
    for row in due.with_words().order_by("starts_at", "pk")[:AT_ONCE]:
        told += _remind(row, now)
    return told


def _remind(row: Appointment, now: dt.datetime) -> int:
    """Remind of one appointment at an hour at which one reads; who booked or moved it since knows."""
    is_known = row.changed_at > row.starts_at - REMIND_BEFORE
    on_the_wall = now.astimezone(row.zone).time()
    if not is_known and not REMINDED_FROM <= on_the_wall <= REMINDED_UNTIL:
        return 0
    mine = Appointment.objects.booked().filter(pk=row.pk, reminded_at__isnull=True, starts_at=row.starts_at)
    # Of two sweeps at once, one claims it.
    if not mine.update(reminded_at=now) or is_known:
        return 0
    tell(row, SOON)
    return 1


def facts(row: Appointment) -> list[str]:
    """Return what is to be known of an appointment: what, when, with whom, where, what to bring."""
    said = [
        row.kind.name,
        row.when,
        gettext("%(n)s minutes") % {"n": row.minutes},
        gettext("With %(name)s") % {"name": row.counsellor.name} if row.counsellor else "",
        row.where,
        gettext("We call you.") if row.channel == Channel.PHONE else "",
        gettext("Bring: %(what)s") % {"what": row.kind.bring} if row.kind.bring else "",
    ]
    return [one for one in said if one]


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of an appointment."""
    appointment = Appointment.objects.with_words().get(pk=row.thing_id)
    with timezone.override(appointment.zone):
        if appointment.state == State.REVOKED:
            cancelled = gettext("We had to cancel this appointment: %(kind)s, %(when)s.")
            return [
                cancelled % {"kind": appointment.kind.name, "when": appointment.when},
                gettext("Call us, or come: we give you the next free time."),
            ]
        return [
            *facts(appointment),
            gettext("You cannot come? Call us, or type the code of this letter on our site."),
        ]


def over(now: dt.datetime) -> QuerySet[News]:
    """Find the news of appointments that are gone."""
    kept = Appointment.objects.order_by().values("pk")
    return News.objects.filter(thing=THING).exclude(thing_id__in=kept)
