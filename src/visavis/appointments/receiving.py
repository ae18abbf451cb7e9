"""What changes when counsellors receive, what is given, and the workshops; each is in the journal."""

import datetime as dt
import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from visavis.agencies.hours import Span
from visavis.agencies.models import Agency
from visavis.agencies.roles import only_head
from visavis.appointments.models import CalendarAddress, Kind, OtherDay, Quantum, Receiving, Workshop
from visavis.appointments.models.appointment import quantum_of
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.people.requests import number_in


class HolderTaken(Refused):
    """Who should lead the workshop has something else in these hours."""

    words = _("This colleague has an appointment in these hours. Choose another time, or somebody else.")


def where_one_receives(actor: User) -> QuerySet[Agency]:
    """Return the agencies in which somebody is a counsellor."""
    return Agency.objects.filter(organisation__in=actor.organisation_ids(Role.COUNSELLOR))


def counsellors_of(agency: Agency) -> QuerySet[User]:
    """Return who is a counsellor in an agency today: not who was."""
    works = Membership.objects.current().filter(organisation=agency.organisation_id, role=Role.COUNSELLOR)
    return User.objects.filter(pk__in=works.order_by().values("user"), is_active=True)


def change(*, agency: Agency, user: User, days: Sequence[Sequence[Span]]) -> None:
    """Keep the hours of the week in which a counsellor receives; what is booked stands."""
    with transaction.atomic():
        Receiving.objects.filter(agency=agency, user=user).delete()
        Receiving.objects.bulk_create(
            Receiving(agency=agency, user=user, weekday=weekday, start=span.start, end=span.end)
            for weekday, spans in enumerate(days)
            for span in spans
        )
        act = journal.Act(Entry.Action.CHANGED, "receiving", agency.pk, user.pk)
        journal.record(act, by=user.pk)


def add_other_day(*, other: OtherDay, by: User) -> None:
    """Keep that a counsellor receives otherwise on a day, as she says herself, or the head."""
    with transaction.atomic():
        other.save()
        act = journal.Act(Entry.Action.CREATED, "receiving", other.pk, other.user_id)
        journal.record(act, by=by.pk)


def end_other_day(*, user: User, number: str) -> None:
    """Let a day be as the week again."""
    with transaction.atomic():
        rows = OtherDay.objects.filter(user=user, pk=number_in(number))
        for row in rows:
            journal.record(journal.Act(Entry.Action.DELETED, "receiving", row.pk, user.pk), by=user.pk)
        rows.delete()


def digest(secret: str) -> str:
    """Return what is kept of the secret in an address."""
    return salted_hmac("visavis.appointments.calendar", secret, algorithm="sha256").hexdigest()


def new_address(*, user: User) -> str:
    """Make an address for a counsellor's calendar, in place of the one before; return its secret, kept by nobody."""
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        row, _is_new = CalendarAddress.objects.update_or_create(
            user=user, defaults={"digest": digest(secret), "at": clock.now()}
        )
        journal.record(journal.Act(Entry.Action.CREATED, "calendar", row.pk, user.pk), by=user.pk)
    return secret


def end_address(*, user: User) -> None:
    """Let the address open nothing any more."""
    with transaction.atomic():
        for row in CalendarAddress.objects.filter(user=user):
            journal.record(journal.Act(Entry.Action.DELETED, "calendar", row.pk, user.pk), by=user.pk)
            row.delete()


def keep_kind(*, kind: Kind, by: User) -> None:
    """Keep what an agency gives. Raises NotHead."""
    only_head(kind.agency, by)
    with transaction.atomic():
        action = Entry.Action.CHANGED if kind.pk else Entry.Action.CREATED
        kind.save()
        journal.record(journal.Act(action, "kind", kind.pk), by=by.pk)


def give_workshop(*, kind: Kind, starts_at: dt.datetime, holder: User, places: int, by: User) -> Workshop:
    """Give a workshop its time; who leads it is taken then. Raises HolderTaken."""
    ends_at = starts_at + kind.length
    first, last = quantum_of(starts_at), quantum_of(ends_at)
    try:
        with transaction.atomic():
            row = Workshop.objects.create(
                kind=kind, holder=holder, starts_at=starts_at, ends_at=ends_at, places=places
            )
            Quantum.objects.bulk_create(
                Quantum(at=at, counsellor=holder, workshop=row, length=last - first if at == first else 0)
                for at in range(first, last)
            )
            journal.record(journal.Act(Entry.Action.CREATED, "workshop", row.pk), by=by.pk)
    except IntegrityError:
        raise HolderTaken from None
    return row
