"""Europass XML (both generations) and JSON Resume: files made of fields, which give facts at once."""

import json
from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from visavis.cvs.reading.dates import one_date
from visavis.cvs.reading.document import Document, Fact, Kind, Unreadable, Why, tidy
from visavis.cvs.reading.languages import language_named, level_of_words
from visavis.cvs.reading.licences import licences_in
from visavis.cvs.reading.studies import level_in

LONGEST = 250
MOST_FACTS = 400
DIMENSIONS = ("Listening", "Reading", "SpokenInteraction", "SpokenProduction", "Writing")


class Finder:
    """Knows on which line of the file some words stand."""

    def __init__(self, text: str) -> None:
        self.text = "\n".join(text.splitlines())
        self.ends = [place for place, one in enumerate(self.text) if one == "\n"]

    def place(self, words: str) -> int:
        """Return the number of the first line that holds the words; 1 when none does."""
        start = words.strip()[:40]
        written = {start, json.dumps(start)[1:-1]} if start else set()
        found = [place for one in written if (place := self.text.find(one)) >= 0]
        return bisect(self.ends, min(found) - 1) + 1 if found else 1

    def fact(self, kind: str, name: str = "", *, at: str = "", words: str = "", **more: Any) -> Fact:
        """Return a fact that stands where the words `at` do: its name, unless something else is given."""
        at = at or name
        return Fact(kind, name, line=self.place(at), words=words or at, **more)


def read_json_resume(data: bytes) -> Document:
    """Read a JSON Resume. Raises Unreadable."""
    try:
        resume = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise Unreadable(Why.DAMAGED) from error
    finder = Finder(
        json.dumps(resume, ensure_ascii=False, indent=1)
        if data.count(b"\n") < 3
        else data.decode("utf-8", "replace")
    )
    return given(Kind.JSON_RESUME, json_facts(resume, finder))


def given(kind: Kind, facts: Iterable[Fact]) -> Document:
    """Keep the first facts; what comes after is not even looked for."""
    kept = list(islice(facts, MOST_FACTS))
    if not kept:
        raise Unreadable(Why.NO_TEXT)
    return Document(kind, facts=kept)


def items(resume: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = resume.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def said(item: dict[str, Any], *names: str) -> str:
    """Return the first of these fields that holds words."""
    for name in names:
        value = item.get(name)
        if isinstance(value, str | int) and str(value).strip():
            return tidy(str(value))[:LONGEST]
    return ""


def joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def json_facts(resume: dict[str, Any], finder: Finder) -> Iterator[Fact]:
    basics = resume.get("basics")
    basics = basics if isinstance(basics, dict) else {}
    place = basics.get("location")
    if isinstance(place, dict) and (city := said(place, "city")):
        yield finder.fact("place", city, postcode=said(place, "postalCode"))
    if isinstance(basics.get("summary"), str) and basics["summary"].strip():
        words = "\n".join(tidy(line) for line in basics["summary"].splitlines())[:5000]
        yield finder.fact("about", words, words=tidy(words))
    for job in [*items(resume, "work"), *items(resume, "volunteer")]:
        yield from job_fact(job, finder)
    for study in items(resume, "education"):
        name = tidy(" ".join(part for part in (said(study, "studyType"), said(study, "area")) if part))
        name = name or said(study, "institution")
        yield from study_fact(name, said(study, "endDate"), finder)
    for certificate in items(resume, "certificates"):
        yield from study_fact(said(certificate, "name"), said(certificate, "date"), finder)
    yield from small_facts(resume, finder)


def job_fact(job: dict[str, Any], finder: Finder) -> Iterator[Fact]:
    title = said(job, "position", "title", "role")
    employer = said(job, "name", "company", "organization")
    if not title and not employer:
        return
    start, end = one_date(said(job, "startDate")), one_date(said(job, "endDate"))
    yield finder.fact(
        "job",
        title or employer,
        employer=employer if title else "",
        start=start,
        end=end,
        is_current=bool(start) and not end and "endDate" not in job,
        words=joined(title, employer, said(job, "startDate"), said(job, "endDate")),
    )


def study_fact(name: str, ends: str, finder: Finder) -> Iterator[Fact]:
    if not name:
        return
    licences = licences_in(name)
    for code in licences:
        yield finder.fact("licence", at=name, code=code)
    if not licences:
        year = one_date(ends)[:4]
        ended = int(year) if year else None
        yield finder.fact("study", name, words=joined(name, ends), level=level_in(name), year=ended)


def small_facts(resume: dict[str, Any], finder: Finder) -> Iterator[Fact]:
    for spoken in items(resume, "languages"):
        name, fluency = said(spoken, "language"), said(spoken, "fluency")
        if code := language_named(name):
            level = level_of_words(fluency)
            yield finder.fact("language", at=name, words=joined(name, fluency), code=code, level=level)
    for skill in items(resume, "skills"):
        words = skill.get("keywords")
        keywords = (
            [tidy(str(one)) for one in words if isinstance(one, str)] if isinstance(words, list) else []
        )
        for name in [said(skill, "name"), *keywords]:
            if name:
                codes = licences_in(name)
                yield from (finder.fact("licence", at=name, code=code) for code in codes)
                if not codes:
                    yield finder.fact("skill", name[:LONGEST], at=name)


# Europass: names of elements without their namespaces, which differ from one generation to the other.


def read_europass(data: bytes) -> Document:
    """Read a Europass CV. Raises Unreadable."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise Unreadable(Why.ENTITIES) from error
    except (ParseError, ValueError, LookupError) as error:
        raise Unreadable(Why.DAMAGED) from error
    if local(root) not in {"SkillsPassport", "Candidate", "LearnerInfo"}:
        raise Unreadable(Why.NOT_A_CV)
    return given(Kind.EUROPASS, europass_facts(root, Finder(data.decode("utf-8", "replace"))))


def local(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def all_of(node: Element, *names: str) -> list[Element]:
    """Return the elements of these names below a node; none within another, so that work stays linear."""
    found, waiting = [], list(reversed(node))
    while waiting:
        one = waiting.pop()
        if local(one) in names:
            found.append(one)
        else:
            waiting += reversed(one)
    return found


def words_of(node: Element | None, *path: str) -> str:
    """Return the words at the end of a path of elements, however deep each begins."""
    for name in path:
        node = next((one for one in node.iter() if local(one) == name), None) if node is not None else None
    return tidy(" ".join(node.itertext()))[:LONGEST] if node is not None else ""


def first_words(node: Element, *paths: tuple[str, ...]) -> str:
    return next((words for path in paths if (words := words_of(node, *path))), "")


def europass_facts(root: Element, finder: Finder) -> Iterator[Fact]:
    if city := first_words(root, ("Address", "Municipality"), ("Address", "CityName")):
        postcode = first_words(root, ("Address", "PostalCode"))
        yield finder.fact("place", city, words=f"{postcode} {city}".strip(), postcode=postcode)
    for job in all_of(root, "WorkExperience", "EmployerHistory"):
        yield from europass_jobs(job, finder)
    for study in all_of(root, "Education", "EducationOrganizationAttendance"):
        name = first_words(study, ("Title",), ("DegreeName",), ("EducationDegree",))
        dates = europass_date(study, "To", "EndDate")
        yield from study_fact(name, dates, finder)
    yield from europass_languages(root, finder)
    yield from europass_small_facts(root, finder)
    if headline := first_words(root, ("ExecutiveSummary",), ("Headline", "Description", "Label")):
        yield finder.fact("about", headline)


def europass_small_facts(root: Element, finder: Finder) -> Iterator[Fact]:
    """Read licences, and what is called a skill."""
    for line in all_of(root, "Driving", "License", "DrivingSkills"):
        said_of_it = tidy(", ".join(word for word in line.itertext() if word.strip()))
        for code in licences_in(f"permis {said_of_it}"):
            yield finder.fact("licence", at=said_of_it, code=code)
    for node in all_of(root, "Computer", "Organisational", "JobRelated", "Communication", "PersonCompetency"):
        if not all_of(node, "CompetencyDimension"):
            words = first_words(node, ("Description",), ("CompetencyName",))
            for name in (part.strip() for part in words.split(",")):
                if name:
                    yield finder.fact("skill", name)


def europass_jobs(job: Element, finder: Finder) -> Iterator[Fact]:
    held = all_of(job, "PositionHistory") or [job]
    for one in held:
        title = first_words(one, ("Position", "Label"), ("PositionTitle",), ("Position",))
        employer = first_words(job, ("Employer", "Name"), ("OrganizationName",))
        if not title:
            continue
        start, end = europass_date(one, "From", "StartDate"), europass_date(one, "To", "EndDate")
        flags = words_of(one, "Current") or words_of(one, "CurrentIndicator")
        yield finder.fact(
            "job", title, words=joined(title, employer, start, end), employer=employer, start=start, end=end,
            is_current=flags.lower() == "true",
        )  # fmt: skip


def europass_date(node: Element, old: str, new: str) -> str:
    """Return a date of either generation: attributes year and month, or text."""
    for one in all_of(node, old):
        if year := one.get("year"):
            month = (one.get("month") or "").strip("-")
            return f"{year}-{int(month):02d}" if month.isdigit() else year
    for one in all_of(node, new):
        return one_date(tidy(" ".join(one.itertext())))
    return ""


def europass_languages(root: Element, finder: Finder) -> Iterator[Fact]:
    for native in all_of(root, "MotherTongue", "PrimaryLanguageCode"):
        words = first_words(native, ("Description", "Code"), ()) or tidy(" ".join(native.itertext()))
        if code := language_named(words):
            yield finder.fact("language", at=words, code=code, level=6)
    for foreign in all_of(root, "ForeignLanguage"):
        words = first_words(foreign, ("Description", "Code"))
        told = levels_of(foreign, "ProficiencyLevel", *DIMENSIONS)
        if code := language_named(words):
            yield finder.fact("language", at=words, code=code, level=min(told) if told else None)
    for spoken in all_of(root, "PersonCompetency"):
        words, told = words_of(spoken, "CompetencyID"), levels_of(spoken, "Score")
        if told and (code := language_named(words)):
            yield finder.fact("language", at=words, code=code, level=min(told))


def levels_of(node: Element, *names: str) -> list[int]:
    """Return the levels that are told under these names: by each skill, where they stand within one level."""
    told = [inner for one in all_of(node, *names) for inner in (all_of(one, *names) or [one])]
    levels = [level_of_words(tidy(" ".join(one.itertext()))) for one in told]
    return [level for level in levels if level]
