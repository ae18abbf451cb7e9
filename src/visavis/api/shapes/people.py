"""A person's own data, as she sends it question by question, and as she or her counsellor reads it."""

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import Amount, Answer, Code, Sent, StoredAnswer
from visavis.catalog.enums import Condition, ContractKind, Licence, SpokenLanguage, Transport
from visavis.jobseekers.enums import HoursKind, PayUnit, ReachUnit, StartKind

Word = Annotated[str, Field(min_length=1, max_length=250)]
Year = Annotated[int, Field(ge=1940, le=2100)] | None
Month = Annotated[int, Field(ge=1, le=12)] | None


class ProfileOut(Schema):
    """Every answer, as its owner reads it."""

    version: int
    changed_at: dt.datetime | None
    answers: list[StoredAnswer]


class WishIn(Sent):
    """`occupation` is a code of the catalogue that the words may mean, or null."""

    typed: Word
    occupation: Annotated[str, Field(max_length=5)] | None = None


class WantedAnswer(Answer):
    wishes: Annotated[list[WishIn], Field(max_length=5)]


class ExperienceAnswer(Answer):
    """Jobs are sent one by one; here she says that she has not worked yet."""

    nothing: bool


class DiplomaIn(Sent):
    name: Word
    year: Year = None


class EducationAnswer(Answer):
    level: Annotated[int, Field(ge=0, le=8)] | None = None
    diplomas: Annotated[list[DiplomaIn], Field(max_length=20)] = []


class SkillIn(Sent):
    code: Code
    level: Annotated[int, Field(ge=1, le=4)] | None = None


class SkillsAnswer(Answer):
    skills: Annotated[list[SkillIn], Field(max_length=100)]


class SpokenIn(Sent):
    language: Annotated[SpokenLanguage, Field(strict=False)]
    level: Annotated[int, Field(ge=1, le=6)]


class LanguagesAnswer(Answer):
    languages: Annotated[list[SpokenIn], Field(max_length=20)]


class LicencesAnswer(Answer):
    licences: list[Annotated[Licence, Field(strict=False)]] = []
    nothing: bool = False


class PlaceAnswer(Answer):
    place: Annotated[str, Field(max_length=120)]
    code: Annotated[str, Field(max_length=5)] | None = None


class ReachAnswer(Answer):
    unit: Annotated[ReachUnit, Field(strict=False)] | None = None
    distance: Amount = None
    transport: Annotated[Transport, Field(strict=False)] | None = None


class ContractsAnswer(Answer):
    contracts: list[Annotated[ContractKind, Field(strict=False)]] = []
    nothing: bool = False


class HoursAnswer(Answer):
    kind: Annotated[HoursKind, Field(strict=False)] | None = None
    least: Amount = None
    most: Amount = None


class StartAnswer(Answer):
    kind: Annotated[StartKind, Field(strict=False)] | None = None
    day: Annotated[str, Field(max_length=10)] | None = None


class PayAnswer(Answer):
    amount: Amount = None
    unit: Annotated[PayUnit, Field(strict=False)] | None = None


class ConditionsAnswer(Answer):
    conditions: list[Annotated[Condition, Field(strict=False)]] = []
    nothing: bool = False


class InterestsAnswer(Answer):
    interests: Annotated[list[Code], Field(max_length=100)] = []
    nothing: bool = False
    # Of the words of `GET /account/consents`, wherever an interest is named: they are used with her yes only.
    words_sha256: Annotated[str, Field(max_length=64)] = ""


class AboutAnswer(Answer):
    about: Annotated[str, Field(max_length=5000)]


# Jobs ------------------------------------------------------------------------------------------------


class JobIn(Sent):
    """A job she held. Only its title is needed. `code` is an occupation that the title may mean."""

    title: Word
    code: Annotated[str, Field(max_length=5)] | None = None
    employer: Annotated[str, Field(max_length=160)] = ""
    start_month: Month = None
    start_year: Year = None
    is_current: bool = False
    end_month: Month = None
    end_year: Year = None
    years: Annotated[int, Field(ge=0, le=60)] | None = None
    months: Annotated[int, Field(ge=0, le=720)] | None = None


class JobChange(JobIn):
    version: Annotated[str, Field(min_length=1, max_length=64)]


class JobOut(Schema):
    id: int
    words: str
    title: str
    code: str | None
    employer: str
    start_month: int | None
    start_year: int | None
    is_current: bool
    end_month: int | None
    end_year: int | None
    years: int | None
    months: int | None
    version: str


class JobsOut(Schema):
    items: list[JobOut]


# The caller and the caseload ----------------------------------------------------------------------------


class MeOut(Schema):
    """Who the token speaks for, and what it may do today."""

    name: str
    language: str
    roles: list[str]
    token: str
    last_day: dt.date
    scopes: list[str]


class PersonOut(Schema):
    """A person one follows: the head of her file, as the list of people shows it."""

    id: int
    name: str
    place: str
    is_looking: bool
    answered: int
    questions: int
    changed_at: dt.datetime


class PeoplePage(Schema):
    items: list[PersonOut]
    next_cursor: str | None


class FollowedOut(Schema):
    """Whether one is followed: `ends_on` is the day as it stands, and moves while no notice has reached her."""

    state: Literal["followed", "proposed", "ended"]
    reason: Literal["at-work", "training", "moved", "retired", "no-wish", "silent", "other"] | None = None
    words: str = ""
    ends_on: dt.date | None = None
    told_on: dt.date | None = None
    again_on: dt.date | None = None


class FollowUpIn(Sent):
    """One word: stay, again, or end with its reason."""

    answer: Literal["stay", "again", "end"]
    reason: Literal["at-work", "training", "moved", "retired", "no-wish", "other"] | None = None
    words: Annotated[str, Field(max_length=300)] = ""
