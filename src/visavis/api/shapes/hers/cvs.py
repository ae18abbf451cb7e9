"""CVs as they were understood, to be checked fact by fact."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import Sent

Text = Annotated[str, Field(max_length=250)] | None


class CvBrief(Schema):
    id: int
    kind: str
    read_at: dt.datetime
    expires_at: dt.datetime
    added_at: dt.datetime | None


class FactOut(Schema):
    """One thing that was understood: its words in the CV, what can be corrected, and whether the profile has it."""

    number: int
    kind: str
    name: str
    words: str
    is_known: bool
    is_ticked: bool
    fields: dict[str, str]


class CvOut(CvBrief):
    facts: list[FactOut]


class CvsOut(Schema):
    items: list[CvBrief]


class FactIn(Sent):
    """A fact to put into the profile, by its number; what is not corrected stays as it was read."""

    number: Annotated[int, Field(ge=0, le=10_000)]
    title: Text = None
    employer: Text = None
    start: Text = None
    end: Text = None
    year: Text = None
    level: Annotated[str, Field(max_length=2)] | None = None


class TakenIn(Sent):
    facts: Annotated[list[FactIn], Field(max_length=500)]


class TakenOut(Schema):
    """How many things were added; what the profile had already is not doubled."""

    added: int
