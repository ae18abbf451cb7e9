"""Who is away, and who then acts in her place: for the people of her caseload, on these days only."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies import handing, roles
from visavis.agencies.models import Absence, Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User

LONGEST = dt.timedelta(days=366)
AFTER_ABSENCE: Listeners[Absence] = Listeners()
"""Called after the commit with an absence that was noted: what stands on these days goes to who stands in."""
AFTER_RETURN: Listeners[Absence, int] = Listeners()
"""Called with an absence that ended sooner than was told, and who stood in."""
AFTER_END: Listeners[Absence, dt.date] = Listeners()
"""Called after the commit with an absence that is over or never was, and its last day as it was noted."""


class WrongDays(Refused):
    """The days are past, in the wrong order, or meet another absence."""


class NotASubstitute(Refused):
    """The substitute is no counsellor there, or is away herself on these days."""


def add(
    *, agency: Agency, user: User, starts_on: dt.date, ends_on: dt.date, substitute: User | None, by: User
) -> Absence:
    """Note that somebody is away, and who stands in. By the head, or by herself.

    Raises NotHead, WrongDays, NotASubstitute.
    """
    check_may(agency, user, by)
    if ends_on < starts_on or ends_on < clock.today() or ends_on - starts_on > LONGEST:
        raise WrongDays(_("Choose a last day from today on, after the first, and within a year of it."))
    meeting = Absence.objects.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    if meeting.filter(user=user, agency=agency).exists():
        raise WrongDays(_("Another absence has some of these days. End that one first."))
    if substitute is not None:
        if substitute.pk not in {one.pk for one in handing.takers(agency, user)}:
            raise NotASubstitute(_("Choose a counsellor who works in this agency."))
        if meeting.filter(user=substitute).exists():
            raise NotASubstitute(_("This colleague is away on some of these days. Choose another."))
    with transaction.atomic():
        row = Absence.objects.create(
            agency=agency, user=user, substitute=substitute, starts_on=starts_on, ends_on=ends_on, by=by
        )
        _journal(row, Entry.Action.CREATED, by)
        AFTER_ABSENCE.call(row)
    return row


def end(*, absence: Absence, by: User | None) -> None:
    """End an absence: today is worked again. One that has not begun never was. Raises NotHead."""
    if by is not None:
        check_may(absence.agency, absence.user, by)
    yesterday, last = clock.today() - dt.timedelta(days=1), absence.ends_on
    with transaction.atomic():
        _journal(absence, Entry.Action.DELETED, by)
        row = Absence.objects.select_for_update(of=("self",)).filter(pk=absence.pk).first()
        was_told = row is not None and row.begun_at is not None and row.over_at is None
        if absence.starts_on > yesterday:
            absence.delete()
        else:
            absence.ends_on, absence.over_at = yesterday, clock.now() if was_told else None
            absence.save(update_fields=["ends_on", "over_at"])
        if was_told and absence.substitute_id:
            AFTER_RETURN.call(absence, absence.substitute_id)
        AFTER_END.call(absence, last)


def end_all(*, agency: Agency, user: User, by: User | None) -> None:
    """End what holds somebody away, and that she stands in for others, once she works there no more."""
    for row in Absence.objects.to_come().filter(agency=agency, user=user):
        end(absence=row, by=by)
    stood_in = Absence.objects.to_come().filter(agency=agency, substitute=user)
    lent = list(stood_in.filter(begun_at__isnull=False, over_at__isnull=True))
    stood_in.update(substitute=None)
    for row in lent:
        AFTER_RETURN.call(row, user.pk)


def check_may(agency: Agency, user: User, by: User) -> None:
    """Let the head note anybody's absence, and everybody her own. Raises NotHead."""
    if by.pk != user.pk or not roles.held(agency, user).exists():
        roles.only_head(agency, by)


def _journal(row: Absence, action: str, by: User | None) -> None:
    note = f"substitute:{row.substitute_id or 0}"
    journal.record(journal.Act(action, "absence", row.pk, row.user_id, note=note), by=by.pk if by else None)
