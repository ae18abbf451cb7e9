"""A day of somebody who works at the desk: its parts, and what each app says belongs to it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# So many lines of one part; what is beyond stands on the part's own page.
MOST_LINES = 40


@dataclass(frozen=True)
class Day:
    """One day, by the clock on the wall of the agency: from when until when it is, and what day it is there now."""

    on: dt.date
    begins: dt.datetime
    ends: dt.datetime
    today: dt.date
    zone: dt.tzinfo

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_past(self) -> bool:
        return self.on < self.today


@dataclass(frozen=True)
class Part:
    """A part of a day; apps may share one. It is known by its name: what it is called depends on who reads."""

    slug: str
    label: str | Promise = field(compare=False)
    place: int


@dataclass(frozen=True)
class Line:
    """One thing of a day: about whom, what, at which hour, where it is done; `word` says where it stands.

    A text that rests sealed is given as a function: the page opens all of them at once, with one question for the keys.
    """

    who: str
    text: str | Promise | Callable[[], str]
    url: str
    at: dt.datetime | None = None
    word: str | Promise = ""
    kind: str = ""
    is_hot: bool = False


@dataclass(frozen=True)
class OfDay:
    """What one app says of a part of a day: lines in their order, and the page on which all of it stands."""

    part: Part
    lines: Sequence[Line]
    url: str = ""
    label: str | Promise = ""


MEETINGS = Part("meetings", _("Appointments"), 1)
ROOMS = Part("rooms", _("Rooms: interviews by video"), 2)
TICKETS = Part("tickets", _("Tickets at your desk"), 3)
CALLS = Part("calls", _("Calls to make"), 4)
LETTERS = Part("letters", _("Letters to post"), 5)
AT_COUNTER = Part("counter", _("To be told at the counter"), 6)
REMINDERS = Part("reminders", _("Reminders, and what we have to do"), 7)
PROPOSED = Part("proposals", _("Proposals whose last day is near"), 8)
AT_EMPLOYERS = Part("employers", _("Who meets an employer"), 9)
