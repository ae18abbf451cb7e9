"""What was found, missed and got wrong in a reading, field by field, against the truth."""

from collections import Counter
from collections.abc import Iterator

from tests.cvs.truth import Cv, Month
from visavis.catalog import starter
from visavis.catalog.spelling import Spellings
from visavis.cvs.reading.document import Document, Fact
from visavis.cvs.reading.skills import recognise
from visavis.cvs.reading.understand import Understood, understand
from visavis.folding import fold_words

type Score = tuple[str, str]
"""A kind of field, and "found", "missed" or "wrong"."""

FIELDS = (
    "job", "employer", "start", "end", "diploma", "level", "year", "skill", "language", "language level",
    "licence", "town", "summary",
)  # fmt: skip


class Catalogue:
    """The skills of the catalogue that the project ships, searched without a database."""

    def __init__(self) -> None:
        skills = starter.load().skills
        self.rows = [(skill.code, skill.label_fr) for skill in skills] + [
            (skill.code, skill.label_en) for skill in skills
        ]
        self.spellings = Spellings([label for _code, label in self.rows])

    def search(self, words: str) -> list[tuple[str, str]]:
        return [self.rows[row] for row, _score in self.spellings.search(words, 6)]


def read(document: Document, catalogue: Catalogue) -> Understood:
    """Understand a document as the site does, but for the name of the person, which is not told."""
    understood = understand(document)
    recognise(understood, catalogue.search)
    return understood


def said(when: Month | None) -> str:
    return "" if when is None else f"{when[0]}-{when[1]:02d}" if when[1] else str(when[0])


def judged(kind: str, truth: object, found: object) -> Score:
    same = fold_words(str(truth)) == fold_words(str(found)) if isinstance(truth, str) else truth == found
    return kind, "found" if same else "missed" if found in ("", None) else "wrong"


def scores(cv: Cv, understood: Understood) -> Iterator[Score]:
    """Compare a reading with the truth."""
    facts = understood.facts
    yield from jobs(cv, [fact for fact in facts if fact.kind == "job"])
    yield from studies(cv, [fact for fact in facts if fact.kind == "study"])
    yield from sets(
        "skill",
        {code for code in truth_of_skills(cv) if code},
        {fact.code for fact in facts if fact.kind == "skill"},
    )
    levels = {fact.code: fact.level for fact in facts if fact.kind == "language"}
    yield from sets("language", {one.code for one in cv.spoken}, set(levels))
    for one in cv.spoken:
        yield judged("language level", one.level, levels.get(one.code))
    yield from sets("licence", set(cv.licences), {fact.code for fact in facts if fact.kind == "licence"})
    towns = [fact.name for fact in facts if fact.kind == "place"] or [
        fact.name for fact in understood.tasks if fact.kind == "town"
    ]
    yield judged(
        "town",
        cv.town,
        next(
            (town.split(",")[0] for town in towns if fold_words(town.split(",")[0]) == fold_words(cv.town)),
            "".join(towns[:1]),
        ),
    )
    about = next((fact.name for fact in facts if fact.kind == "about"), "")
    if cv.about:
        yield judged("summary", cv.about, about)


def truth_of_skills(cv: Cv) -> set[str]:
    return {
        *cv.skills.values(),
        *(code for job in cv.jobs for task in job.tasks if (code := SKILLS.get(fold_words(task), ""))),
    }


SKILLS = {
    fold_words(label): skill.code
    for skill in starter.load().skills
    for label in (skill.label_fr, skill.label_en)
}


def jobs(cv: Cv, found: list[Fact]) -> Iterator[Score]:
    left = list(found)
    for job in cv.jobs:
        start = said(job.start)
        same = [fact for fact in left if fold_words(fact.name) == fold_words(job.title)]
        near = next((fact for fact in same if fact.start == start), None) or next(iter(same), None)
        near = near or next((fact for fact in left if fact.start and fact.start == start), None)
        if near is None:
            yield from ((kind, "missed") for kind in ("job", "employer", "start", "end"))
            continue
        left.remove(near)
        yield judged("job", job.title, near.name)
        yield judged("employer", job.employer, near.employer)
        yield judged("start", start, near.start)
        yield judged("end", said(job.end) or "now", "now" if near.is_current else near.end)
    yield from (("job", "wrong") for _extra in left)


def studies(cv: Cv, found: list[Fact]) -> Iterator[Score]:
    left = list(found)
    for study in cv.studies:
        near = next((fact for fact in left if fold_words(fact.name) == fold_words(study.name)), None)
        near = near or next((fact for fact in left if fact.year == study.year), None)
        if near is None:
            yield from ((kind, "missed") for kind in ("diploma", "level", "year"))
            continue
        left.remove(near)
        yield judged("diploma", study.name, near.name)
        yield judged("level", study.level, near.level)
        yield judged("year", study.year, near.year)
    yield from (("diploma", "wrong") for _extra in left)


def sets(kind: str, truth: set[str], found: set[str]) -> Iterator[Score]:
    yield from ((kind, "found") for _one in truth & found)
    yield from ((kind, "missed") for _one in truth - found)
    yield from ((kind, "wrong") for _one in found - truth)


def leaks(cv: Cv, understood: Understood) -> list[str]:
    """Return what says who the person is and was kept all the same."""
    kept = [f"{fact.name} {fact.employer} {fact.words}" for fact in (*understood.facts, *understood.tasks)]
    kept += [line.text for line in understood.left]
    whole = " ".join(kept).casefold()
    return [secret for secret in cv.secrets() if secret.casefold() in whole]


def counted(every: Iterator[Score] | list[Score]) -> Counter[Score]:
    return Counter(every)
