"""The nightly round of what is past its time: a little at each sweep until nothing is left, then the night is done."""

import datetime as dt
import time

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.signs import Ages, Sign
from visavis.leaving import night
from visavis.operations.health.machine import last
from visavis.operations.models import beat

FROM_HOUR = 3
# The other jobs of the sweep wait no longer for it.
LONGEST_S = 20.0
AGES = Ages(
    look=dt.timedelta(hours=50),
    wrong=dt.timedelta(days=7),
    words={
        "well": _("What is past its time was deleted last night."),
        "look": _("What is past its time has not been deleted for two nights."),
        "wrong": _("What is past its time has not been deleted for a week. The log says why."),
    },
)


def is_due(part: str = "retention") -> bool:
    """Say whether a night has come of which a round is not done; nights that were missed are one."""
    local = clock.local()
    day = local.date() if local.hour >= FROM_HOUR else local.date() - dt.timedelta(days=1)
    begins = timezone.make_aware(dt.datetime.combine(day, dt.time(FROM_HOUR)))
    done = last(part)
    return done is None or done < begins


def sweep() -> None:
    """Delete for a while what is past its time; what is left is for the next sweep."""
    if not is_due():
        return
    over = time.monotonic() + LONGEST_S
    has_failed = False
    for some in night.forgetting():
        has_failed |= some.failed
        if time.monotonic() > over:
            return
    if not has_failed:
        beat("retention")


def sign() -> Sign:
    """Look when the last round was done."""
    title, done = _("What is past its time"), last("retention")
    if done is None:
        return Sign(
            "retention", title, "look", _("Nothing has been deleted yet: the first night is still to come.")
        )
    return AGES.sign("retention", title, done)
