"""What was understood of a CV, given the codes of the catalogue: occupations, skills, the town."""

from dataclasses import asdict
from typing import Any

from visavis.catalog.models import Commune, Occupation
from visavis.catalog.places import How, commune_for
from visavis.catalog.skills import search_skills
from visavis.catalog.titles import occupations_for, search_occupations
from visavis.cvs.reading.document import Document, Fact, TextLine
from visavis.cvs.reading.skills import recognise
from visavis.cvs.reading.understand import Understood, understand

SURE_OF_OCCUPATION = 0.6
ALONE = 0.85
"""A second occupation that fits this share of the first as well makes a title doubtful: "vendeuse" alone."""

MOST_SEARCHED = 250
SURE_OF_TOWN = {How.NAME_AND_POSTCODE, How.NAME_AND_DEPARTMENT, How.NAME}


def recognised(document: Document, name: str) -> tuple[Understood, list[dict[str, Any]]]:
    """Return what was understood, and its facts as plain data with their codes."""
    understood = understand(document, [name])
    recognise(understood, Searches())
    town = town_of(understood)
    facts = [asdict(fact) for fact in understood.facts if fact.kind != "place"]
    if town:
        facts.append(town)
    jobs = [fact for fact in facts if fact["kind"] == "job"]
    for job, code in zip(jobs, occupations_of([job["name"] for job in jobs]), strict=True):
        job["code"] = code
    return understood, facts


def occupations_of(titles: list[str]) -> list[str]:
    """Return the code of the one occupation that each title surely means, or nothing."""
    return [
        found[0].pk if found and found[1] >= SURE_OF_OCCUPATION and is_alone(title, found[0]) else ""
        for title, found in zip(titles, occupations_for(titles), strict=True)
    ]


def is_alone(title: str, occupation: Occupation) -> bool:
    """Say whether no other occupation fits a title nearly as well."""
    best = search_occupations(title, language="fr", limit=2)
    return (
        bool(best)
        and best[0].occupation == occupation
        and (len(best) < 2 or best[1].score < ALONE * best[0].score)
    )


class Searches:
    """Searches skills in both languages; a CV of many lines is searched no more than so many times."""

    def __init__(self) -> None:
        self.left = MOST_SEARCHED

    def __call__(self, words: str) -> list[tuple[str, str]]:
        self.left -= 1
        if self.left < 0:
            return []
        french = [(skill.pk, skill.label_fr) for skill in search_skills(words, language="fr", limit=5)]
        return french + [(skill.pk, skill.label_en) for skill in search_skills(words, language="en", limit=5)]


def town_of(understood: Understood) -> dict[str, Any] | None:
    """Return the first town that the catalogue knows; other words that might have been one are left."""
    known: dict[str, Any] | None = None
    places = [fact for fact in understood.facts if fact.kind == "place"]
    for fact in [*places, *(fact for fact in understood.tasks if fact.kind == "town")]:
        commune = None if known else commune_of(fact)
        if commune:
            known = asdict(fact) | {
                "kind": "place",
                "name": commune.name,
                "code": commune.pk,
                "words": fact.words,
            }
        elif fact.kind == "town" and (known is None or fact.words != known["words"]):
            understood.left.append(TextLine(fact.name, fact.page, fact.line))
    understood.left.sort(key=lambda line: (line.page, line.number))
    return known


def commune_of(fact: Fact) -> Commune | None:
    """Return the commune that words name; a postcode alone names none."""
    name = fact.name.split(",")[0].strip()
    found = commune_for(name=name, postcode=fact.postcode)
    return found.commune if found.how in SURE_OF_TOWN else None
