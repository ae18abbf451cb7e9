"""The sign of what is told to open pages: is somebody there who tells it?"""

import datetime as dt
import urllib.error
import urllib.request

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.common.signs import Sign

TITLE = _("Pages that are told what changes")
WITHIN = dt.timedelta(seconds=2)
WELL = _("Open pages are told at once.")
NOBODY = _("Nobody answers: pages are told when they ask again. Look at visavis-live.")
OFF = _("It is not served here: pages ask again by themselves.")


def live() -> Sign:
    """Ask the process that serves open pages how it is."""
    if not settings.VISAVIS_LIVE_PORT:
        return Sign("live", TITLE, "well", OFF)
    address = f"http://127.0.0.1:{settings.VISAVIS_LIVE_PORT}/live/health/"
    try:
        # Our own port on this machine.
        with urllib.request.urlopen(address, timeout=WITHIN.total_seconds()) as answer:  # nosec B310
            is_well = answer.status == 200
    except (OSError, urllib.error.URLError):
        is_well = False
    return Sign("live", TITLE, "well" if is_well else "look", WELL if is_well else NOBODY)
