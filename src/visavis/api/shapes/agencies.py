"""Agencies: where the door is, when it is open, what departs from the week."""

import datetime as dt

from ninja import Schema

from visavis.queues.enums import Light


class ClosureOut(Schema):
    """A time in which the door is closed although the week says open."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    reason: str


class OpenDayOut(Schema):
    """A day with hours of its own, as `opening_hours` writes a day."""

    day: dt.date
    hours: str
    reason: str


class StretchOut(Schema):
    """From when to when the door is open."""

    starts_at: dt.datetime
    ends_at: dt.datetime


class WaitingOut(Schema):
    """Who waits now, and how long who comes now waits; `light` says it in a word, by the longest wait."""

    number: int
    minutes_at_best: int
    minutes_at_worst: int
    light: Light


class AgencyOut(Schema):
    """`opening_hours` is in the syntax of OpenStreetMap; `opens` has all of it reckoned, for seven days."""

    id: int
    url: str
    name: str
    address: str
    commune: str
    town: str
    phone: str
    opening_hours: str
    time_zone: str
    is_open: bool
    closes_at: dt.datetime | None
    next_opening_at: dt.datetime | None
    waiting: WaitingOut | None
    closures: list[ClosureOut]
    open_days: list[OpenDayOut]
    opens: list[StretchOut]


class AgencyList(Schema):
    items: list[AgencyOut]
