"""Minutes: begun, saved, shared, read. What is promised: nothing typed is lost, nothing shared is changed."""

import datetime as dt
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.acts.ledger import Moved
from visavis.appointments.enums import Nature, State
from visavis.appointments.held import held_of
from visavis.appointments.models import Appointment
from visavis.casefiles import drafting, telling
from visavis.casefiles.enums import Met
from visavis.casefiles.models import Minutes, MinutesVersion
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.services import agency_for
from visavis.people.models import User


class NoMeeting(Refused):
    """The appointment was cancelled, or the person did not come."""

    words = _("This meeting did not take place: there is nothing to write down.")


class Meanwhile(Moved):
    """Somebody saved, or shared, since the page was opened; nothing is written."""

    words = _("Somebody has written here since you opened this page. Both texts are below.")


class TooEarly(Refused):
    """The meeting is not over."""

    words = _("The meeting is not over yet. Minutes are shared once it has ended.")


class Empty(Refused):
    """There is nothing to share."""

    words = _("Write what was said, then share it.")


class SharedAlready(Refused):
    """What the person has read is not thrown away."""

    words = _("These minutes were shared: they are kept as they are. Share a new version instead.")


@dataclass(frozen=True)
class Text:
    """What is typed: what was said, and what was agreed, one act a line."""

    body: str
    agreed: str = ""


def begin_minutes(*, appointment: Appointment, by: User) -> Minutes:
    """Begin the minutes of an appointment, or return those begun. Raises NoMeeting.

    They are drafted from what is known of it (`drafting.py`), anew until somebody has written in them.
    """
    if appointment.person is None or appointment.state not in (State.BOOKED, State.SEEN):
        raise NoMeeting
    if (found := Minutes.objects.filter(appointment=appointment).first()) is not None:
        return _drafted_anew(found, appointment, by)
    row = Minutes(
        person=appointment.person,
        agency=appointment.agency,
        appointment=appointment,
        met=_met(appointment, by),
        met_at=appointment.starts_at,
        ended_at=appointment.ends_at,
        writer=by,
        saved_by=by,
    )
    row.body, row.agreed = drafting.draft(appointment, row.person, by)
    try:
        with transaction.atomic():
            _create(row, by)
    except IntegrityError:
        # Two began at once: they write the same minutes.
        return Minutes.objects.get(appointment=appointment)
    return row


def begin_apart(*, person: User, met: Met, day: dt.date, by: User) -> Minutes:
    """Begin the minutes of a meeting that nobody had booked. Raises NoAgency."""
    kept = Jobseeker.objects.select_related("agency").filter(user=person).first()
    at = clock.start_of(day)
    row = Minutes(
        person=person,
        agency=agency_for(kept),
        met=met,
        met_at=at,
        ended_at=at,
        writer=by,
        saved_by=by,
        body=drafting.headings(person, None),
    )
    with transaction.atomic():
        _create(row, by)
    return row


def save(*, minutes: Minutes, text: Text, by: User, seen: int) -> Minutes:
    """Keep the draft; `seen` is the version on the page. Raises Meanwhile."""
    with transaction.atomic():
        return _save(minutes, text, by, seen)


def share(*, minutes: Minutes, text: Text, by: User, seen: int) -> MinutesVersion:
    """Keep the draft and let the person read it as it is now; she is told. Raises Meanwhile, TooEarly, Empty."""
    minutes.ended_at = ended_of(minutes, by)
    if not minutes.is_over:
        raise TooEarly
    if not text.body.strip() or text.body.strip() in _begun(minutes):
        raise Empty
    with transaction.atomic():
        row = _save(minutes, text, by, seen)
        if not row.has_unshared:
            return row.versions.get(number=row.shared_number)
        row.shared_number += 1
        version = MinutesVersion(
            minutes=row, number=row.shared_number, body=row.body, agreed=row.agreed, by=by
        )
        version.save(force_insert=True)
        row.shared_version, row.shared_at, row.ended_at = row.version, version.at, minutes.ended_at
        row.save(update_fields=["shared_number", "shared_version", "shared_at", "ended_at"])
        act = journal.Act(
            Entry.Action.CHANGED, "minutes", row.pk, row.person_id, note=f"shared:{version.number}"
        )
        telling.tell(row, version, by)
        journal.record(act, by=by.pk)
    return version


def ended_of(minutes: Minutes, by: User) -> dt.datetime:
    """Return when the meeting ended: as was planned, or sooner where it was held in a room and ended there."""
    if minutes.is_over or (held := held_of(minutes.appointment, by)) is None:
        return minutes.ended_at
    return max(minutes.met_at, min(held.ended_at, minutes.ended_at))


def note_read(*, minutes: Minutes, number: int, by: User) -> None:
    """Note that the person has read a version; of one that was replaced, nothing is noted. Raises Meanwhile."""
    with transaction.atomic():
        row = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
        if number != row.shared_number:
            raise Meanwhile(_("These minutes have changed since you opened the page. Read them again."))
        row.versions.filter(number=number, read_at__isnull=True).update(read_at=clock.now())
        act = journal.Act(Entry.Action.CHANGED, "minutes", row.pk, row.person_id, note=f"read:{number}")
        journal.record(act, by=by.pk)


def throw_away(*, minutes: Minutes, by: User) -> None:
    """Delete minutes that nobody has shared. Raises SharedAlready."""
    with transaction.atomic():
        row = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
        if row.is_shared:
            raise SharedAlready
        journal.record(journal.Act(Entry.Action.DELETED, "minutes", row.pk, row.person_id), by=by.pk)
        row.delete()


def _begun(minutes: Minutes) -> list[str]:
    """Return what stood there before anybody wrote."""
    kind = minutes.appointment.kind.nature if minutes.appointment else None
    bare = drafting.headings(minutes.person, Nature(kind) if kind else None)
    return [bare.strip(), *([minutes.body.strip()] if minutes.version == 1 else [])]


def _drafted_anew(minutes: Minutes, appointment: Appointment, by: User) -> Minutes:
    """Draft again what was begun before or during the meeting, while nobody has written in it."""
    with transaction.atomic():
        row = Minutes.objects.select_for_update(of=("self",)).select_related("person").get(pk=minutes.pk)
        text, met = drafting.draft(appointment, row.person, by), _met(appointment, by)
        if row.version == 1 and (*text, met) != (row.body, row.agreed, row.met):
            row.body, row.agreed, row.met = *text, met
            row.save(update_fields=["body", "agreed", "met"])
            journal.record(journal.Act(Entry.Action.CHANGED, "minutes", row.pk, row.person_id), by=by.pk)
    return row


def _met(appointment: Appointment, by: User) -> Met:
    """Say how they met: as was planned, or by phone where that took its place."""
    held = held_of(appointment, by)
    return Met.PHONE if held is not None and held.is_by_phone else Met(appointment.channel)


def _create(row: Minutes, by: User) -> None:
    row.save(force_insert=True)
    journal.record(journal.Act(Entry.Action.CREATED, "minutes", row.pk, row.person_id), by=by.pk)


def _save(minutes: Minutes, text: Text, by: User, seen: int) -> Minutes:
    """Write the draft into its row, which is held; the same text writes nothing."""
    rows = Minutes.objects.select_for_update(of=("self",)).select_related("person", "agency", "thread")
    row = rows.get(pk=minutes.pk)
    body, agreed = text.body.strip(), text.agreed.strip()
    if row.version != seen:
        raise Meanwhile
    if (body, agreed) == (row.body.strip(), row.agreed):
        return row
    row.body, row.agreed = body, agreed
    row.version, row.saved_by, row.saved_at = row.version + 1, by, clock.now()
    row.save(update_fields=["body", "agreed", "version", "saved_by", "saved_at"])
    journal.record(journal.Act(Entry.Action.CHANGED, "minutes", row.pk, row.person_id), by=by.pk)
    return row
