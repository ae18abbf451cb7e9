"""The questions of a profile, between JSON and the forms of the pages: the same checks, the same sentences."""

from typing import Any

from visavis.api import problems, wording
from visavis.api.problems import Problem
from visavis.api.shapes import people as shapes
from visavis.api.shapes.common import Answer, StoredAnswer
from visavis.jobseekers import services
from visavis.jobseekers.answers.jobs import job_words, read_job
from visavis.jobseekers.forms.experience import JobForm
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.jobseekers.questions import BY_SLUG, QUESTIONS, Question, digest_of
from visavis.people.models import User

KINDS: dict[str, type[Answer]] = {
    "wanted": shapes.WantedAnswer,
    "experience": shapes.ExperienceAnswer,
    "education": shapes.EducationAnswer,
    "skills": shapes.SkillsAnswer,
    "languages": shapes.LanguagesAnswer,
    "licences": shapes.LicencesAnswer,
    "place": shapes.PlaceAnswer,
    "reach": shapes.ReachAnswer,
    "contracts": shapes.ContractsAnswer,
    "hours": shapes.HoursAnswer,
    "start": shapes.StartAnswer,
    "pay": shapes.PayAnswer,
    "conditions": shapes.ConditionsAnswer,
    "interests": shapes.InterestsAnswer,
    "about": shapes.AboutAnswer,
}
NUMBERS = {"level", "year", "start_month", "end_month"}


def profile(jobseeker: Jobseeker) -> shapes.ProfileOut:
    """Return every answer of a profile."""
    return shapes.ProfileOut(
        version=jobseeker.version,
        changed_at=jobseeker.changed_at if jobseeker.pk else None,
        answers=[stored(jobseeker, question) for question in QUESTIONS],
    )


def stored(jobseeker: Jobseeker, question: Question) -> StoredAnswer:
    return StoredAnswer(
        question=question.slug,
        title=str(question.title),
        words=question.summary(jobseeker),
        data=plain(question.answer.read(jobseeker)),
        version=question.digest(jobseeker),
    )


def plain(value: Any, name: str = "") -> Any:
    """Return what a form is filled with as data: nothing is null, a level is a number."""
    match value:
        case dict():
            return {key: plain(part, key) for key, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
        case "" if name not in {"place", "about"}:
            return None
        case str() if name in NUMBERS and value.isdecimal():
            return int(value)
    return value


def typed(slug: str, sent: Answer) -> dict[str, Any]:
    """Return what a person would have typed on the page."""
    data = sent.model_dump()
    match slug:
        case "wanted":
            for number, wish in enumerate(data.pop("wishes"), start=1):
                data |= {f"wish_{number}": wish["typed"], f"code_{number}": wish["occupation"] or ""}
        case "education":
            for number, diploma in enumerate(data.pop("diplomas"), start=1):
                data |= {f"name_{number}": diploma["name"], f"year_{number}": diploma["year"]}
        case "languages":
            for number, spoken in enumerate(data.pop("languages"), start=1):
                data |= {f"language_{number}": spoken["language"], f"level_{number}": spoken["level"]}
        case "skills":
            for skill in data.pop("skills"):
                data |= {f"has_{skill['code']}": True, f"level_{skill['code']}": skill["level"] or ""}
    return {name: "" if value is None else value for name, value in data.items()}


def keep(slug: str, jobseeker: Jobseeker, sent: Answer, *, by: User) -> StoredAnswer:
    """Check an answer as the page does, keep it, and return it as it is now."""
    question = BY_SLUG[slug]
    held = question.answer.read(jobseeker)
    form = question.form(typed(slug, sent), jobseeker=jobseeker, stored=held)
    check(form)
    try:
        kept = services.save_answer(
            jobseeker=jobseeker,
            question=question,
            data=form.answer,
            by=by,
            version=sent.version,
            says=form.says_something or bool(held.get("jobs")),
        )
    except services.Stale as stale:
        raise Problem(problems.STALE) from stale
    return stored(services.reread(kept), question)


def check(form: Any) -> None:
    if not form.is_valid():
        raise Problem(problems.INVALID, errors=wording.of_form(form))


def job(row: Experience) -> shapes.JobOut:
    """Return a job as it is sent."""
    held = read_job(row)
    return shapes.JobOut(
        id=row.pk, words=job_words(row), version=digest_of(held), **plain(held) | {"employer": row.employer}
    )


def keep_job(
    jobseeker: Jobseeker, row: Experience | None, sent: shapes.JobIn, *, by: User, version: str = ""
) -> shapes.JobOut:
    """Check a job as its page does, and keep it."""
    held = read_job(row)
    if row is not None and version != digest_of(held):
        raise Problem(problems.STALE)
    data = {name: "" if value is None else value for name, value in sent.model_dump().items()}
    form = JobForm(data, jobseeker=jobseeker, stored=held)
    check(form)
    saved = services.save_job(jobseeker=jobseeker, job=row, data=form.answer, by=by)
    return job(Experience.objects.get(pk=saved.pk))
