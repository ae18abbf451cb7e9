"""Who may book for whom, with whom, and until when it is changed or cancelled."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Absence, Agency
from visavis.appointments.enums import Books, Nature, State
from visavis.appointments.free import Whom
from visavis.appointments.models import Appointment, Invitation, InvitedQuerySet, Kind
from visavis.appointments.models.appointment import AppointmentQuerySet
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers.assigning import nearest_agency
from visavis.jobseekers.models import Jobseeker
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.models import User

# Until when the person herself changes or cancels: later she calls.
CANCEL_BEFORE, CHANGE_BEFORE = dt.timedelta(hours=4), dt.timedelta(days=2)

# Before and after which a meeting is one of today: who works by night has a today, too.
ABOUT_TODAY = dt.timedelta(hours=12)


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


def may_write_minutes(actor: User, appointment: Appointment) -> bool:
    """Her counsellor, who stands in, and the counsellor with whom the appointment was."""
    person = appointment.person
    if person is None or person.pk == actor.pk or not actor.has_role(Role.COUNSELLOR):
        return False
    if acts_for(actor, person, Capacity.COUNSELLOR) is not None:
        return True
    if appointment.agency.organisation_id not in actor.organisation_ids(Role.COUNSELLOR):
        return False
    covered = Absence.objects.covered_by(actor).filter(user=appointment.counsellor_id)
    return appointment.counsellor_id == actor.pk or covered.exists()


def _meeting_today(actor: User) -> AppointmentQuerySet:
    """Find his own appointments of half a day ago until in half a day, at an agency where he works."""
    now, desks = clock.now(), actor.organisation_ids(Role.COUNSELLOR)
    around = {"starts_at__lte": now + ABOUT_TODAY, "ends_at__gte": now - ABOUT_TODAY}
    met = {"counsellor": actor.pk, "state__in": [State.BOOKED, State.SEEN], "agency__organisation__in": desks}
    return Appointment.objects.filter(**met, **around, person__isnull=False)


def meets(actor: User, person: User) -> bool:
    """Say whether he meets her today, or has met her: a way of `people/acting.py`."""
    is_there = actor.has_role(Role.COUNSELLOR) and actor.pk != person.pk
    return is_there and _meeting_today(actor).filter(person=person.pk).exists()


def met(actor: User) -> QuerySet[Appointment, int]:
    """Give the numbers of the users whom he meets today: the other half of the same way."""
    return _meeting_today(actor).exclude(person=actor.pk).order_by().values_list("person_id", flat=True)


def brought(actor: User) -> QuerySet[Appointment, int]:
    """Give the numbers of the users who have an appointment of today where somebody receives (`noticing/limits.py`)."""
    now, here = clock.now(), actor.organisation_ids(Role.COUNSELLOR, Role.RECEPTION)
    around = {"starts_at__lte": now + ABOUT_TODAY, "ends_at__gte": now - ABOUT_TODAY}
    found = Appointment.objects.filter(**around, agency__organisation__in=here, person__isnull=False)
    return found.filter(state__in=[State.BOOKED, State.SEEN]).order_by().values_list("person_id", flat=True)


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
    jobseeker = getattr(person, "jobseeker", None)
    has_own = (
        jobseeker is not None and jobseeker.counsellor_id is not None and jobseeker.agency_id == agency.pk
    )
    unfit = {Nature.FIRST} if has_own else {Nature.FOLLOW_UP}
    kinds = Kind.objects.filter(agency=agency, is_open=True).exclude(nature__in=unfit)
    if by_staff:
        return list(kinds)
    asked = invited(person).values("kind") if person else Kind.objects.none()
    return list(kinds.filter(Q(books=Books.ANYBODY) | Q(books=Books.INVITED, pk__in=asked)))


def kind_for(actor: User | AnonymousUser, kind_id: int) -> Kind:
    """Return a kind that somebody may know of, and until when she is invited to it, else 404."""
    kinds: Any = Kind.objects.visible_to(actor).select_related("agency__commune")
    hers = invited_until(actor if isinstance(actor, User) else None)
    found: Kind = get_object_or_404(kinds.annotate(invited_until=hers), pk=kind_id)
    return found


def held_number(uid: str) -> UUID:
    """Return the number in an address of what is held, else 404."""
    try:
        return UUID(uid)
    except ValueError:
        raise Http404 from None


def may_book(kind: Kind) -> bool:
    """Say whether who asked for a kind by `kind_for` may book it by herself."""
    return kind.books == Books.ANYBODY or (kind.books == Books.INVITED and bool(vars(kind)["invited_until"]))


def may_book_anew(person: User, kind: Kind) -> bool:
    """Say whether a person may choose a time of a kind by herself today, as its page will ask."""
    if not kind.is_open or kind.books == Books.AGENCY:
        return False
    return kind.books == Books.ANYBODY or invited(person).filter(kind=kind).exists()


def agency_of(person: User) -> Agency | None:
    """Return the agency that receives a person: hers, else the nearest."""
    hers = Jobseeker.objects.select_related("agency__commune", "commune").filter(user=person).first()
    if hers is None:
        return None
    return hers.agency or nearest_agency(hers)


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
    return with_own(kind, User(pk=own))


def with_own(kind: Kind, own: User) -> list[Whom]:
    """Return a counsellor, and who stands in on his days away."""
    away = Absence.objects.to_come().filter(agency=kind.agency_id, user=own.pk, substitute__isnull=False)
    return [
        Whom(own.pk),
        *(
            Whom(user, first, last)
            for user, first, last in away.values_list("substitute", "starts_on", "ends_on")
            if user is not None
        ),
    ]


def invited_until(person: User | None) -> Subquery:
    """Say of each kind until when somebody is invited to choose a time of it."""
    rows = Invitation.objects.open().filter(person=person.pk if person else None, kind=OuterRef("pk"))
    return Subquery(rows.values("until")[:1])


def invited(person: User) -> InvitedQuerySet:
    """Return the invitations of a person that wait for her answer."""
    return Invitation.objects.open().filter(person=person)


def may_see_invitations(actor: User) -> bool:
    """Whoever invites, and the head, who sees what is missing."""
    return actor.has_role(Role.COUNSELLOR, Role.RECEPTION, Role.HEAD)
