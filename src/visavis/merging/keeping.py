"""What is past its time: accounts emptied thirty days ago, and merges of two years ago."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from visavis.leaving.models import Hold
from visavis.merging.models import Merge

KEPT = dt.timedelta(days=731)


def emptied(now: dt.datetime) -> QuerySet[Merge]:
    """Find the merges whose time to undo is over: the emptied account goes, unless something holds it."""
    day = timezone.localdate(now)
    held = Hold.objects.in_force(day).exclude(why=Hold.Why.WISH).filter(user=OuterRef("goes"))
    return Merge.objects.filter(~Exists(held), Merge.objects.all().HOLDS, until__lt=day)


def done(now: dt.datetime) -> QuerySet[Merge]:
    """Find the merges of two years ago, and those of which no account is left."""
    is_old = Q(at__lt=now - KEPT) & (Q(undone_at__isnull=False) | Q(goes__isnull=True))
    return Merge.objects.filter(is_old | Q(stays__isnull=True, goes__isnull=True))


def of_person(user_id: int) -> Q:
    """Say of a merge that it is of somebody's files."""
    return Q(stays=user_id) | Q(goes=user_id)
