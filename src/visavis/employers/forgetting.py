"""What the night deletes of employers who came."""

import datetime as dt

from visavis.common import clock
from visavis.employers.enums import State
from visavis.employers.models import Account, Invitation

REQUESTS_FOR, DOWN_FOR = dt.timedelta(days=365), dt.timedelta(days=5 * 365)


def forget() -> int:
    """Delete requests that came to nothing, accounts taken down long ago, and codes past their week; count them."""
    now = clock.now()
    nothing = Account.objects.filter(
        state__in=[State.REFUSED, State.WITHDRAWN], decided_at__lt=now - REQUESTS_FOR
    )
    down = Account.objects.filter(state=State.DOWN, decided_at__lt=now - DOWN_FOR)
    codes = Invitation.objects.filter(at__lt=now - Invitation.LIFE)
    return sum(len(rows) and rows.delete()[0] for rows in (nothing, down, codes))
