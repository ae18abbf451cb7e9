"""Introductions, read as cards and answered as on the page; hires, and whether they last."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import AwareDatetime, BeforeValidator, Field, WithJsonSchema

from visavis.api.shapes.common import Day, Id, Paging, Sent
from visavis.catalog.enums import ContractKind
from visavis.introductions.enums import Act, Place, Reason, Side, State
from visavis.introductions.meetings import MOST_MINUTES, MOST_TIMES, USUAL_MINUTES
from visavis.introductions.models import FollowUp

Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


def only_text(value: Any) -> Any:
    """Refuse a number: it would be taken for seconds since 1970."""
    if not isinstance(value, str) or not re.match(r"\d{4}-\d{2}-\d{2}[Tt]", value):
        raise ValueError("an instant is written as text")
    return value


Instant = Annotated[
    AwareDatetime,
    Field(strict=False),
    BeforeValidator(only_text),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]


class IdentityOut(Schema):
    """Who somebody is; null until both have said yes."""

    name: str
    email: str
    phone: str
    channel: str


class PersonCardOut(Schema):
    """What an employer reads of a person: her work, and who she is only after both said yes."""

    title: str
    work: list[str]
    skills: list[str]
    training: str
    languages: list[str]
    licences: list[str]
    available: str
    wishes: list[str]
    distance_km: int | None
    identity: IdentityOut | None


class EmployerCardOut(Schema):
    """What a jobseeker reads of the other side."""

    vacancy_id: int
    title: str
    employer: str
    place: str
    contract: str
    hours: str
    pay: str
    identity: IdentityOut | None


class IntroductionBrief(Schema):
    """Where an introduction stands. `version` goes with an answer; `reader` is the side one reads as."""

    id: int
    version: int
    state: State
    situation: str
    headline: str
    is_your_turn: bool
    until: dt.date | None
    reader: Side
    vacancy_id: int
    vacancy: str
    employer: str
    person: str
    person_id: int | None
    changed_at: dt.datetime


class IntroductionList(Paging):
    state: State | None = None
    vacancy: Id | None = None


class IntroductionsPage(Schema):
    items: list[IntroductionBrief]
    next_cursor: str | None


class MeetingOut(Schema):
    """`times` are those proposed, or the one agreed."""

    at: dt.datetime
    times: list[dt.datetime]
    place: Place
    minutes: int | None
    address: str
    contact: str
    phone: str
    by: Side
    is_agreed: bool


class FollowUpOut(Schema):
    months: int
    due_on: dt.date
    answer: str


class HireOut(Schema):
    """A hire counts once another side than the one that declared it has confirmed it."""

    introduction_id: int
    vacancy_id: int
    vacancy: str
    person: str
    kind: str
    starts_on: dt.date
    hours_week: Decimal | None
    declared_by: Side
    is_confirmed: bool
    is_disputed: bool
    follow_ups: list[FollowUpOut]


class HiresPage(Schema):
    items: list[HireOut]
    next_cursor: str | None


class PossibleOut(Schema):
    """One thing that a side can do now, with the reasons it may give."""

    act: Act
    side: Side
    reasons: list[Reason]


class LineOut(Schema):
    at: dt.datetime
    words: str
    was_taken_back: bool


class IntroductionOut(IntroductionBrief):
    next: str
    why: str
    helps: str
    note: str
    answer_by: dt.date | None
    person_card: PersonCardOut
    employer_card: EmployerCardOut
    meeting: MeetingOut | None
    hire: HireOut | None
    names_until: dt.date | None
    contact_until: dt.date | None
    read_until: dt.date | None
    who_reads: str
    possible: list[PossibleOut]
    can_undo: bool
    timeline: list[LineOut]


# Sent --------------------------------------------------------------------------------------------------


class Wish(Sent):
    vacancy_id: Id


class Proposal(Sent):
    """A vacancy for a person one follows, to be answered by a day."""

    vacancy_id: Id
    answer_by: Day | None = None
    note: Annotated[str, Field(max_length=500)] = ""


class Said(Sent):
    """An answer to the introduction of that `version`; `side` only for a counsellor who notes it."""

    version: Version
    side: Annotated[Side, Field(strict=False)] | None = None


class SaidNo(Said):
    reason: Annotated[Reason, Field(strict=False)]


class Meeting(Said):
    """One to three times; `is_sure` says that a Sunday or a public holiday is meant.

    An employer says where at the workplace, whom to ask for and which number to call; what was said before, and the
    name and number of his account, are filled in.
    """

    at: Instant
    others: Annotated[list[Instant], Field(max_length=MOST_TIMES - 1)] = []
    place: Annotated[Place, Field(strict=False)]
    minutes: Annotated[int, Field(ge=5, le=MOST_MINUTES)] = USUAL_MINUTES
    address: Annotated[str, Field(max_length=200)] = ""
    contact: Annotated[str, Field(max_length=120)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""
    is_sure: bool = False


class Taken(Said):
    """`at` is one of the times proposed, needed if there are several.

    An employer says where, whom to ask for and which number to call, if it is not known yet.
    """

    at: Instant | None = None
    address: Annotated[str, Field(max_length=200)] = ""
    contact: Annotated[str, Field(max_length=120)] = ""
    phone: Annotated[str, Field(max_length=40)] = ""


class Otherwise(Said):
    """When one could, in words."""

    words: Annotated[str, Field(min_length=1, max_length=300)]


class Declared(Said):
    kind: Annotated[ContractKind, Field(strict=False)]
    starts_on: Day
    hours_week: Annotated[float, Field(gt=0, le=48)] | None = None


class StillThere(Sent):
    answer: Annotated[FollowUp.Answer, Field(strict=False)]
