"""Reasons are kept as long as the readings they explain."""

import datetime as dt

from django.db.models import QuerySet

from visavis.journal.services import KEPT_FOR
from visavis.noticing.models import Reason


def reasons(now: dt.datetime) -> QuerySet[Reason]:
    """Find the reasons past their time."""
    return Reason.objects.filter(at__lt=now - KEPT_FOR)
