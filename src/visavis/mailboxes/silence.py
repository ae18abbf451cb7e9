"""A channel that usually brings something, and has brought nothing for days: learnt from its own past, day by day.

Of each weekday the last eight weeks say on how many something came. A silence is told when so many such days in a row
without anything would be rarer than one in a hundred; a holiday says nothing, and a channel that few use is never
told. The idea: rdv-insertion's alarm of seven days without mail, without its fixed number.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models.functions import TruncDate

from visavis.agencies.holidays import is_holiday
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.models import Incoming, Message
from visavis.mailboxes.texts.filing import BOX

LEARNT = dt.timedelta(weeks=8)
# Longer than this ago, a channel is used no more.
LOOKED_AT = 2 * LEARNT
# A channel that brought something on fewer days is rarely used.
USED_ON = 12
# As rare as this, a silence is no chance; and never told of one day.
RARE, SHORTEST = 0.01, 2
# The days of the agency on which something came, lately: on the site, or in a box.
ON_SITE: Prepared[dt.date] = Prepared(
    lambda since: (
        Message.objects.filter(voice=Voice.THEIRS, way=Way.WEB, at__gte=since)
        .order_by()
        .values_list(TruncDate("at"), flat=True)
        .distinct()
    )
)
IN_BOX: Prepared[dt.date] = Prepared(
    lambda box, since: (
        Incoming.objects.filter(box=box, at__gte=since)
        .order_by()
        .values_list(TruncDate("at"), flat=True)
        .distinct()
    )
)


@dataclass(frozen=True)
class Silence:
    """A channel without anything since a day: that day something came."""

    way: Way
    since: dt.date
    days: int


def silences() -> list[Silence]:
    """Return the channels that are silent without their wont."""
    found = (silence(way, days(), clock.today()) for way, days in CHANNELS.items())
    return [one for one in found if one is not None]


def silence(way: Way, days: set[dt.date], today: dt.date) -> Silence | None:
    """Say whether a channel is silent, of the days on which something came; today is not over, and says nothing."""
    last = max(days, default=None)
    if last is None or today in days or today - last > LEARNT:
        return None
    begins = last - LEARNT
    known = {day for day in days if begins < day <= last and counts(day)}
    if len(known) < USED_ON:
        return None
    chance, silent = 1.0, 0
    for day in between(last + dt.timedelta(days=1), today):
        usual = sum(one.weekday() == day.weekday() for one in known)
        looked_at = sum(
            one.weekday() == day.weekday() for one in between(begins + dt.timedelta(days=1), last)
        )
        chance *= 1 - usual / (max(looked_at, usual) + 1)
        silent += usual > 0
    return Silence(way, last, silent) if chance < RARE and silent >= SHORTEST else None


def between(first: dt.date, end: dt.date) -> list[dt.date]:
    """Return the days from one on and before another that are no holidays."""
    days = (first + dt.timedelta(days=number) for number in range((end - first).days))
    return [day for day in days if counts(day)]


def counts(day: dt.date) -> bool:
    return not is_holiday(day, "")


def _of_box(box: str) -> set[dt.date]:
    return set(IN_BOX(box, clock.now() - LOOKED_AT))


def _by_mail() -> set[dt.date]:
    return _of_box(settings.VISAVIS_MAIL_IN) if settings.IMAP_HOST else set()


def _by_text() -> set[dt.date]:
    return _of_box(BOX) if settings.SMS_IN_TOKEN else set()


def _on_site() -> set[dt.date]:
    return set(ON_SITE(clock.now() - LOOKED_AT))


CHANNELS: dict[Way, Callable[[], set[dt.date]]] = {Way.MAIL: _by_mail, Way.SMS: _by_text, Way.WEB: _on_site}
