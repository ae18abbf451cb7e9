"""The nightly round that finds whom nothing has reached: a little at each sweep until everybody was looked at."""

import datetime as dt
import time

from django.utils.translation import gettext_lazy as _

from visavis.common.signs import Ages, Sign
from visavis.operations import retention
from visavis.operations.health.machine import last
from visavis.operations.models import beat
from visavis.unreached import looking

PART = "unreached"
# The other jobs of the sweep wait no longer for it.
LONGEST_S = 20.0
AGES = Ages(
    look=dt.timedelta(hours=50),
    wrong=dt.timedelta(days=7),
    words={
        "well": _("They were looked for last night."),
        "look": _("They have not been looked for for two nights."),
        "wrong": _("They have not been looked for for a week. The log says why."),
    },
)
# How far this process came in the round that is not done; another begins again, which changes nothing twice.
_so_far = [0]


def sweep() -> None:
    """Look for a while for whom nothing has reached; who is left is looked at by the next sweep."""
    if not retention.is_due(PART):
        return
    over = time.monotonic() + LONGEST_S
    for number in looking.looking(after=_so_far[0]):
        _so_far[0] = number
        if time.monotonic() > over:
            return
    _so_far[0] = 0
    beat(PART)


def sign() -> Sign:
    """Look when the last round was done."""
    title, done = _("Whom nothing has reached"), last(PART)
    if done is None:
        return Sign(PART, title, "look", _("Nobody was looked for yet: the first night is still to come."))
    return AGES.sign(PART, title, done)
