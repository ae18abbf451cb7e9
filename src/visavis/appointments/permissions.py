"""Who may book for whom, with whom, and until when it is changed or cancelled."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Absence, Agency
from visavis.appointments.enums import Books, Nature
from visavis.appointments.free import Whom
from visavis.appointments.models import Appointment, Kind
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.models import User

# Until when the person herself changes or cancels: later she calls.
CANCEL_BEFORE, CHANGE_BEFORE = dt.timedelta(hours=4), dt.timedelta(days=2)


class NoCounsellor(Refused):
    """A follow-up is with one's own counsellor, and there is none."""

    words = _("This is with one’s own counsellor, and there is none yet. Book a first meeting.")


def may_book_for(actor: User, person: User) -> bool:
    """Her counsellor, who stands in, and who sits at the counter of her agency."""
    return (
        actor.pk != person.pk and acts_for(actor, person, Capacity.COUNSELLOR, Capacity.COUNTER) is not None
    )


def may_settle(actor: User, appointment: Appointment) -> bool:
    """Whoever of the service may see it: they say whether it took place, and cancel it for the agency."""
    return actor.pk != appointment.person_id and actor.has_role(Role.COUNSELLOR, Role.RECEPTION)


def can_cancel(appointment: Appointment) -> bool:
    """Say whether she may still cancel it herself."""
    return appointment.is_to_come and appointment.starts_at - clock.now() > CANCEL_BEFORE


def can_change(appointment: Appointment) -> bool:
    """Say whether she may still take another time herself; a workshop is cancelled, and another one booked."""
    return (
        appointment.is_to_come
        and appointment.workshop_id is None
        and appointment.starts_at - clock.now() > CHANGE_BEFORE
    )


def kinds_for(person: User | None, agency: Agency, *, by_staff: bool = False) -> list[Kind]:
    """Return what somebody may book in an agency: by herself, or by who books for her."""
    jobseeker = Jobseeker.objects.filter(user=person).first() if person else None
    has_own = (
        jobseeker is not None and jobseeker.counsellor_id is not None and jobseeker.agency_id == agency.pk
    )
    unfit = {Nature.FIRST} if has_own else {Nature.FOLLOW_UP}
    kinds = Kind.objects.filter(agency=agency, is_open=True).exclude(nature__in=unfit)
    return list(kinds if by_staff else kinds.filter(books=Books.ANYBODY))


def whom(person: User | None, kind: Kind) -> list[Whom] | None:
    """Return with whom a kind may be for a person: her counsellor, and on his days away who stands in; else anybody.

    Raises NoCounsellor.
    """
    if kind.nature not in (Nature.FOLLOW_UP, Nature.CALL):
        return None
    jobseeker = Jobseeker.objects.filter(user=person).first() if person else None
    own = jobseeker.counsellor_id if jobseeker and jobseeker.agency_id == kind.agency_id else None
    if own is None:
        if kind.nature == Nature.FOLLOW_UP:
            raise NoCounsellor
        return None
    away = Absence.objects.to_come().filter(agency=kind.agency_id, user=own, substitute__isnull=False)
    return [
        Whom(own),
        *(
            Whom(user, first, last)
            for user, first, last in away.values_list("substitute", "starts_on", "ends_on")
            if user is not None
        ),
    ]
