"""A plan made by two, and the minutes that were shared."""

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import Day, OneOf, Sent
from visavis.casefiles.enums import Hurdle, Kind, Whose
from visavis.casefiles.models import PlanItem

Words = Annotated[str, Field(max_length=PlanItem.LONGEST)]
Version = Annotated[int, Field(ge=0, le=10**9)]
Hurdles = list[Annotated[str, OneOf(Hurdle)]]


class ItemOut(Schema):
    """A goal or an action; `reached` says how far it is."""

    id: int
    version: int
    kind: str
    goal: int | None
    whose: str
    partner: str
    words: str
    due_on: dt.date | None
    reached: str
    why: str


class HurdleOut(Schema):
    """What makes it difficult; what is not shown only she reads."""

    code: str
    is_shown: bool


class PlanOut(Schema):
    """`state` says whose yes it waits for; `version` is sent with a yes."""

    state: str | None
    version: int | None
    may_agree: bool
    agreed_at: dt.datetime | None
    review_at: dt.datetime | None
    items: list[ItemOut]
    hurdles: list[HurdleOut]


class ItemWords(Sent):
    words: Words
    whose: Annotated[str, OneOf(Whose)] = Whose.PERSON.value
    partner: Annotated[str, Field(max_length=80)] = ""
    due_on: Day | None = None
    goal: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


class ItemIn(ItemWords):
    """A goal or an action; of a goal, only its words and its day count."""

    kind: Annotated[str, OneOf(Kind)]


class ItemChange(ItemWords):
    version: Version


class ReachedIn(Sent):
    """Done, given up with a reason, or to do again."""

    reached: Literal["open", "done", "dropped"]
    why: Words = ""


class HurdlesIn(Sent):
    shown: Annotated[Hurdles, Field(max_length=50)] = []
    hidden: Annotated[Hurdles, Field(max_length=50)] = []


class AgreeIn(Sent):
    """The version of the plan that was read."""

    version: Version


class MinutesBrief(Schema):
    id: int
    met: str
    met_at: dt.datetime
    shared_at: dt.datetime | None
    number: int


class MinutesList(Schema):
    items: list[MinutesBrief]


class MinutesOut(MinutesBrief):
    """The text that was shared last; `read_at` is when one said that one has read it."""

    body: str
    agreed: list[str]
    read_at: dt.datetime | None


class ReadIn(Sent):
    """Which text was read, by its number."""

    number: Annotated[int, Field(ge=1, le=32_767)]
