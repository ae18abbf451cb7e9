"""Tables that staff take away: each is in the journal, with how many rows and as what, and few are taken in an hour."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from visavis.common import clock, sheets
from visavis.common.errors import Refused
from visavis.common.sheets import Sheet
from visavis.journal import services as journal
from visavis.journal.models import Entry

IN_AN_HOUR = 20
MOST_ROWS = 5_000
HOUR = dt.timedelta(hours=1)


class TooManyTables(Refused):
    """She took as many tables as one may in an hour."""

    words = _("You took many tables away. Wait an hour, or ask for one list of all.")


class TooLong(Refused):
    """The list is longer than what may leave at once."""

    words = _("This list is too long to leave at once. Choose a filter first.")


def take(*, actor: int, name: str, kind: str, rows: int, sheet: Callable[[], Sheet]) -> HttpResponseBase:
    """Answer with a table, and write down that it left. Raises TooManyTables, TooLong."""
    taken = Entry.objects.filter(
        actor_id=actor, thing="table", action=Entry.Action.RAN, at__gte=clock.now() - HOUR
    )
    if taken.count() >= IN_AN_HOUR:
        raise TooManyTables
    if rows > MOST_ROWS:
        raise TooLong
    journal.record(journal.Act(Entry.Action.RAN, "table", rows, note=f"{name}.{kind}"), by=actor)
    return sheets.answer(sheet(), kind)


def or_back(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Do it, or say on the list, filtered as it was, why it is refused. Words looked for get into no address."""
    try:
        return act()
    except Refused as refusal:
        messages.warning(request, str(refusal))
        filters = request.GET.copy()
        filters.pop("as", None)
        return redirect(f"{request.path}?{filters.urlencode()}" if filters else request.path)
