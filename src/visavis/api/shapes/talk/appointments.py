"""Appointments: what may be booked, when, what is held, what is booked."""

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import Day, OneOf, Sent
from visavis.appointments.enums import Channel

Version = Annotated[int, Field(ge=0, le=2**31 - 1)]
Instant = Annotated[dt.datetime, Field(strict=False)]
Number = Annotated[int, Field(ge=1, le=2**63 - 1)]


class KindOut(Schema):
    """What one may book in an agency, and how one meets."""

    id: int
    agency_id: int
    title: str
    minutes: int
    channels: list[str]
    is_workshop: bool


class KindsOut(Schema):
    items: list[KindOut]


class TimesAsked(Schema):
    """From which day on; without, from the first day that has a free time."""

    since: Day | None = None


class TimeOut(Schema):
    """A free time; of a workshop its number and how many places are left."""

    starts_at: dt.datetime
    workshop_id: int | None = None
    left: int | None = None


class TimesOut(Schema):
    """The free times of seven days; `later_from` is the first day after them that has some."""

    items: list[TimeOut]
    later_from: dt.date | None


class HoldIn(Sent):
    """`starts_at` as it was listed, or the number of a workshop."""

    kind_id: Number
    starts_at: Instant | None = None
    workshop_id: Number | None = None
    channel: Annotated[str, OneOf(Channel)]


class HeldOut(Schema):
    """A time that is held for ten minutes; book it by its `uid`."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    where: str
    held_until: dt.datetime


class EarlierOut(Schema):
    starts_at: dt.datetime
    held_until: dt.datetime


class AppointmentOut(Schema):
    """`earlier` is an earlier time that is held now: take it, or keep one’s own."""

    id: int
    version: int
    title: str
    agency_id: int
    counsellor: str | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    channel: str
    where: str
    state: str
    state_words: str
    can_cancel: bool
    can_move: bool
    can_wait: bool
    waits_for_earlier: bool
    earlier: EarlierOut | None


class AppointmentsOut(Schema):
    to_come: list[AppointmentOut]
    past: list[AppointmentOut]


class MoveIn(Sent):
    starts_at: Instant
    version: Version


class CancelIn(Sent):
    version: Version


class EarlierIn(Sent):
    """Begin to wait for an earlier time, take the one that is held, keep one’s own, or end the wait."""

    act: Literal["begin", "take", "keep", "end"]
    version: Version


class CallOut(Schema):
    """Until when one is called."""

    due_at: dt.datetime


class RoomOut(Schema):
    """Where an appointment by video is held: `link` opens it for whoever holds it."""

    state: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    is_open: bool
    link: str
    call: CallOut | None


class CallIn(Sent):
    """Why one would rather be called; `number` where another one than that of the account."""

    why: Literal["rather", "camera", "microphone", "network", "late"] = "rather"
    number: Annotated[str, Field(max_length=40)] = ""
