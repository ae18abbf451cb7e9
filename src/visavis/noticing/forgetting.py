"""Reasons are kept as long as the readings they explain."""

import datetime as dt

from django.db.models import QuerySet

from visavis.journal.services import KEPT_FOR
from visavis.noticing.models import Admission, Reason


def reasons(now: dt.datetime) -> QuerySet[Reason]:
    """Find the reasons past their time."""
    return Reason.objects.filter(at__lt=now - KEPT_FOR)


def admissions(now: dt.datetime) -> QuerySet[Admission]:
    """Find the openings of a file past their time."""
    return Admission.objects.filter(at__lt=now - KEPT_FOR)
