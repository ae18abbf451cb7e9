"""A time to meet: where, with whom, how long; at hours at which people meet."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.agencies.holidays import department_of, is_holiday
from visavis.appointments import elsewhere
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.prepared import Prepared
from visavis.introductions.enums import Place, Side
from visavis.introductions.models import Introduction
from visavis.ui import dates

MOST_TIMES = 3
MOST_DAYS = 90
EARLIEST, LATEST = dt.time(7), dt.time(21)
USUAL_MINUTES = 30
MOST_MINUTES = 240
SUNDAY = 6


class WrongDay(Refused):
    """A day or a time that is past, too far, by night, or a day of rest that nobody confirmed."""


class DayOfRest(WrongDay):
    """A Sunday or a public holiday, without an explicit yes."""


class NotSaid(Refused):
    """The employer proposes or agrees to meet without saying where, whom to ask for, or which number to call."""


NEEDED: dict[str, tuple[str, ...]] = {
    Place.ON_SITE: ("address", "contact", "phone"),
    Place.AGENCY: ("contact",),
    Place.PHONE: ("contact", "phone"),
    Place.VIDEO: ("contact",),
}
"""What the employer says of each way to meet; the agency's address is known."""

TO_SAY = {
    "address": gettext_lazy("Write where to come: street and town."),
    "contact": gettext_lazy("Write whom to ask for: first name and last name."),
    "phone": gettext_lazy("Write the number to call that day."),
}


@dataclass(frozen=True)
class Where:
    """What an employer says who takes a time that was proposed to him."""

    address: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Plan:
    """What one side proposes: up to three times, how to meet, where, whom to ask for."""

    times: tuple[dt.datetime, ...]
    place: str
    minutes: int = USUAL_MINUTES
    address: str = ""
    contact: str = ""
    phone: str = ""
    is_sure: bool = False
    """A Sunday or a public holiday is meant."""

    def checked(self, department: str = "") -> "Plan":
        """Return it with its times in order, once each, by the holidays of a department. Raises WrongDay, DayOfRest."""
        if self.place not in Place.values:
            raise WrongDay(gettext_lazy("Choose how to meet."))
        if not 5 <= self.minutes <= MOST_MINUTES:
            raise WrongDay(gettext_lazy("Choose how long it lasts: four hours at most."))
        times = sorted(set(self.times))
        if not 1 <= len(times) <= MOST_TIMES:
            raise WrongDay(gettext_lazy("Propose one to three times."))
        for at in times:
            refuse_odd(at, self.minutes, department, is_sure=self.is_sure)
        return Plan(
            tuple(times), self.place, self.minutes, self.address, self.contact, self.phone, self.is_sure
        )


def department_of_meeting(row: Introduction) -> str:
    """Return the department of the work, whose holidays count."""
    return department_of(row.vacancy.commune_id) or row.vacancy.department_id or ""


def refuse_odd(at: dt.datetime, minutes: int, department: str, *, is_sure: bool) -> None:
    """Refuse a time at which people do not meet. Raises WrongDay, DayOfRest."""
    now = clock.now()
    if not now < at <= now + dt.timedelta(days=MOST_DAYS):
        raise WrongDay(gettext_lazy("Choose a time between now and 90 days from now."))
    begins, ends = timezone.localtime(at), timezone.localtime(at + dt.timedelta(minutes=minutes))
    if begins.time() < EARLIEST or ends.date() > begins.date() or ends.time() > LATEST:
        raise WrongDay(gettext_lazy("Nobody meets by night: choose a time between 7:00 and 21:00."))
    if not is_sure and (begins.weekday() == SUNDAY or is_holiday(begins.date(), department)):
        said = {"day": dates.weekday(begins)}
        raise DayOfRest(
            _("%(day)s is a Sunday or a public holiday. Choose another day, or tick that you mean it.") % said
        )


def refuse_taken(row: Introduction, plan: Plan) -> None:
    """Refuse a time that a jobseeker proposes and at which she is expected elsewhere. Raises TakenThen.

    An employer may propose it: when she is free is nobody's business but hers, who takes another time.
    """
    for at in plan.times:
        ends_at = at + dt.timedelta(minutes=plan.minutes)
        if elsewhere.is_taken(row.jobseeker.user, at, ends_at, besides=row.meeting):
            raise elsewhere.TakenThen(
                _("There is another appointment or meeting then: %(when)s. Choose another time.")
                % {"when": dates.weekday_moment(at)}
            )


def refuse_unsaid(plan: Plan) -> None:
    """Refuse what an employer proposes or takes without an address, a person or a number. Raises NotSaid."""
    for name in lacking(plan):
        raise NotSaid(TO_SAY[name])


def lacking(plan: Plan) -> list[str]:
    """Return what an employer has not said yet of how one meets."""
    return [name for name in NEEDED.get(plan.place, ()) if not getattr(plan, name).strip()]


def taken(row: Introduction, where: Where, at: dt.datetime | None = None) -> Plan:
    """Return the plan of a time that an employer takes: as it was proposed, and what he says of it."""
    return filled(
        row,
        Plan(
            () if at is None else (at,),
            row.meeting_place,
            row.meeting_minutes or USUAL_MINUTES,
            where.address or row.meeting_address,
            where.contact,
            where.phone,
        ),
    )


def asked_of_taker(row: Introduction, side: str) -> tuple[str, ...]:
    """Return what a side says before it takes a time: an employer where to come, if that is not known yet."""
    if side != Side.EMPLOYER or not lacking(taken(row, Where())):
        return ()
    return NEEDED[row.meeting_place]


def filled(row: Introduction, plan: Plan) -> Plan:
    """Add what is not said: what was said of the last meeting, the employer's contact, the agency's address."""
    kept = suggested(row)
    agency = row.jobseeker.agency
    at_agency = f"{agency.address}, {agency.commune.name}" if agency and plan.place == Place.AGENCY else ""
    on_site = kept.address if plan.place == Place.ON_SITE else ""
    return Plan(
        plan.times,
        plan.place,
        plan.minutes,
        plan.address or at_agency or on_site,
        plan.contact or kept.contact,
        plan.phone or kept.phone,
        plan.is_sure,
    )


# Those of a vacancy that say where one meets, the last that moved first.
TOLD_WHERE = Prepared(
    lambda vacancy: (
        Introduction.objects.filter(vacancy=vacancy).exclude(meeting_address="").order_by("-changed_at")[:1]
    )
)


def suggested(row: Introduction) -> Plan:
    """Return what the employer said last: of this meeting, else of another for the same vacancy."""
    last = row
    if not row.meeting_address:
        last = TOLD_WHERE.first(row.vacancy_id) or row
    contact = row.employer_contact
    return Plan(
        (),
        row.meeting_place or Place.ON_SITE,
        last.meeting_minutes or USUAL_MINUTES,
        last.meeting_address,
        row.meeting_contact or (contact.name if contact else ""),
        row.meeting_phone or (contact.phone or "" if contact else ""),
    )


def columns(plan: Plan) -> dict[str, object]:
    """Return what is kept of a plan; one time is not a choice."""
    return {
        "meeting_at": plan.times[0],
        "meeting_slots": [at.astimezone(dt.UTC).isoformat() for at in plan.times]
        if len(plan.times) > 1
        else [],
        "meeting_place": plan.place,
        "meeting_minutes": plan.minutes,
        **whereabouts(plan),
        **CLEARED,
    }


def whereabouts(plan: Plan) -> dict[str, object]:
    """Return what is kept of where one meets, whom to ask for and which number to call."""
    return {
        "meeting_address": plan.address.strip()[:200],
        "meeting_contact": plan.contact.strip()[:120],
        "meeting_phone": plan.phone,
    }


CLEARED: dict[str, object] = {
    "meeting_agreed_at": None,
    "reminded_at": None,
    "day_before_at": None,
    "meeting_wish": "",
    "meeting_off": "",
    "meeting_off_by": "",
}


def time_taken(row: Introduction, at: dt.datetime | None) -> dt.datetime:
    """Return the time that is taken: the only one that is left, or one of those proposed. Raises WrongDay."""
    left = row.times_left()
    if not left:
        raise WrongDay(gettext_lazy("This time has passed. Propose another one."))
    if at is None and len(left) == 1:
        return left[0]
    if at not in left:
        raise WrongDay(gettext_lazy("Choose one of the times proposed."))
    return at
