"""How often a way in may be tried, and what whoever has to wait is told to do meanwhile."""

import datetime as dt

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.tries.limits import DAY, HOUR, Limit, Share, Wait, knock

TEN_MINUTES = dt.timedelta(minutes=10)
# A class, an agency or a whole town may stand behind one address.
NETWORK = Share(300, 3000, HOUR)
CODES = Limit("code", Share(3, 60, TEN_MINUTES), Share(25, 300, DAY), NETWORK)
PASSWORDS = Limit("password", Share(5, 60, TEN_MINUTES), Share(30, 200, DAY), NETWORK)
FACTORS = Limit("factor", Share(5, 60, TEN_MINUTES), Share(20, 100, DAY), NETWORK)


def refusal_of_code(request: HttpRequest, account: str) -> str:
    """Count one code asked for; return what to do instead where it has to wait, else nothing."""
    wait = knock(request, CODES, account)
    if wait is None:
        return ""
    if wait.has_turn:
        return _("You asked for several codes. Use the last one, or wait %(time)s and ask again.") % {
            "time": words(wait)
        }
    return _("Too many codes were asked for. Take a browser you signed in with before, or call us.")


def refusal_of_password(request: HttpRequest, account: str) -> str:
    """Count one password tried; return what to do instead where it has to wait, else nothing."""
    wait = knock(request, PASSWORDS, account)
    if wait is None:
        return ""
    if wait.has_turn:
        return _("There were several wrong passwords. Ask for a code, or wait %(time)s and try again.") % {
            "time": words(wait)
        }
    return _("Too many passwords were tried. Ask for a code: it lets you in at once.")


def refusal_of_factor(request: HttpRequest, account: str) -> str:
    """Count one second factor tried; return what to do instead where it has to wait, else nothing."""
    wait = knock(request, FACTORS, account)
    if wait is None:
        return ""
    if wait.has_turn:
        return _("There were several wrong codes. Wait %(time)s, then type the code shown at that time.") % {
            "time": words(wait)
        }
    return _("Too many codes were tried. Use your passkey, or the browser you usually sign in with.")


def words(wait: Wait) -> str:
    """Say a wait in seconds, or in minutes when it is longer."""
    seconds = max(1, round(wait.time.total_seconds()))
    if seconds <= 90:
        return ngettext("%(n)s second", "%(n)s seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
