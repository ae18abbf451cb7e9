"""A ticket at the door: a number, no name."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import Sent


class TicketIn(Sent):
    """`door` is the code of the day that hangs at the door."""

    door: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[0-9a-f]+$")]
    is_short: bool = False


class TicketOut(Schema):
    """A place in line; whoever holds `code` reads and moves it. Called, `desk` says where."""

    code: str
    number: int
    agency_id: int
    state: str
    state_words: str
    desk: str
    ahead: int
    minutes_at_best: int
    minutes_at_worst: int
