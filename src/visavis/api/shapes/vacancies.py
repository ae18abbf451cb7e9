"""Vacancies: as they are read, and as they are written, question by question."""

import datetime as dt
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from visavis.api.shapes.common import Amount, Answer, Day, Paging, Searched, Sent, StoredAnswer
from visavis.catalog.enums import Condition, ContractKind, Licence, OwnVehicle, SpokenLanguage
from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions.person import MOST_SKILLS
from visavis.vacancies.questions.words import MOST

Word = Annotated[str, Field(max_length=250)]


class LabelOut(Schema):
    code: str
    label: str


class PlaceOut(Schema):
    """Where the work is; `precision_km` says how far off the coordinates may be."""

    words: str
    commune: str | None
    department: str | None
    latitude: float | None
    longitude: float | None
    precision_km: float
    is_remote: bool


class PayOut(Schema):
    """Gross pay in euros an hour, and as it was written."""

    min_hour: Decimal | None
    max_hour: Decimal | None
    words: str


class VacancyBrief(Schema):
    id: int
    url: str
    title: str
    state: str
    employer: str
    occupation: LabelOut | None
    place: PlaceOut
    contract: str
    contract_months: int | None
    hours_min: Decimal | None
    hours_max: Decimal | None
    pay: PayOut
    starts_on: dt.date | None
    positions: int
    published_at: dt.datetime | None
    closes_on: dt.date | None
    changed_at: dt.datetime
    version: int


class SkillOut(Schema):
    code: str | None
    label: str
    is_essential: bool


class LanguageOut(Schema):
    language: str
    level: int
    is_required: bool


class VacancyOut(VacancyBrief):
    description: str
    conditions: list[str]
    licences: list[str]
    licences_wished: list[str]
    own_vehicle: str
    ends_on: dt.date | None
    is_on_call: bool
    is_annualised: bool
    experience_months: int | None
    experience_is_required: bool
    education_level: int | None
    education_is_required: bool
    skills: list[SkillOut]
    languages: list[LanguageOut]
    is_open_to_disability: bool
    source_url: str


class VacancySearch(Paging):
    """What to look for; the newest first."""

    q: Searched = ""
    near: Searched = ""
    km: Annotated[int, Field(ge=1, le=200)] = 20
    contract: ContractKind | None = None


class MyVacancies(Paging):
    state: Vacancy.State | None = None


class VacancyPage(Schema):
    items: list[VacancyBrief]
    next_cursor: str | None


class AnswersOut(Schema):
    """Every answer of a vacancy, and the questions without which it cannot be published."""

    answers: list[StoredAnswer]
    missing: list[str]
    warnings: list[str]


# Written -------------------------------------------------------------------------------------------


class NewVacancy(Sent):
    """`employer` is the number of one of your employers, needed if you have several."""

    employer: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None
    employer_name: Annotated[str, Field(min_length=1, max_length=200)] | None = None


class WorkAnswer(Answer):
    name: Annotated[str, Field(min_length=1, max_length=250)]


class OccupationAnswer(Answer):
    """`occupation` is a code of the catalogue, or null."""

    occupation: Annotated[str, Field(max_length=5)] | None


class PlaceAnswer(Answer):
    place: Annotated[str, Field(max_length=120)]
    code: Annotated[str, Field(max_length=5)] = ""
    starts_on: Day | None = None
    ends_on: Day | None = None
    is_on_call: bool = False
    is_annualised: bool = False
    hours_min: Amount = None
    hours_max: Amount = None
    conditions: list[Annotated[Condition, Field(strict=False)]] = []


class ContractAnswer(Answer):
    contract: Annotated[ContractKind, Field(strict=False)] | None = None
    contract_months: Annotated[int, Field(ge=1, le=60)] | None = None
    pay_low: Amount = None
    pay_high: Amount = None
    pay_period: Annotated[str, Field(pattern="^(hour|month|year)$")] = "month"


class LanguageIn(Sent):
    language: Annotated[SpokenLanguage, Field(strict=False)]
    level: Annotated[int, Field(ge=1, le=6)] | None = None


class PersonAnswer(Answer):
    """Skills are words, one each; words that are a skill of the catalogue become that skill."""

    essential: Annotated[list[Word], Field(max_length=MOST_SKILLS)] = []
    wished: Annotated[list[Word], Field(max_length=MOST_SKILLS)] = []
    experience_months: Annotated[int, Field(ge=0, le=600)] | None = None
    experience_is_required: bool = False
    licences: list[Annotated[Licence, Field(strict=False)]] = []
    own_vehicle: Annotated[OwnVehicle, Field(strict=False)] | None = None
    education_level: Annotated[int, Field(ge=0, le=8)] | None = None
    education_is_required: bool = False
    languages: Annotated[list[LanguageIn], Field(max_length=10)] = []


class WordsAnswer(Answer):
    description: Annotated[str, Field(max_length=MOST)] = ""
    positions: Annotated[int, Field(ge=1, le=999)] = 1
    is_open_to_disability: bool = False


class Publication(Sent):
    """Until when people may answer; which legal exception applies, if the words need one."""

    closes_on: Day
    legal_exception: Annotated[str, Field(max_length=500)] = ""


class Closing(Sent):
    is_filled: bool


class CandidateOut(Schema):
    """A person who suits the vacancy, without anything that tells who she is; `match` serves to ask to meet."""

    place: int
    match: int
    name: str
    level: str
    words: str
    chance: float | None
    is_interested: bool
    reasons: list[str]
    missing: list[str]
    notes: list[str]
    facts: list[str]


class CandidatesOut(Schema):
    items: list[CandidateOut]
