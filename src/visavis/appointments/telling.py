"""Tell a person of her appointment, by her channel; the news never says what, a letter says all of it."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.appointments.enums import Channel, State
from visavis.appointments.models import Appointment
from visavis.appointments.places import place_of
from visavis.appointments.rooms import link_of
from visavis.common import clock
from visavis.jobseekers import telling as accompanying
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.delivery import Answers
from visavis.people.enums import Role
from visavis.people.models import User

THING = "appointment"
BOOKED, MOVED, GIVEN, CANCELLED, SOON, EARLIER = "booked", "moved", "given", "cancelled", "soon", "earlier"
# Given in the act that gave her another counsellor: one notice says both.
GIVEN_TOO = "given-too"
MISSED, UNREACHED = "missed", "unreached"
ALOUD = {
    BOOKED: _("An appointment is booked for you. I tell you when, where and with whom."),
    MOVED: _(
        "Your appointment has another time. I tell you when, and look for another one if it does not suit."
    ),
    GIVEN: _("Your appointment is with somebody else, at the same hour. I tell you with whom."),
    GIVEN_TOO: _(
        "Somebody else accompanies you now. Your appointment stays at the same hour. I tell you with whom."
    ),
    CANCELLED: _("We had to cancel your appointment. I tell you the next free times."),
    EARLIER: _(
        "An earlier time is held for your appointment. Does it suit you? I move it at once, or keep yours."
    ),
    MISSED: _("We waited for you and did not see you. I tell you how to go on: a call, or a new time."),
    UNREACHED: _("We called you and did not reach you. I look for another time with you."),
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
    return news.tell(user=row.person, role=Role.JOBSEEKER, kind=kind, subject=_subject(row, row.person))


def given(rows: Sequence[Appointment], was: Mapping[int, int | None]) -> None:
    """Tell of appointments that one act gave to somebody else; `was` says who received, by number.

    Her notice of who accompanies her, where the same act gave her one, is taken back: this one says it. What goes back
    to whom she knows before it was told is told to nobody. As many questions for forty as for one.
    """
    unsent = news.take_back(thing=THING, numbers=[row.pk for row in rows], kinds=(GIVEN, GIVEN_TOO))
    says_who = accompanying.taken_in([row.person_id for row in rows if row.person_id])
    told = []
    for row in rows:
        who = says_who.pop(row.person_id or 0, None)
        first = unsent.get(row.pk) or who
        before = first.known_before if first else was[row.pk]
        if row.person is None or row.counsellor_id == before:
            continue
        kind = GIVEN_TOO if who else GIVEN
        kept = news.news_of(
            user=row.person, role=Role.JOBSEEKER, kind=kind, subject=_subject(row, row.person)
        )
        kept.known_before = before
        told.append(kept)
    news.tell_all(told)


def _subject(row: Appointment, person: User) -> news.Subject:
    with override(person.language):
        return news.Subject(THING, row.pk, gettext("An appointment"), row.url)


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


def is_read_at(on_the_wall: dt.time) -> bool:
    """Say whether one reads at this hour."""
    return REMINDED_FROM <= on_the_wall <= REMINDED_UNTIL


def _remind(row: Appointment, now: dt.datetime) -> int:
    """Remind of one appointment at an hour at which one reads; who booked or moved it since knows."""
    is_known = row.changed_at > row.starts_at - REMIND_BEFORE
    if not is_known and not is_read_at(now.astimezone(row.zone).time()):
        return 0
    mine = Appointment.objects.booked().filter(pk=row.pk, reminded_at__isnull=True, starts_at=row.starts_at)
    # Of two sweeps at once, one claims it.
    if not mine.update(reminded_at=now) or is_known:
        return 0
    tell(row, SOON)
    return 1


def answers(told: News) -> Answers:
    """Return the link by which what is told is opened without signing in, where there is one."""
    row = Appointment.objects.with_words().filter(pk=told.thing_id).first()
    return Answers(link=link_of(row) if row is not None else "")


def facts(row: Appointment) -> list[str]:
    """Return what is to be known of an appointment: what, when, with whom, where, what to bring."""
    said = [
        row.kind.title,
        row.when,
        gettext("%(n)s minutes") % {"n": row.minutes},
        gettext("With %(name)s") % {"name": row.counsellor.name} if row.counsellor else "",
        row.where,
        gettext("We call you.") if row.channel == Channel.PHONE else "",
        gettext("By video, without an account: %(url)s") % {"url": link} if (link := link_of(row)) else "",
        gettext("In the booth of the agency, kept for you: %(where)s") % {"where": door_of(row)}
        if row.wants_place and place_of(row) is not None
        else "",
        gettext("Bring: %(what)s") % {"what": row.kind.to_bring} if row.kind.to_bring else "",
    ]
    return [one for one in said if one]


def door_of(row: Appointment) -> str:
    return f"{row.agency.address}, {row.agency.commune.name}"


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of an appointment."""
    appointment = Appointment.objects.with_words().get(pk=row.thing_id)
    with timezone.override(appointment.zone):
        if appointment.state == State.REVOKED:
            cancelled = gettext("We had to cancel this appointment: %(kind)s, %(when)s.")
            return [
                cancelled % {"kind": appointment.kind.title, "when": appointment.when},
                gettext("Call us, or come: we give you the next free time."),
            ]
        says_who = accompanying.now_of(row.user) if row.kind == GIVEN_TOO else ""
        return [
            *([gettext("%(who)s.") % {"who": says_who}] if says_who else []),
            *facts(appointment),
            gettext("You cannot come? Call us, or type the code of this letter on our site."),
        ]


def over(now: dt.datetime) -> QuerySet[News]:
    """Find the news of appointments that are gone."""
    kept = Appointment.objects.order_by().values("pk")
    return News.objects.filter(thing=THING).exclude(thing_id__in=kept)
