"""Documents: what is asked of a person, and what she sent."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import OneOf
from visavis.documents.enums import Kind


class DocumentIn(Schema):
    """Beside the file: for which request it is, else what it is. `key` is yours: sent twice, it is one document."""

    expected: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    kind: Annotated[str, OneOf(Kind)] | None = None
    key: UUID | None = None


class ExpectedOut(Schema):
    id: int
    kind: str
    name: str
    why: str
    until: dt.date


class DocumentOut(Schema):
    """`state` is in words as well; `until` is the last day on which it is kept."""

    id: int
    kind: str
    title: str
    state: str
    state_words: str
    way: str
    at: dt.datetime
    until: dt.date
    expected: int | None


class DocumentsOut(Schema):
    expected: list[ExpectedOut]
    items: list[DocumentOut]
