"""What the page to check shows of a reading, and what its answers add to the profile."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from visavis.catalog.enums import LanguageLevel, Licence, SpokenLanguage
from visavis.catalog.models import Commune, Occupation
from visavis.cvs.forms import CheckForm, is_now
from visavis.cvs.models import CvReading
from visavis.cvs.reading.dates import point
from visavis.cvs.reading.wording import without_bullet
from visavis.folding import fold_words
from visavis.jobseekers import lookup, merging
from visavis.jobseekers.answers.answer import Data
from visavis.jobseekers.answers.jobs import job_words, write_job
from visavis.jobseekers.merging import Additions, Diploma
from visavis.jobseekers.models import Experience, Jobseeker

ORDER = ("job", "study", "skill", "language", "licence", "place", "about")


@dataclass(frozen=True)
class Held:
    """What the profile holds now, to be compared with what was read."""

    jobs: list[Experience]
    diplomas: list[Any]
    skills: set[str]
    languages: dict[str, int]
    jobseeker: Jobseeker

    def has(self, fact: dict[str, Any]) -> bool:
        """Say whether this fact is in the profile already."""
        kind, code = fact["kind"], fact["code"]
        if kind == "job":
            job = Experience()
            write_job(job, job_data(fact, fact["name"], fact["employer"], fact["start"], fact["end"]))
            return any(merging.is_same_job(job, other) for other in self.jobs)
        if kind == "study":
            diploma = Diploma(fact["name"], year=fact["year"])
            return any(merging.is_same_diploma(diploma, other) for other in self.diplomas)
        if kind == "about":
            return fact["name"].strip() in self.jobseeker.about
        sets: dict[str, Any] = {
            "skill": self.skills, "language": self.languages, "licence": self.jobseeker.licences or [],
        }  # fmt: skip
        return code in sets[kind] if kind in sets else self.jobseeker.commune_id is not None


def held(jobseeker: Jobseeker) -> Held:
    return Held(
        list(jobseeker.experiences.all()),
        list(jobseeker.qualifications.all()),
        set(jobseeker.skills_held.values_list("skill_id", flat=True)),
        dict(jobseeker.languages.values_list("language", "level")),
        jobseeker,
    )


def form_of(reading: CvReading, data: Any = None) -> CheckForm:
    """Make the form of a reading: facts that are in the profile have no tick, doubtful ones are not ticked."""
    profile = held(reading.jobseeker)
    facts = reading.facts
    known = {number for number, fact in enumerate(facts) if profile.has(fact)}
    unticked = {n for n, fact in enumerate(facts) if fact["kind"] == "about" and reading.jobseeker.about}
    unticked |= {n for n, fact in enumerate(facts) if fact["kind"] == "language" and not fact["level"]}
    return CheckForm(data, facts=facts, known=known, unticked=unticked)


def job_data(fact: dict[str, Any], title: str, employer: str, start: str, end: str) -> Data:
    """Lay a job out as `answers.jobs.write_job` takes it; dates are "2019-03" or "2019"."""
    months = fact["months"] or 0
    return {
        "title": title,
        "employer": employer,
        "occupation": fact["code"] if fold_words(title) == fold_words(fact["name"]) else None,
        "start_year": int(start[:4]) if start else None,
        "start_month": start[5:],
        "end_year": int(end[:4]) if end else None,
        "end_month": end[5:],
        "is_current": fact["is_current"] and not end,
        "years": months // 12,
        "months": months % 12,
    }


def additions_of(form: CheckForm) -> Additions:
    """Return what is ticked, as it was corrected."""
    on: dict[str, list[int]] = {kind: [] for kind in ORDER}
    for number, fact in enumerate(form.facts):
        if number not in form.known and form.is_on(number):
            on[fact["kind"]].append(number)
    facts = form.facts
    communes = Commune.objects.filter(pk__in=[facts[number]["code"] for number in on["place"]])
    return Additions(
        jobs=tuple(job_of(form, number) for number in on["job"]),
        diplomas=tuple(diploma_of(form, number) for number in on["study"]),
        skills=tuple(facts[number]["code"] for number in on["skill"]),
        languages=tuple(
            (facts[number]["code"], int(form.value("level", number))) for number in on["language"]
        ),
        licences=tuple(facts[number]["code"] for number in on["licence"]),
        commune=communes.first(),
        about="\n\n".join(facts[number]["name"] for number in on["about"]),
    )


def job_of(form: CheckForm, number: int) -> Data:
    fact, end = form.facts[number], form.value("end", number) or ""
    goes_on = is_now(end)
    title, employer = form.value("title", number), form.value("employer", number) or ""
    start = point(form.value("start", number) or "")
    data = job_data(fact, title, employer, start, "" if goes_on else point(end))
    return data | {"is_current": goes_on}


def diploma_of(form: CheckForm, number: int) -> Diploma:
    year = point(form.value("year", number) or "")[:4]
    return Diploma(form.value("title", number), form.facts[number]["level"], int(year) if year else None)


def groups(form: CheckForm, reading: CvReading) -> list[dict[str, Any]]:
    """Lay the facts out for the page, by kind, in the order of the profile."""
    titles = {
        "job": _("Jobs"), "study": _("Education and training"), "skill": _("Skills"), "language": _("Languages"),
        "licence": _("Licences"), "place": _("Where you live"), "about": _("In your own words"),
    }  # fmt: skip
    codes = [fact["code"] for fact in form.facts if fact["kind"] == "job" and fact["code"]]
    occupations = Occupation.objects.in_bulk(codes)
    rows = [row(form, number, reading, occupations) for number in range(len(form.facts))]
    shown = [
        {"kind": kind, "title": titles[kind], "rows": [one for one in rows if one["kind"] == kind]}
        for kind in ORDER
    ]
    return [group for group in shown if group["rows"]]


def row(
    form: CheckForm, number: int, reading: CvReading, occupations: dict[str, Occupation]
) -> dict[str, Any]:
    """Lay one fact out: its tick and fields, what it is called, and where it stands in the document."""
    fact = form.facts[number]
    occupation = occupations.get(fact["code"]) if fact["kind"] == "job" else None
    names = [
        name
        for name in ("title", "employer", "start", "end", "year", "level")
        if f"{name}_{number}" in form.fields
    ]
    is_wrong = any(f"{name}_{number}" in form.errors for name in names)
    return {
        "kind": fact["kind"],
        "is_open": is_wrong or (fact["kind"] == "language" and not fact["level"]),
        "is_known": number in form.known,
        "on": form[f"on_{number}"] if number not in form.known else None,
        "fields": [form[f"{name}_{number}"] for name in names],
        "name": NAMES.get(fact["kind"], plain_name)(fact, reading),
        "occupation": occupation.label if occupation else "",
        "page": fact["page"] if reading.pages > 1 else None,
        "line": fact["line"],
        "words": without_bullet(fact["words"]),
    }


def plain_name(fact: dict[str, Any], _reading: CvReading) -> str:
    return str(fact["name"])


def job_name(fact: dict[str, Any], _reading: CvReading) -> str:
    job = Experience()
    write_job(job, job_data(fact, fact["name"], fact["employer"], fact["start"], fact["end"]))
    return job_words(job)


def study_name(fact: dict[str, Any], _reading: CvReading) -> str:
    return f"{fact['name']} ({fact['year']})" if fact["year"] else str(fact["name"])


def language_name(fact: dict[str, Any], _reading: CvReading) -> str:
    label = str(SpokenLanguage(fact["code"]).label)
    return f"{label} · {LanguageLevel(fact['level']).label}" if fact["level"] else label


def licence_name(fact: dict[str, Any], _reading: CvReading) -> str:
    return str(Licence(fact["code"]).label)


def place_name(fact: dict[str, Any], _reading: CvReading) -> str:
    commune = Commune.objects.select_related("department").filter(pk=fact["code"]).first()
    return lookup.place_words(commune) if commune else str(fact["name"])


NAMES: dict[str, Callable[[dict[str, Any], CvReading], str]] = {
    "job": job_name, "study": study_name, "language": language_name, "licence": licence_name, "place": place_name,
}  # fmt: skip
