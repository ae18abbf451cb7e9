"""The sign of interviews: does what carries them answer, where an agency meets by video?"""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.appointments.enums import Channel
from visavis.appointments.models import Kind
from visavis.common.prepared import Prepared
from visavis.common.signs import Level, Sign
from visavis.interviews.relay import asking, servers

TITLE = _("What carries interviews by video")
WELL = _("The relay answers.")
SILENT = _("The relay does not answer: some people see and hear nobody. Have visavis-relay looked at today.")
NONE = _("There is no relay: behind some networks nobody is seen or heard. Have one set up this week.")
UNUSED = _("There is no relay, and nobody meets by video here.")
STANDS_IN = _("The demonstration has no relay: two browsers of one machine reach each other without.")
WITHIN_S = 0.3
CHANNELS = Prepared(lambda: Kind.objects.filter(is_open=True).order_by().values_list("channels", flat=True))


def relay() -> Sign:
    """Ask the relay whether it is there; where there is none, say whether one is needed."""
    level, words = _standing()
    return Sign("relay", TITLE, level, words)


def _standing() -> tuple[Level, str | Promise]:
    if servers.is_set():
        return ("well", WELL) if _answers() else ("look", SILENT)
    if settings.DEMO:
        return "well", STANDS_IN
    meets = any(Channel.VIDEO in one for one in CHANNELS())
    return ("look", NONE) if meets else ("well", UNUSED)


def _answers() -> bool:
    try:
        with asking.talk(asking.read(settings.VISAVIS_TURN_URLS[0]), time_out_s=WITHIN_S) as talk:
            return talk.bind().code == 0
    except (asking.NoRelay, asking.WrongAddress):
        return False
