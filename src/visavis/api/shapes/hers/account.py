"""One’s account: how one is reached, who may act for one, what one agreed to, and its end."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import OneOf, Sent
from visavis.mandates.enums import Days
from visavis.mandates.errands import Code
from visavis.people.enums import Channel


class ReachOut(Schema):
    """How one is reached. E-mail and phone open the account: they change on their pages, with a code sent there."""

    name: str
    channel: str
    email: str | None
    phone: str | None
    postal_address: str
    email_page: str
    phone_page: str


class ReachIn(Sent):
    """What is to be otherwise; what is not said stays."""

    name: Annotated[str, Field(min_length=1, max_length=120)] | None = None
    channel: Annotated[str, OneOf(Channel)] | None = None
    postal_address: Annotated[str, Field(max_length=250)] | None = None


class MandateOut(Schema):
    """Who may act for one, what for, until when; `word` ends it by a text message."""

    id: int
    helper: str | None
    organisation: str | None
    state: str
    errands: list[str]
    days: int
    first_day: dt.date | None
    last_day: dt.date | None
    word: str
    is_standing: bool


class MandatesOut(Schema):
    items: list[MandateOut]


class MandateIn(Sent):
    errands: Annotated[list[Annotated[str, OneOf(Code)]], Field(min_length=1, max_length=30)]
    days: Annotated[int, OneOf(Days)] = Days.MONTH.value


class OfferedOut(Schema):
    """`code` is for the helper, and told this once: it begins the mandate."""

    mandate: MandateOut
    code: str


class StandingOut(Schema):
    words: str
    language: str
    at: dt.datetime
    until: dt.date
    how: str


class ConsentOut(Schema):
    """A purpose: the words of a yes in your language with their SHA-256, and the yes that stands, if one does."""

    purpose: str
    title: str
    words: str
    words_sha256: str
    standing: StandingOut | None


class ConsentsOut(Schema):
    items: list[ConsentOut]


class ConsentIn(Sent):
    """The SHA-256 of the words that she was shown: of others, nothing is kept."""

    words_sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", max_length=64)]


class EndingOut(Schema):
    """What ends for good with the account, and why."""

    why: str
    names: list[str]


class ClosingOut(Schema):
    """What closing would do now; `version` is sent back to close."""

    days: int
    endings: list[EndingOut]
    version: str


class CloseIn(Sent):
    """The version of what was read before."""

    version: Annotated[str, Field(min_length=1, max_length=64)]


class ClosedOut(Schema):
    """When the account is erased; until then `reopen_page` opens it again."""

    erased_on: dt.date
    reopen_page: str
