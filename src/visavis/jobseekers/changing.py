"""One change of one answer, made by a button, and taken back by the next: what a page of chances proposes."""

import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from visavis.catalog.enums import SkillLevel
from visavis.catalog.models import Occupation
from visavis.common import clock
from visavis.jobseekers import reach, services
from visavis.jobseekers.answers.answer import Data
from visavis.jobseekers.answers.lists import wishes
from visavis.jobseekers.answers.plain import hours_kind, stated_pay
from visavis.jobseekers.enums import HoursKind, PayUnit, ReachUnit, StartKind
from visavis.jobseekers.forms.wishes import MOST_WISHES
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.jobseekers.questions import BY_SLUG
from visavis.people.models import User


@dataclass(frozen=True)
class Proposed:
    """A change: its kind, of what, and by how much; kilometres, level, euros an hour, days or hours.

    Who has not said how far she goes goes farther from `from_km`; who wants as many occupations as one may
    says which of them, by its row, a new one is wanted `instead` of.
    """

    kind: str
    code: str = ""
    amount: float = 0.0
    from_km: float | None = None
    instead: int | None = None


# The question that each kind of change answers anew.
QUESTIONS = {
    "radius": "reach",
    "licence": "licences",
    "language": "languages",
    "contract": "contracts",
    "condition": "conditions",
    "pay": "pay",
    "start": "start",
    "hours_more": "hours",
    "hours_fewer": "hours",
    "skill": "skills",
    "occupation": "wanted",
}


def can_make(jobseeker: Jobseeker, proposed: Proposed) -> bool:
    """Say whether one answer holds the change: not without a distance to add to, nor a sixth wish beside five."""
    match proposed.kind:
        case "radius":
            return reach.radius_km(jobseeker) is not None or proposed.from_km is not None
        case "occupation":
            return not is_full(wishes(jobseeker)) or replaced(jobseeker, proposed) is not None
        case "start":
            return jobseeker.available_on is not None
        case "pay":
            return stated_pay(jobseeker) is not None
    return proposed.kind in QUESTIONS


def is_full(wished: Sequence[WantedOccupation]) -> bool:
    """Say whether these are as many occupations as one may want: one more takes the place of another."""
    return len(wished) >= MOST_WISHES


def replaced(jobseeker: Jobseeker, proposed: Proposed) -> WantedOccupation | None:
    """Return the wish whose place a change takes, if it is still one of hers."""
    return next((wish for wish in wishes(jobseeker) if wish.pk == proposed.instead), None)


def make(*, jobseeker: Jobseeker, proposed: Proposed, by: User) -> dict[str, Any]:
    """Make exactly this change; return what takes it back, to be kept in the session."""
    slug = QUESTIONS[proposed.kind]
    before, was_answered = answer_of(jobseeker, slug), slug in jobseeker.answered
    after = CHANGES[proposed.kind](jobseeker, answer_of(jobseeker, slug), proposed)
    services.save_answer(jobseeker=jobseeker, question=BY_SLUG[slug], data=after, by=by)
    kept: dict[str, Any] = json.loads(json.dumps(before, cls=DjangoJSONEncoder))
    return {
        "question": slug,
        "before": kept,
        "was_answered": was_answered,
        "after": BY_SLUG[slug].digest(services.reread(jobseeker)),
    }


def take_back(*, jobseeker: Jobseeker, kept: dict[str, Any], by: User) -> None:
    """Write the answer as it was before the change. Raises services.Stale when it was changed again since."""
    question = BY_SLUG[kept["question"]]
    if question.digest(services.reread(jobseeker)) != kept["after"]:
        raise services.Stale
    before = {name: _typed(name, value) for name, value in kept["before"].items()}
    services.save_answer(
        jobseeker=jobseeker,
        question=question,
        data=before,
        by=by,
        says=kept["was_answered"],
    )


def answer_of(jobseeker: Jobseeker, slug: str) -> Data:
    """Return an answer as it is written: numbers as numbers, not as a form shows them."""
    match slug:
        case "reach":
            is_km = jobseeker.radius_km is not None
            return {
                "unit": str(ReachUnit.KM if is_km else ReachUnit.MINUTES),
                "distance": jobseeker.radius_km if is_km else jobseeker.minutes,
                "transport": jobseeker.transport,
            }
        case "hours":
            kind = str(hours_kind(jobseeker) or "")
            return {"kind": kind, "least": jobseeker.hours_min, "most": jobseeker.hours_max}
        case "pay":
            amount, unit = stated_pay(jobseeker) or (None, "")
            return {"amount": amount, "unit": str(unit)}
    return BY_SLUG[slug].answer.read(jobseeker)


def _typed(name: str, value: Any) -> Any:
    if isinstance(value, str) and value and name in ("amount", "least", "most"):
        return Decimal(value)
    return dt.date.fromisoformat(value) if name == "day" and value else value


# What each kind does to an answer ---------------------------------------------------------------------


def _farther(jobseeker: Jobseeker, answer: Data, by: Proposed) -> Data:
    return answer | {
        "unit": str(ReachUnit.KM),
        "distance": ceil((reach.radius_km(jobseeker) or by.from_km or 0) + by.amount),
    }


def _with_code(name: str) -> Callable[[Jobseeker, Data, Proposed], Data]:
    def change(_who: Jobseeker, answer: Data, by: Proposed) -> Data:
        return answer | {name: [*answer[name], by.code], "nothing": False}

    return change


def _without_condition(_who: Jobseeker, answer: Data, by: Proposed) -> Data:
    return answer | {"conditions": [code for code in answer["conditions"] if code != by.code]}


def _with_language(_who: Jobseeker, answer: Data, by: Proposed) -> Data:
    others = [one for one in answer["languages"] if one["language"] != by.code]
    return answer | {"languages": [*others, {"language": by.code, "level": str(int(by.amount))}]}


def _lower_pay(jobseeker: Jobseeker, _answer: Data, by: Proposed) -> Data:
    lower = (jobseeker.lowest_pay_hour or Decimal(0)) - Decimal(str(by.amount))
    return {"amount": max(lower, Decimal(0)), "unit": str(PayUnit.HOUR)}


def _sooner(jobseeker: Jobseeker, _answer: Data, by: Proposed) -> Data:
    day = (jobseeker.available_on or clock.today()) - dt.timedelta(days=int(by.amount))
    return {"kind": str(StartKind.DAY if day > clock.today() else StartKind.NOW), "day": day}


def _hours(jobseeker: Jobseeker, _answer: Data, by: Proposed) -> Data:
    least, most, step = jobseeker.hours_min, jobseeker.hours_max, Decimal(str(by.amount))
    if by.kind == "hours_more":
        most = None if most is None else most + step
    else:
        least = None if least is None else max(least - step, Decimal(0))
    return {"kind": str(HoursKind.BETWEEN), "least": least, "most": most}


def _with_skill(_who: Jobseeker, answer: Data, by: Proposed) -> Data:
    return {"skills": [*answer["skills"], {"code": by.code, "level": SkillLevel.AUTONOMOUS}]}


def _with_wish(jobseeker: Jobseeker, answer: Data, by: Proposed) -> Data:
    new = {"typed": str(Occupation.objects.get(pk=by.code).label), "occupation": by.code}
    if by.instead is None:
        return {"wishes": [*answer["wishes"], new]}
    rows = zip(wishes(jobseeker), answer["wishes"], strict=True)
    return {"wishes": [new if row.pk == by.instead else said for row, said in rows]}


CHANGES: dict[str, Callable[[Jobseeker, Data, Proposed], Data]] = {
    "radius": _farther,
    "licence": _with_code("licences"),
    "language": _with_language,
    "contract": _with_code("contracts"),
    "condition": _without_condition,
    "pay": _lower_pay,
    "start": _sooner,
    "hours_more": _hours,
    "hours_fewer": _hours,
    "skill": _with_skill,
    "occupation": _with_wish,
}
