"""How often a way in may be tried, and what whoever has to wait is told to do meanwhile."""

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from visavis.tries.limits import DAY, HOUR, Limit, Share, Wait, knock

TEN_MINUTES = dt.timedelta(minutes=10)
# A class, an agency or a whole town may stand behind one address.
NETWORK = Share(300, 3000, HOUR)
CODES = Limit("code", Share(3, 60, TEN_MINUTES), Share(25, 300, DAY), NETWORK)
PASSWORDS = Limit("password", Share(5, 60, TEN_MINUTES), Share(30, 200, DAY), NETWORK)
FACTORS = Limit("factor", Share(5, 60, TEN_MINUTES), Share(20, 100, DAY), NETWORK)
HANDED = Limit("handed", Share(5, 60, TEN_MINUTES), Share(20, 100, DAY), NETWORK)
# What another service answered: whoever sits behind one network, together.
IDENTITIES = Limit("identity", Share(60, 300, TEN_MINUTES), Share(60, 300, TEN_MINUTES), NETWORK)
# What is said to who has a turn, with the time to wait, and to who has none.
SAID = {
    CODES: (
        _("You asked for several codes. Use the last one, or wait %(time)s and ask again."),
        _("Too many codes were asked for. Take a browser you signed in with before, or call us."),
    ),
    PASSWORDS: (
        _("There were several wrong passwords. Ask for a code, or wait %(time)s and try again."),
        _("Too many passwords were tried. Ask for a code: it lets you in at once."),
    ),
    FACTORS: (
        _("There were several wrong codes. Wait %(time)s, then type the code shown at that time."),
        _("Too many codes were tried. Use your passkey, or the browser you usually sign in with."),
    ),
    IDENTITIES: (
        _("Many people sign in from here. Wait %(time)s and begin again, or ask for a code."),
        _("Too many people sign in from here this way. Ask for a code: it lets you in."),
    ),
    HANDED: (
        _("There were several wrong codes. Look at the paper again, wait %(time)s and try once more."),
        _("Too many codes were tried. Ask whoever gave you the code for a new one, or call us."),
    ),
}


def refusal(request: HttpRequest, limit: Limit, account: str) -> str:
    """Count one try; return what to do instead where it has to wait, else nothing."""
    wait = knock(request, limit, account)
    if wait is None:
        return ""
    in_turn, not_now = SAID[limit]
    return str(in_turn) % {"time": words(wait)} if wait.has_turn else str(not_now)


def words(wait: Wait) -> str:
    """Say a wait in seconds, or in minutes when it is longer."""
    seconds = max(1, round(wait.time.total_seconds()))
    if seconds <= 90:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
