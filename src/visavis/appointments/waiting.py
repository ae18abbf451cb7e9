"""What appointments say to the homes and the desk."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.agencies.holidays import department_of
from visavis.agencies.models import Absence
from visavis.agencies.zones import zone_of
from visavis.appointments import permissions, rooms
from visavis.appointments.busy.codes import STALE_AFTER
from visavis.appointments.enums import State
from visavis.appointments.handing import standing_in
from visavis.appointments.models import Appointment, Invitation, OutsideCalendar, TimesAsked
from visavis.common import clock
from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.people.asked import AskedBy
from visavis.people.days import MEETINGS, MOST_LINES, Day, Line, OfDay
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import (
    APPOINTMENTS,
    App,
    Event,
    Happened,
    MayWait,
    Meeting,
    Noted,
    Said,
    Urgency,
    Waiting,
    noted_filter,
)
from visavis.ui.dates import hour

MOST, PLACE = 20, 12
LATELY = dt.timedelta(days=14)
OF_HER = Prepared(
    lambda user, now: (
        Appointment.objects.filter(person=user, state=State.BOOKED, ends_at__gt=now)
        .select_related("agency__commune", "kind", "counsellor")
        .order_by("starts_at", "pk")[:MOST]
    )
)
# What she answers: an earlier time, or another one in place of what the agency cancelled. One question for both.
TO_ANSWER = Prepared(
    lambda user, now: (
        (held(now) | cancelled(now))
        .filter(person=user)
        .select_related("agency__commune", "in_place_of", "kind")
        .order_by("starts_at", "pk")
    )
)
INVITED = Prepared(lambda user: permissions.invited(User(pk=user)).select_related("kind").order_by("until"))
NOT_SAID = Prepared(
    lambda user, since, now: (
        Appointment.objects.booked()
        .filter(counsellor=user, ends_at__lt=now, ends_at__gt=since)
        .order_by("starts_at", "pk")
        .values_list("starts_at", "agency__commune")
    )
)
AWAY = Prepared(lambda user: Absence.objects.to_come().filter(user=user))
# How many invitations find no free time, and how many ran out lately: each row once, whatever roles somebody has.
INVITING: AskedBy[tuple[str, int]] = AskedBy(
    lambda actor, since: (
        Invitation.objects.visible_to(actor)
        .exclude(person=actor.pk)
        .filter(
            Q(state=Invitation.State.OPEN, none_free_since__isnull=False)
            | Q(state=Invitation.State.EXPIRED, changed_at__gt=since)
        )
        .order_by()
        .values("state")
        .annotate(number=Count("pk"))
        .values_list("state", "number")
    )
)
TIMES = AskedBy(lambda actor: TimesAsked.objects.visible_to(actor).waiting().select_related("kind")[:MOST])
# Those of a day with her, and with whom she stands in for on it.
OF_A_DAY = AskedBy(
    lambda actor, on, begins, ends: _with_rooms(
        Appointment.objects.visible_to(actor)
        .filter(
            Q(counsellor=actor.pk)
            | Q(counsellor__in=Absence.objects.on(on).filter(substitute=actor.pk).values("user"))
        )
        .filter(starts_at__gte=begins, starts_at__lt=ends)
        .exclude(state__in=[State.EXCUSED, State.REVOKED])
        .select_related("kind", "person", "counsellor")
        .order_by("starts_at", "pk")
    )[: MOST_LINES * 2]
)
OWN_CALENDAR = AskedBy(lambda actor: OutsideCalendar.objects.visible_to(actor))


def held(now: dt.datetime) -> QuerySet[Appointment]:
    """Keep the earlier times that are held for who has an appointment."""
    return Appointment.objects.filter(in_place_of__state=State.BOOKED, held_until__gt=now)


def cancelled(now: dt.datetime) -> QuerySet[Appointment]:
    """Keep what the agency cancelled and was to come, until she has another one of its kind."""
    since = Appointment.objects.filter(person=OuterRef("person"), kind=OuterRef("kind"))
    again = since.filter(state__in=[State.BOOKED, State.SEEN], changed_at__gte=OuterRef("changed_at"))
    return Appointment.objects.filter(~Exists(again), state=State.REVOKED, starts_at__gt=now)


def meet_today(person: Any) -> Waiting:
    at = person.noted["meeting-today"]
    return Waiting(
        _("Appointment today, %(hour)s.") % {"hour": hour(at)},
        address("appointments:of", user_id=person.user_id),
        Urgency.SOON,
        label=_("See the appointment"),
        due=at,
    )


class Appointments(App):
    """What is booked."""

    chapter = APPOINTMENTS
    filters = (
        noted_filter(
            "meeting-today",
            gettext_lazy("Appointment today"),
            place=PLACE,
            is_to_come=True,
            to_do=meet_today,
        ),
    )

    def noted(self, morning: dt.datetime, tonight: dt.datetime) -> Sequence[Noted]:
        """Of today only: how an hour is written on the wall of another agency is on its own page."""
        rows = Appointment.objects.booked().filter(starts_at__gte=morning, starts_at__lt=tonight)
        return [Noted(rows, "person", "starts_at", "meeting-today", is_account=True)]

    def meetings_of(self, actor: User, role: Role) -> list[Meeting]:
        if role != Role.JOBSEEKER:
            return []
        return [
            Meeting(
                row.starts_at,
                row.kind.title,
                row.counsellor.name if row.counsellor else "",
                row.where,
                row.url,
                row.zone,
            )
            for row in OF_HER(actor.pk, clock.now())
        ]

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role == Role.JOBSEEKER:
            return [*offered(actor), *invited(actor)]
        if role == Role.HEAD:
            return inviting(actor, role)
        if role != Role.COUNSELLOR:
            return []
        now = clock.now()
        not_said = NOT_SAID(actor.pk, now - LATELY, now)
        away = [row for one in AWAY(actor.pk) for row in standing_in(one)]
        found = [*own_calendar(actor), *inviting(actor, role)]
        if away:
            words = _("On your days away there is still what nobody took (%(n)s): move it, or cancel it.")
            first = min(away, key=lambda row: row.starts_at)
            url = on_the_day(first.starts_at, first.zone)
            found.append(Waiting(words % {"n": len(away)}, url, label=_("See")))
        if not not_said:
            return found
        words = _("Say of your past appointments whether they took place (%(n)s).") % {"n": len(not_said)}
        began, commune = not_said[0]
        return [*found, Waiting(words, on_the_day(began, zone_of(department_of(commune))), label=_("See"))]

    def may_wait(self) -> Sequence[MayWait]:
        now = clock.now()
        return [
            MayWait(held(now), "person"),
            MayWait(cancelled(now), "person"),
            MayWait(Invitation.objects.open(), "person"),
        ]

    def of_day(self, actor: User, day: Day) -> list[OfDay]:
        """Return who comes when; who comes to one workshop stands on one line."""
        rows = OF_A_DAY(actor, day.on, day.begins, day.ends)
        workshops = Counter(row.workshop_id for row in rows if row.workshop_id)
        seen: set[int] = set()
        lines = []
        for row in rows:
            if row.workshop_id is None:
                lines.append(_line(row, actor))
            elif row.workshop_id not in seen:
                seen.add(row.workshop_id)
                number = workshops[row.workshop_id]
                words = ngettext("%(n)s person", "%(n)s people", number) % {"n": number}
                lines.append(Line(row.kind.title, words, reverse("appointments:agenda"), row.starts_at))
        url = f"{reverse('appointments:agenda')}?from={day.on}"
        mine = OfDay(MEETINGS, lines, url, _("Appointments of the day"))
        return [mine, *(one.said(rows) for one in rooms.OF_A_DAY)]

    def reached(self) -> Sequence[Said]:
        """An appointment that took place is proof; one that was only booked is none."""
        return [Said(Appointment.objects.filter(state=State.SEEN), "person", "starts_at", is_account=True)]

    def happened(self, person: Any) -> Happened:
        kept = Appointment.objects.filter(person=person.user_id).exclude(state=State.HELD)
        return Happened(kept.select_related("agency__commune", "kind"), "changed_at")

    def tell(self, rows: Iterable[Appointment], person: Any, actor: User) -> list[Event]:
        return [
            Event(
                row.changed_at,
                _("%(kind)s, %(when)s: %(state)s")
                % {"kind": row.kind.title, "when": row.when, "state": row.state_words},
                row.url,
            )
            for row in rows
        ]


def on_the_day(at: dt.datetime, zone: dt.tzinfo) -> str:
    """Return the address of the agenda of the day on which something is, by the clock on the wall."""
    return f"{reverse('appointments:agenda')}?from={at.astimezone(zone):%Y-%m-%d}"


def _with_rooms(rows: QuerySet[Appointment]) -> QuerySet[Appointment]:
    for one in rooms.OF_A_DAY:
        rows = one.beside(rows)
    return rows


def _line(row: Appointment, actor: User) -> Line:
    """Return one appointment of a day: of somebody else's, whose it is."""
    parts = [row.kind.title, row.get_channel_display()]
    if row.counsellor is not None and row.counsellor_id != actor.pk:
        parts.append(_("in place of %(name)s") % {"name": row.counsellor.name})
    word, kind = "", ""
    if row.state != State.BOOKED:
        word, kind = row.state_words, "good" if row.state == State.SEEN else "wait"
    return Line(row.person.name if row.person else "", " · ".join(parts), row.url, row.starts_at, word, kind)


def own_calendar(actor: User) -> list[Waiting]:
    """Return what a counsellor's own calendar makes her do: it is not read, or says busy at what is booked."""
    row = OWN_CALENDAR.first(actor)
    url, found = reverse("appointments:outside"), []
    if row is None:
        return []
    if row.is_failing or row.is_stale(STALE_AFTER):
        words = _("Your own calendar could not be read: times may be offered that are busy there.")
        found.append(Waiting(words, url, label=_("See why"), is_hot=row.is_stale(STALE_AFTER)))
    if row.conflicts:
        words = _("Your own calendar says busy at what is booked here (%(n)s): move it.")
        found.append(Waiting(words % {"n": row.conflicts}, url, label=_("See")))
    return found


def offered(actor: User) -> list[Waiting]:
    """Return the earlier times that are held for somebody, and what was cancelled for which she chooses another."""
    earlier = _("An earlier time is held for you: %(when)s.")
    off = _("We had to cancel this appointment: %(kind)s, %(when)s.")
    found = []
    for row in TO_ANSWER(actor.pk, clock.now()):
        if row.in_place_of is not None:
            words, url = earlier % {"when": row.when}, row.in_place_of.url
            found.append(Waiting(words, url, Urgency.NEAR, label=_("Answer"), due=row.held_until))
        else:
            words = off % {"kind": row.kind.title, "when": row.when}
            may_choose = permissions.may_book_anew(actor, row.kind)
            label = _("Choose another time") if may_choose else _("See")
            found.append(Waiting(words, row.url, Urgency.NEAR, label=label))
    return found


def invited(actor: User) -> list[Waiting]:
    """Return what somebody is invited to choose a time for."""
    return [
        Waiting(
            _("You are invited: %(kind)s. Choose your time.") % {"kind": row.kind.title},
            row.url,
            Urgency.NEAR,
            label=_("Choose a time"),
            due=row.until,
        )
        for row in INVITED(actor.pk)
    ]


def inviting(actor: User, role: Role) -> list[Waiting]:
    """Return what became of invitations: who finds no free time, who did not choose, where more times are asked for."""
    found = []
    home = reverse("appointments:invitations")
    # The head sees what counsellors and the counter leave to be done.
    counted = dict(INVITING(actor, clock.now() - LATELY))
    if number := counted.get(Invitation.State.OPEN):
        words = _("No time is free for people who are invited (%(n)s). Open more, or call them.")
        found.append(Waiting(words % {"n": number}, f"{home}?show=none-free", label=_("See"), is_hot=True))
    if (number := counted.get(Invitation.State.EXPIRED)) and role != Role.HEAD:
        words = _("These people were invited and chose no time (%(n)s). Call them.")
        found.append(Waiting(words % {"n": number}, f"{home}?show=expired", label=_("See")))
    words = _("More times are asked for: %(kind)s.")
    return found + [
        Waiting(words % {"kind": row.kind.title}, row.url, label=_("Open more times"), due=row.until)
        for row in TIMES(actor)
    ]
