"""What the night deletes of employers who came."""

import datetime as dt

from django.db.models import Q, QuerySet

from visavis.employers.enums import State
from visavis.employers.models import Account, Invitation

REQUESTS_FOR, DOWN_FOR = dt.timedelta(days=366), dt.timedelta(days=5 * 366)


def accounts(now: dt.datetime) -> QuerySet[Account]:
    """Find the requests that came to nothing, and the accounts taken down long ago."""
    nothing = Q(state__in=[State.REFUSED, State.WITHDRAWN], decided_at__lt=now - REQUESTS_FOR)
    return Account.objects.filter(nothing | Q(state=State.DOWN, decided_at__lt=now - DOWN_FOR))


def codes(now: dt.datetime) -> QuerySet[Invitation]:
    """Find the codes past their week."""
    return Invitation.objects.filter(at__lt=now - Invitation.LIFE)
