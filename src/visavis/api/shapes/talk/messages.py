"""Threads and their messages, as the person reads and writes them."""

import datetime as dt
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import Sent
from visavis.mailboxes.models import Message

Body = Annotated[str, Field(min_length=1, max_length=Message.LONGEST)]
# Sent again with the same key, it is one message.
Key = Annotated[UUID, Field(strict=False)] | None


class MessageIn(Sent):
    """`key` is yours: the same message sent twice with it is one."""

    body: Body
    key: Key = None


class ThreadIn(MessageIn):
    subject: Annotated[str, Field(min_length=1, max_length=120)]


class MessageOut(Schema):
    """`how` says how it came, where that is not the site; `state` who opened it."""

    number: int
    who: str
    is_own: bool
    how: str
    state: str
    body: str
    at: dt.datetime


class ThreadBrief(Schema):
    """`waits_since`: since when the agency owes an answer, and until which day."""

    id: int
    subject: str
    holder: str | None
    last_at: dt.datetime
    unread: int
    waits_since: dt.datetime | None
    due_on: dt.date | None


class ThreadOut(ThreadBrief):
    messages: list[MessageOut]


class ThreadsPage(Schema):
    items: list[ThreadBrief]
    next_cursor: str | None
