"""What holds an account: while it stands, the account is neither closed by itself nor erased."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.leaving.models import Hold
from visavis.people.models import User


class TooLong(Refused):
    """The last day is not within a year from today."""

    words = _("Choose a last day from tomorrow to a year from now.")


def hold(*, user: User, why: str, until: dt.date, by: User | None) -> Hold:
    """Hold an account until a day, a year at most; held already for this reason, the day is changed. Raises TooLong."""
    if not clock.today() < until <= clock.today() + Hold.LONGEST:
        raise TooLong
    with transaction.atomic():
        kept, is_new = Hold.objects.update_or_create(
            user=user,
            why=why,
            ended_at=None,
            defaults={"until": until},
            create_defaults={"until": until, "by": by, "at": clock.now()},
        )
        action = Entry.Action.CREATED if is_new else Entry.Action.CHANGED
        record(Act(action, "hold", kept.pk, user.pk, note=f"{why} {until}"), by=by.pk if by else None)
    return kept


def end(*, held: Hold, by: User | None) -> None:
    """End a hold today; ended already, nothing changes."""
    with transaction.atomic():
        if Hold.objects.filter(pk=held.pk, ended_at__isnull=True).update(ended_at=clock.now()):
            act = Act(Entry.Action.CHANGED, "hold", held.pk, held.user_id, note="ended")
            record(act, by=by.pk if by else None)


def over(now: dt.datetime) -> QuerySet[Hold]:
    """Find the holds that ended a year ago, by hand or by their day."""
    before = now - Hold.LONGEST
    return Hold.objects.filter(ended_at__lt=before) | Hold.objects.filter(until__lt=before.date())
