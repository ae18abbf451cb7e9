"""Why a calendar could not be fetched or read, as codes and as sentences."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DAMAGED, SLOW = "calendar", "slow"
# From when on what was read is too old to be trusted in silence.
STALE_AFTER = dt.timedelta(hours=4)

WHY: dict[str, str | Promise] = {
    "name": _("The name of the address leads nowhere: check how it is written."),
    "private": _("The address leads into a private network: the operator has to allow it."),
    "plain": _("The address is not https: take the one that begins with https."),
    "tls": _("The certificate of the calendar’s server is not believed: tell its operator."),
    "late": _("The calendar did not answer in time."),
    "silent": _("Nothing answers at this address: check it."),
    "redirect": _("The address leads elsewhere, and we do not follow: take the one it leads to."),
    "status": _("The calendar refuses to be read: make a new secret address there, and write it here."),
    "big": _("The calendar is bigger than 10 MB: share one with fewer years."),
    "cut": _("The calendar stopped before its end: nothing was read."),
    "disk": _("No room is left on this machine: tell the operator."),
    DAMAGED: _("This is no calendar (iCalendar), or not a whole one: check the address, or the file."),
    "many": _("This calendar holds more entries than a person can have: share another one."),
    SLOW: _("This calendar takes too long to read: share one with fewer entries."),
}


class Unreadable(Exception):
    """It could not be read; `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def why(code: str) -> str:
    """Return why, as a sentence."""
    return str(WHY.get(code, WHY[DAMAGED])) if code else ""
