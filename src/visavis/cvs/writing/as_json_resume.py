"""JSON Resume, schema v1.0.0: a dictionary made of facts."""

from typing import Any

from visavis.cvs.writing import words
from visavis.cvs.writing.facts import Facts, Job

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def resume(facts: Facts) -> dict[str, Any]:
    """Lay the facts out. What is not known is left out: the schema wants no empty value."""
    return {
        "$schema": SCHEMA,
        "basics": basics(facts),
        "work": [work(job) for job in facts.jobs],
        "education": [
            said({"studyType": one.name, "endDate": str(one.year) if one.year else ""})
            for one in facts.diplomas
        ],
        "skills": [said({"name": one.label, "level": words.level(one.level)}) for one in facts.skills],
        "languages": [{"language": one.label, "fluency": str(one.level.label)} for one in facts.languages],
        "certificates": [{"name": words.licence(held.code, held.label)} for held in facts.licences],
        "meta": {"version": "v1.0.0", "language": facts.language},
    }


def basics(facts: Facts) -> dict[str, Any]:
    known = facts.identity
    location = said({"city": known.town if known else "", "region": facts.department})
    if location:
        location["countryCode"] = "FR"
    return said(
        {
            "name": known.name if known else "",
            "label": ", ".join(facts.wanted),
            "email": known.email if known else "",
            "phone": known.phone if known else "",
            "summary": facts.own_words,
            "location": location,
        }
    )


def work(job: Job) -> dict[str, Any]:
    """Lay one job out: `summary` holds its length when its dates do not tell it."""
    has_dates = job.starts and (job.ends or job.is_current)
    return said(
        {
            "name": job.employer,
            "position": job.title,
            "startDate": job.starts.iso if job.starts else "",
            "endDate": job.ends.iso if job.ends else "",
            "summary": "" if has_dates else job.length,
        }
    )


def said(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value}
