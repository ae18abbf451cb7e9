"""The questions of a vacancy, between JSON and the forms of the pages: the same checks, the same sentences."""

from typing import Any

from visavis.api import problems, wording
from visavis.api.problems import Problem
from visavis.api.shapes.common import Answer, StoredAnswer
from visavis.api.shapes.vacancies import (
    ContractAnswer,
    OccupationAnswer,
    PersonAnswer,
    PlaceAnswer,
    WordsAnswer,
    WorkAnswer,
)
from visavis.common.errors import Refused
from visavis.people.models import User
from visavis.vacancies import services
from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions import QUESTIONS, QuestionForm
from visavis.vacancies.questions.form import digest
from visavis.vacancies.questions.person import PersonForm, skill_words

MOST_LANGUAGES = 10
KINDS: dict[str, type[Answer]] = {
    "work": WorkAnswer,
    "occupation": OccupationAnswer,
    "place": PlaceAnswer,
    "contract": ContractAnswer,
    "person": PersonAnswer,
    "words": WordsAnswer,
}


class AllLanguages(PersonForm):
    """The same question with a line for every language that may be sent at once."""

    def prepare(self) -> None:
        lines = {f"language_{number}": "" for number in range(1, MOST_LANGUAGES + 1)}
        self.initial = lines | dict(self.initial)
        super().prepare()


def stored(vacancy: Vacancy) -> list[StoredAnswer]:
    """Return every answer of a vacancy."""
    found = []
    for slug, question in QUESTIONS.items():
        given = question.form.given(vacancy)
        found.append(
            StoredAnswer(
                question=slug,
                title=str(question.form.title),
                words=[],
                data=data_of(slug, vacancy, given),
                version=digest(given),
            )
        )
    return found


def data_of(slug: str, vacancy: Vacancy, given: dict[str, Any]) -> dict[str, Any]:
    """Return an answer as it is sent: what a program reads it can send back."""
    data = {name: None if value == "" else value for name, value in given.items()}
    match slug:
        case "work":
            return {"name": given["name"]}
        case "place":
            return data | {"place": given["place"], "code": given["code"]}
        case "words":
            return given
        case "person":
            rows = list(vacancy.skills_asked.select_related("skill"))
            months = given["experience_months"]
            return {
                "essential": [skill_words(row) for row in rows if row.is_essential],
                "wished": [skill_words(row) for row in rows if not row.is_essential],
                "experience_months": int(months) if months else None,
                "experience_is_required": given["experience_is_required"],
                "licences": given["licences"],
                "own_vehicle": given["own_vehicle"] or None,
                "education_level": given["education_level"],
                "education_is_required": given["education_is_required"],
                "languages": [
                    {"language": row.language, "level": row.level}
                    for row in vacancy.languages_asked.order_by("-is_required", "language")
                ],
            }
    return data


def typed(slug: str, sent: Answer) -> dict[str, Any]:
    """Return what a person would have typed on the page."""
    data = sent.model_dump()
    match slug:
        case "occupation":
            return {
                "version": sent.version,
                "other": data["occupation"] or "",
                "other_code": data["occupation"] or "",
            }
        case "person":
            for number, spoken in enumerate(data.pop("languages"), start=1):
                data |= {f"language_{number}": spoken["language"], f"level_{number}": spoken["level"]}
            data |= {name: "\n".join(data[name]) for name in ("essential", "wished")}
    return data


def keep(slug: str, vacancy: Vacancy, sent: Answer, *, by: User) -> StoredAnswer:
    """Check an answer as the page does, keep it, and return it as it is now."""
    question = QUESTIONS[slug]
    kind: type[QuestionForm] = AllLanguages if slug == "person" else question.form
    form = kind(typed(slug, sent), vacancy=vacancy)
    if not form.is_valid():
        raise Problem(problems.INVALID, errors=wording.of_form(form))
    try:
        kept = services.answer(
            vacancy=vacancy, question=question, values=form.values(), seen=sent.version, by=by
        )
    except services.StaleAnswer as stale:
        raise Problem(problems.STALE) from stale
    except Refused as refusal:
        raise Problem(problems.REFUSED, str(refusal)) from refusal
    if slug == "work":
        services.suggest_occupation(vacancy=kept, by=by)
    fresh = Vacancy.objects.with_card().get(pk=kept.pk)
    return next(one for one in stored(fresh) if one.question == slug)
