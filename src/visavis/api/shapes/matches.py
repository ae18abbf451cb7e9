"""Matches with their reasons, and what one says of an opening."""

import datetime as dt
from typing import Annotated

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import Paging, Sent
from visavis.api.shapes.vacancies import VacancyBrief
from visavis.matches.models import Opinion


class ReasonOut(Schema):
    """One part of the score: its weight, and what it says in a sentence (empty for where every pair starts)."""

    part: str
    kind: str
    weight: float
    sentence: str


class OpinionOut(Schema):
    kind: str
    reason: str
    said_at: dt.datetime


class MatchOut(Schema):
    """A place in a list, which stands by `tier`: asked, same, near, discover, beyond, never mixed.

    `score` is in log-odds and the weights of the reasons add up to it.

    What may be claimed of it: `level` (unknown, little, may, well, very_well), the same in `words`, and `chance`,
    which is null while the person has told neither skills nor past work.
    """

    rank: int
    tier: str
    score: float
    level: str
    chance: float | None
    words: str
    distance_km: float | None
    reasons: list[ReasonOut]
    opinion: OpinionOut | None
    vacancy: VacancyBrief
    made_at: dt.datetime
    engine_version: str


class MatchesPage(Schema):
    items: list[MatchOut]
    next_cursor: str | None


class MatchList(Paging):
    show: Opinion.Kind | None = None


class OpinionIn(Sent):
    """What she says; a reason goes with a no only."""

    kind: Annotated[Opinion.Kind, Field(strict=False)]
    reason: Annotated[Opinion.Reason, Field(strict=False)] | None = None
