"""Whether one looks for work, and the searches that tell of new openings."""

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import OneOf, Searched, Sent
from visavis.api.shapes.vacancies import VacancyBrief
from visavis.catalog.enums import ContractKind
from visavis.searches.asked import MOST_REACH_KM, USUAL_REACH_KM
from visavis.searches.models import Alert
from visavis.vacancies.models import Why

Rhythm = Annotated[str, OneOf(Alert.Rhythm)]


class LookingIn(Sent):
    is_looking: bool


class LookingOut(Schema):
    is_looking: bool


class AlertIn(Sent):
    """A search: words, a town, how far, which contracts; `in_limits` keeps what one’s own limits allow."""

    q: Searched = ""
    near: Searched = ""
    km: Annotated[int, Field(ge=0, le=MOST_REACH_KM)] = USUAL_REACH_KM
    contracts: Annotated[list[Annotated[ContractKind, Field(strict=False)]], Field(max_length=10)] = []
    in_limits: bool = False
    rhythm: Rhythm = Alert.Rhythm.DAILY.value


class RhythmIn(Sent):
    """How often; what was stopped begins again."""

    rhythm: Rhythm


class AlertBrief(Schema):
    """`told` is how many openings were new last."""

    id: int
    search: str
    filters: list[str]
    rhythm: Literal["daily", "weekly"]
    is_running: bool
    told: int
    told_at: dt.datetime | None


class AlertsOut(Schema):
    items: list[AlertBrief]


class AlertOut(AlertBrief):
    """With the openings that were new last and are still open."""

    vacancies: list[VacancyBrief]


class ReportIn(Sent):
    """What is wrong with an ad; “other” needs words. Nothing is kept of who says it."""

    why: Annotated[str, OneOf(Why)]
    words: Annotated[str, Field(max_length=500)] = ""
