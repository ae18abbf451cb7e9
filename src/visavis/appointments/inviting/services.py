"""Invite people to choose a time, and take it back. Guaranteed by the database: one invitation a person and kind at a
time, and one appointment an invitation, however many answers come at once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.appointments import free
from visavis.appointments.enums import Books, Nature
from visavis.appointments.inviting import telling
from visavis.appointments.models import Appointment, Invitation, Kind
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news.services import channel_of
from visavis.people.enums import Channel
from visavis.people.models import User

DAYS, REMIND_AFTER = 10, 3
FEWEST_DAYS, MOST_DAYS = 5, 56
# A letter is made, posted and carried: who is told by one has this much longer.
BY_POST = 5
MOST = 400


class NotInvited(Refused):
    """The kind is for who is invited, and the invitation is answered, over or taken back."""

    words = _("This invitation is over. Call the agency: we find a time with you.")


class NobodyToInvite(Refused):
    """Nobody is left to invite."""

    words = _("Nobody is left to invite. See beside each name why.")


class NotForInvitations(Refused):
    """The kind is booked by the agency only, or not given today."""

    words = _("Choose a kind to which people are invited.")


@dataclass(frozen=True)
class Sorted:
    """Who can be invited to a kind, and why somebody cannot."""

    people: list[Jobseeker]
    others: list[tuple[Jobseeker, str]]


def sort(kind: Kind, people: Sequence[Jobseeker]) -> Sorted:
    """Part the people who can be invited from those who cannot."""
    users = [one.user_id for one in people]
    asked = set(
        Invitation.objects.open().filter(kind=kind, person__in=users).values_list("person", flat=True)
    )
    booked = set(
        Appointment.objects.to_come().filter(kind=kind, person__in=users).values_list("person", flat=True)
    )
    found = Sorted([], [])
    for one in people:
        why = _why_not(kind, one, asked, booked)
        if why:
            found.others.append((one, why))
        else:
            found.people.append(one)
    return found


def _why_not(kind: Kind, person: Jobseeker, asked: set[int], booked: set[int]) -> str:
    if person.user_id in asked:
        return str(_("is invited already"))
    if person.user_id in booked:
        return str(_("has such an appointment already"))
    if person.agency_id != kind.agency_id:
        return str(_("is with another agency"))
    if kind.nature == Nature.FOLLOW_UP and person.counsellor_id is None:
        return str(_("has no counsellor yet"))
    return ""


def last_day(kind: Kind, days: int, person: User | None = None) -> dt.date:
    """Return the last day to choose, counted from today at the agency; later where a letter tells it."""
    more = BY_POST if person is not None and channel_of(person) == Channel.POST else 0
    return free.today_at(kind.agency) + dt.timedelta(days=days + more)


def invite(*, kind: Kind, people: Sequence[Jobseeker], days: int, by: User) -> list[Invitation]:
    """Invite each, and tell her by her channel; who is invited already is passed over, whoever asks at once.

    Raises NotForInvitations, NobodyToInvite.
    """
    if not kind.may_be_chosen:
        raise NotForInvitations
    made = [
        row
        for one in sort(kind, people).people[:MOST]
        if (row := _invite(kind, one.user, days, by)) is not None
    ]
    if not made:
        raise NobodyToInvite
    return made


def _invite(kind: Kind, person: User, days: int, by: User) -> Invitation | None:
    until = last_day(kind, days, person)
    try:
        with transaction.atomic():
            row = Invitation.objects.create(
                kind=kind,
                person=person,
                by=by,
                until=until,
                remind_on=until - dt.timedelta(days=days - REMIND_AFTER),
            )
            journal.record(journal.Act(Entry.Action.CREATED, telling.THING, row.pk, person.pk), by=by.pk)
            telling.tell(row, telling.INVITED)
    except IntegrityError:
        return None
    return row


def take_back(*, invitation: Invitation, by: User) -> bool:
    """Take an invitation back; say whether it was still open."""
    with transaction.atomic():
        mine = Invitation.objects.open().filter(pk=invitation.pk)
        if not mine.update(state=Invitation.State.ENDED, changed_at=clock.now()):
            return False
        act = journal.Act(
            Entry.Action.CHANGED, telling.THING, invitation.pk, invitation.person_id, note="taken-back"
        )
        journal.record(act, by=by.pk)
        telling.take_back([invitation.pk])
    return True


def note_booked(row: Appointment, *, is_hers: bool) -> None:
    """Close the invitation that an appointment answers; who books by an invitation has one. Raises NotInvited.

    Called where it is booked, in the same transaction: of two answers at once the second finds none open.
    """
    mine = Invitation.objects.open().filter(person=row.person_id, kind=row.kind_id)
    telling.take_back(list(mine.values_list("pk", flat=True)))
    number = mine.update(state=Invitation.State.BOOKED, appointment=row, changed_at=clock.now())
    if not number and is_hers and row.kind.books == Books.INVITED:
        raise NotInvited


def open_again(row: Appointment, by: User | None) -> None:
    """Invite anew whom the agency cancelled what she had chosen: the next free times are for her, for ten days more.

    Called where it is cancelled, in the same transaction. Whoever is invited again already, or to what is not given
    any more, is not.
    """
    if row.person is None or not row.kind.may_be_chosen:
        return
    until = last_day(row.kind, DAYS, row.person)
    again = {
        "state": Invitation.State.OPEN,
        "appointment": None,
        "changed_at": clock.now(),
        "until": until,
        "remind_on": until - dt.timedelta(days=DAYS - REMIND_AFTER),
        "reminded_at": None,
        "none_free_since": None,
        "looked_at": None,
    }
    answered = Invitation.objects.filter(appointment=row, state=Invitation.State.BOOKED).first()
    if answered is None:
        return
    try:
        with transaction.atomic():
            Invitation.objects.filter(pk=answered.pk).update(**again)
    except IntegrityError:
        return
    act = journal.Act(Entry.Action.CHANGED, telling.THING, answered.pk, row.person.pk, note="opened-again")
    journal.record(act, by=by.pk if by else None)
