"""Why two files cannot be merged: a clear sentence each, which says what to do first."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from visavis.common import clock, merging
from visavis.jobseekers import permissions
from visavis.leaving.models import Closing, Hold
from visavis.merging.models import Merge
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.people.sessions import own

NOW = dt.timedelta(minutes=15)


def first(stays: User, goes: User, *, by: User) -> str:
    """Return the first reason against it; nothing where there is none."""
    return next(every(stays, goes, by=by), "")


def every(stays: User, goes: User, *, by: User) -> Iterator[str]:
    """Give every reason against it, the accounts' own first."""
    both = [stays, goes]
    if stays.pk == goes.pk:
        yield _("This is one file, not two.")
        return
    if not all(_may(by, one) for one in both):
        yield _("One of the two files is not of your agency: ask the head.")
    if Membership.objects.filter(user__in=both).exclude(role=Role.JOBSEEKER).exists():
        yield _("One of the two works here, hires, or helps others. Only files of jobseekers are merged.")
    numbers = [one.pk for one in both]
    if Merge.objects.undoable().filter(Q(stays__in=numbers) | Q(goes__in=numbers)).exists():
        yield _("One of the two was merged less than thirty days ago. Wait for the end, or undo that first.")
    elif Closing.objects.filter(user__in=both).exists() or not all(one.is_active for one in both):
        yield _("One of the two accounts is closed. Open it again first.")
    if Hold.objects.in_force().filter(user=goes.pk).exclude(why=Hold.Why.WISH).exists():
        yield _("The file that goes in is kept because of a request or a dispute. Let the other file go in.")
    if all(_is_here(one) for one in both):
        yield _("Both accounts are in use at this moment. They may be two people: look first.")
    for said in merging.said().refused:
        found = said(stays.pk, goes.pk)
        if found:
            yield found


def _may(by: User, person: User) -> bool:
    jobseeker = getattr(person, "jobseeker", None)
    return jobseeker is not None and permissions.can_assign(by, jobseeker)


def _is_here(user: User) -> bool:
    """Say whether somebody uses an account now."""
    return any(row.used_at > clock.now() - NOW for row in own.living(user))
