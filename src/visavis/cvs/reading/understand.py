"""From the lines of a CV to facts: sections by their headings, then each by its own rules."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from visavis.cvs.reading import contact
from visavis.cvs.reading.document import Document, Fact, TextLine
from visavis.cvs.reading.entries import Entry, anchor_of, entries
from visavis.cvs.reading.jobs import job_of, study_of, undated_job, undated_study
from visavis.cvs.reading.languages import languages_in, level_of_words, spoken_in
from visavis.cvs.reading.licences import licences_in
from visavis.cvs.reading.sections import begun_by, heading_of
from visavis.cvs.reading.studies import is_diploma
from visavis.cvs.reading.wording import LEAVE, is_bullet, likeness_to_a_title, without_bullet
from visavis.folding import fold_words

HEAD = "head"
MOST_FACTS = 150
MOST_TASKS = 150
LONGEST_ABOUT = 4_000
NAME_LINES = 4
COLUMN = re.compile(
    r"p[ée]riodes?|dates?|ann[ée]es?|postes?(?: occup[ée]s?)?|fonctions?|emplois?|"
    r"entreprises?|employeurs?|soci[ée]t[ée]s?|"
    r"lieux?|villes?|dipl[ôo]mes?|[ée]tablissements?|[ée]coles?|niveaux?|langues?|missions?|activit[ée]s?|dur[ée]es?|"
    r"years?|positions?|job titles?|titles?|compan(?:y|ies)|employers?|places?|"
    r"locations?|levels?|duties|qualifications?",
    re.I,
)
PAGE_NUMBER = re.compile(
    r"^(?:page\s*)?\d{1,2}(?:\s*(?:/|sur|of|de)\s*\d{1,2})?$|^(?:curriculum vitae|cv|r[ée]sum[ée])$", re.I
)


@dataclass
class Understood:
    """What was understood; what was not; and how many lines were left out because they say who it is.

    `tasks` are words of the document that may name a skill: only the catalogue can tell.
    """

    facts: list[Fact] = field(default_factory=list)
    tasks: list[Fact] = field(default_factory=list)
    left: list[TextLine] = field(default_factory=list)
    left_out: int = 0


@dataclass
class Section:
    """A heading and the lines under it."""

    name: str
    lines: list[TextLine] = field(default_factory=list)


def understand(document: Document, names: Sequence[str] = ()) -> Understood:
    """Understand a document. `names` are those of the person: they are never kept."""
    if document.facts:
        return of_fields(document, names)
    understood = Understood()
    said = contact.name_parts(
        [*names, *names_at_head(document.lines), *contact.names_as_in_address(document.lines)]
    )
    folded = {fold_words(name) for name in said}
    for section in sections_of(document.lines, lambda text: fold_words(text) in folded):
        if section.name == "references":
            understood.left_out += len(section.lines)
            continue
        at_head = section.name in {HEAD, "contact"}
        if at_head:
            understood.facts += places_in(section.lines)
        kept = list(scrubbed(section.lines, said, at_head=at_head))
        understood.left_out += len(section.lines) - len(kept)
        READERS.get(section.name, read_anything)(kept, understood)
    return settled(understood)


def of_fields(document: Document, names: Sequence[str]) -> Understood:
    """Take the facts of a file made of fields; what says who it is is taken off them too."""
    parts = contact.name_parts(names)
    clean = [
        replace(
            fact,
            name=scrub_text(fact.name, parts) if fact.kind != "place" else fact.name,
            employer=scrub_text(fact.employer, parts),
            words=scrub_text(fact.words, parts) if fact.kind != "place" else fact.words,
        )
        for fact in document.facts
    ]
    return settled(Understood(facts=[fact for fact in clean if fact.name or fact.code]))


def scrub_text(text: str, names: Sequence[str]) -> str:
    return "\n".join(contact.scrub(line, names) for line in text.splitlines())


def sections_of(lines: list[TextLine], is_name: Callable[[str], bool]) -> list[Section]:
    """Cut the lines at the headings; what stands above the first is the head."""
    found = [Section(HEAD)]
    begun = ""
    for line in lines:
        name, rest = begun_by(line.text)
        if begun and not name:
            # A heading in a narrow column may go on under itself: "Expériences" then "professionnelles".
            first, _tab, others = line.text.partition("\t")
            if heading_of(f"{begun} {first}"):
                line = replace(line, text=others)
        begun = line.text.partition("\t")[0] if name else ""
        if is_name(line.text):
            found.append(Section(HEAD, [line]))
        elif name and not is_contact_label(name, line, found[-1]):
            found.append(Section(name))
            found[-1].lines += [replace(line, text=line.text if name == "licences" else rest)] if rest else []
        elif line.text and not PAGE_NUMBER.match(line.text) and not is_head_of_table(line.text):
            found[-1].lines.append(line)
    return found


def is_head_of_table(text: str) -> bool:
    """Say whether a row only names the columns under it.

    >>> is_head_of_table("Période\\tPoste\\tEntreprise"), is_head_of_table("2019\\tPoste")
    (True, False)
    """
    cells = text.split("\t")
    return len(cells) > 1 and all(COLUMN.fullmatch(cell.strip(" :")) for cell in cells)


def is_contact_label(name: str, line: TextLine, section: Section) -> bool:
    """Say whether a word such as "Permis" or "Langues" labels one line inside another section, and opens none."""
    return (
        name == "licences"
        and bool(licences_in(line.text))
        and section.name in {HEAD, "contact", "other", "interests"}
    )


def names_at_head(lines: list[TextLine]) -> list[str]:
    """Return what stands at the head of the document as a name does."""
    found = []
    for line in lines[:NAME_LINES]:
        name, _rest = begun_by(line.text)
        if name:
            continue
        cell = re.split(r"\t|\s[|–—-]\s|,", line.text)[0]
        is_title = likeness_to_a_title(cell) >= 2
        if contact.looks_like_a_name(cell) and not is_title and not licences_in(cell):
            found.append(re.sub(r"^(?:m\.|mme|mr\.?|mrs\.?|ms\.?)\s+", "", cell.strip(), flags=re.I))
            break
    return found


def scrubbed(lines: list[TextLine], names: Sequence[str], *, at_head: bool) -> Iterator[TextLine]:
    """Yield the lines without what says who it is; a line that says nothing else is gone."""
    words = {word for name in names for word in fold_words(name).split()}
    for line in lines:
        text = contact.scrub(line.text, names, at_head=at_head)
        if at_head and set(fold_words(text).split()) <= words:
            continue
        if at_head:
            text = "\t".join(
                cell
                for cell in (contact.bare(contact.ADDRESS.sub(" ", one)) for one in text.split("\t"))
                if cell
            )
        if text:
            yield replace(line, text=text)


def places_in(lines: list[TextLine]) -> list[Fact]:
    """Return the towns that stand after their postcode."""
    return [
        replace(
            at(line, "place", re.sub(r"\s+cedex.*$", "", city["name"], flags=re.I)),
            postcode=city["postcode"].replace(" ", ""),
            words=city[0],
        )
        for line in lines
        if (city := contact.CITY.search(line.text))
    ]


def at(line: TextLine, kind: str, name: str = "", **values: Any) -> Fact:
    return Fact(
        kind, name, page=line.page, line=line.number, words=line.text.replace("\t", "  ")[:240], **values
    )


def small_facts(line: TextLine, understood: Understood, *, is_about_languages: bool = False) -> bool:
    """Take licences, and languages with their level, wherever they stand; say whether there were any."""
    found = [at(line, "licence", code=code) for code in licences_in(line.text)]
    spoken = spoken_in(line.text)
    if is_about_languages or (spoken and any(level for _code, level in spoken) and len(line.text) < 120):
        found += [at(line, "language", code=code, level=level) for code, level in spoken]
    understood.facts += found
    return bool(found)


def one_a_line(lines: list[TextLine]) -> bool:
    """Say whether a section is a list of bullets, each a thing of its own."""
    return len(lines) > 1 and all(is_bullet(line.text) for line in lines)


def read_jobs(lines: list[TextLine], understood: Understood) -> None:
    if one_a_line(lines):
        for line in lines:
            read_jobs([replace(line, text=without_bullet(line.text))], understood)
        return
    cut, before = entries(lines)
    if not cut:
        read_undated_jobs(lines, understood)
        return
    for line in before:
        take_or_leave(line, understood)
    for entry in cut:
        take_entry(entry, job_of(entry), understood)


def whole(lines: list[TextLine]) -> list[TextLine]:
    """Join the lines that one thing was broken into: what follows a bullet without one, or begins small.

    >>> [line.text for line in whole([TextLine("• Faire les"), TextLine("courses"), TextLine("• Lire")])]
    ['• Faire les courses', '• Lire']
    """
    found: list[TextLine] = []
    has_bullets = any(is_bullet(line.text) for line in lines)
    for line in lines:
        goes_on = line.text[:1].islower() or (
            has_bullets and not is_bullet(line.text) and is_bullet(found[-1].text if found else "")
        )
        if found and goes_on and len(found[-1].text) + len(line.text) < 240 and found[-1].page == line.page:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {line.text}")
        else:
            found.append(line)
    return found


def read_undated_jobs(lines: list[TextLine], understood: Understood) -> None:
    for line in lines:
        entry = (
            undated_job(line)
            if not is_bullet(line.text) or likeness_to_a_title(without_bullet(line.text)) == 3
            else None
        )
        if entry and (fact := job_of(entry)):
            understood.facts.append(fact)
        else:
            take_task(line, understood)


def take_entry(entry: Entry, fact: Fact | None, understood: Understood) -> None:
    """Keep what was made of an entry, and what its other lines say."""
    if LEAVE.search(" ".join(entry.heads)):
        understood.left_out += len(entry.sources)
    elif fact:
        understood.facts.append(fact)
    else:
        understood.left += entry.sources
    for line in whole(entry.body):
        take_task(line, understood)


def take_task(line: TextLine, understood: Understood) -> None:
    """Keep a line that tells of a job: it may name a skill, or a licence."""
    understood.facts += [at(line, "licence", code=code) for code in licences_in(line.text)]
    if len(understood.tasks) < MOST_TASKS:
        understood.tasks.append(at(line, "task", without_bullet(line.text)))
    else:
        understood.left.append(line)


def read_studies(lines: list[TextLine], understood: Understood) -> None:
    if one_a_line(lines):
        for line in lines:
            read_studies([replace(line, text=without_bullet(line.text))], understood)
        return
    cut, before = entries(lines)
    rest = list(before)
    for entry in cut:
        fact = study_of(entry)
        codes = licences_in(" ".join(entry.heads))
        if codes:
            understood.facts += [at(entry.sources[0], "licence", code=code) for code in codes]
        elif fact:
            understood.facts.append(fact)
        else:
            understood.left += entry.sources
        rest += entry.body
    for line in rest:
        undated = undated_study(line) if not is_bullet(line.text) or not cut else None
        if licences_in(line.text):
            small_facts(line, understood)
        elif undated and (fact := study_of(undated)):
            understood.facts.append(fact)
        elif not small_facts(line, understood):
            understood.left.append(line)


def read_languages(lines: list[TextLine], understood: Understood) -> None:
    """Read languages; a level may stand on the line under the language."""
    waiting: TextLine | None = None
    for line in lines:
        named = languages_in(line.text)
        level = level_of_words(line.text)
        if waiting and not named and level:
            small_facts(
                replace(waiting, text=f"{waiting.text} : {line.text}"), understood, is_about_languages=True
            )
            waiting = None
            continue
        if waiting:
            small_facts(waiting, understood, is_about_languages=True)
        waiting = line if named and not level else None
        if named and level:
            small_facts(line, understood, is_about_languages=True)
        elif not named and not small_facts(line, understood):
            understood.left.append(line)
    if waiting:
        small_facts(waiting, understood, is_about_languages=True)


def phrases(text: str) -> list[str]:
    """Cut a line of skills into its phrases.

    >>> phrases("• Bureautique : Word, Excel (bon niveau) ; accueil du public")
    ['Word', 'Excel', 'accueil du public']
    """
    text = without_bullet(text)
    text = re.sub(r"^[^:,;]{2,40}\s:\s|^[^:,;]{2,40}:\s", "", text)
    parts = re.split(r"\s*[,;|•·▪●\t]\s*|\s+[–—/-]\s+", text)
    bare = [re.sub(r"\([^)]*\)|[★☆●○■□█░]+|\b\d{1,3}\s?%", " ", part) for part in parts]
    return [clean for part in bare if len(clean := " ".join(part.split()).strip(" .-–")) > 1]


def read_skills(lines: list[TextLine], understood: Understood) -> None:
    for line in whole(lines):
        if small_facts(line, understood):
            continue
        understood.facts += [at(line, "skill", phrase) for phrase in phrases(line.text)]


def read_about(lines: list[TextLine], understood: Understood) -> None:
    """Keep the words of a summary as they are, joined into one text."""
    if (
        sum(bool((dated := anchor_of(0, line)) and dated.dates.start != dated.dates.end) for line in lines)
        > 1
    ):
        # "Career summary" heads jobs in some CVs.
        read_jobs(lines, understood)
        return
    if not lines:
        return
    text = " ".join(without_bullet(line.text).replace("\t", " ") for line in lines)[:LONGEST_ABOUT]
    if len(text.split()) < 4:
        understood.left += lines
        return
    for line in lines:
        understood.facts += [at(line, "licence", code=code) for code in licences_in(line.text)]
    first = lines[0]
    understood.facts.append(Fact("about", text, page=first.page, line=first.number, words=text[:240]))


def read_head(lines: list[TextLine], understood: Understood) -> None:
    """Read the head of a CV: a town, a summary, now and then a licence; a name there is not kept."""
    long_lines = [line for line in lines if len(line.text.split()) >= 9]
    if long_lines:
        first, last = lines.index(long_lines[0]), lines.index(long_lines[-1])
        summary = lines[first : last + 2]
        if len(summary) > len(long_lines) + 1 or any(anchor_of(0, line) for line in summary):
            read_anything(lines, understood)
            return
        read_about(summary, understood)
        lines = [line for line in lines if line not in summary]
    for line in lines:
        take_or_leave(line, understood, may_be_place=True)


def take_or_leave(line: TextLine, understood: Understood, *, may_be_place: bool = False) -> None:
    """Take what a line says on its own: a licence, a language, perhaps a town; else leave it."""
    if small_facts(line, understood):
        return
    cells = re.split(r"\t|\s[|•·]\s", line.text)
    if may_be_place and not any(likeness_to_a_title(cell) >= 2 for cell in cells):
        places = [cell for cell in cells if len(cell.split()) <= 6]
        understood.tasks += [at(line, "town", cell) for cell in places]
        if places:
            return
    understood.left.append(line)


def read_anything(lines: list[TextLine], understood: Understood) -> None:
    """Read lines that stand under no heading we know: dated jobs and diplomas are told by their words."""
    lines = [line for line in lines if anchor_of(0, line) or not stands_alone(line, understood)]
    cut, before = entries(lines)
    for line in before:
        undated = undated_study(line)
        if undated and (fact := study_of(undated)) and fact.level:
            understood.facts.append(fact)
        else:
            take_or_leave(line, understood)
    for entry in cut:
        text = " ".join(entry.heads)
        if is_diploma(text) and likeness_to_a_title(text) < 3:
            fact = study_of(entry)
        else:
            fact = job_of(entry) if likeness_to_a_title(text) or len(entry.heads) > 1 else None
            fact = fact if fact and likeness_to_a_title(fact.name) >= 2 else None
        take_entry(entry, fact, understood)


def stands_alone(line: TextLine, understood: Understood) -> bool:
    """Take a line that only tells licences or languages; say whether it did."""
    return (bool(licences_in(line.text)) or not is_diploma(line.text)) and small_facts(line, understood)


def leave(lines: list[TextLine], understood: Understood) -> None:
    for line in lines:
        if not small_facts(line, understood):
            understood.left.append(line)


READERS = {
    HEAD: read_head,
    "contact": read_head,
    "experience": read_jobs,
    "volunteering": read_jobs,
    "education": read_studies,
    "certifications": read_studies,
    "languages": read_languages,
    "skills": read_skills,
    "about": read_about,
    "licences": leave,
    "interests": leave,
}


def settled(understood: Understood) -> Understood:
    """Say each thing once, and no more than a page can show."""
    unique: dict[tuple[object, ...], Fact] = {}
    for fact in understood.facts:
        key: tuple[object, ...] = (
            fact.kind,
            fact.name.casefold(),
            fact.employer.casefold(),
            fact.start,
            fact.end,
            fact.code,
            fact.year,
            fact.postcode,
        )
        if fact.kind in {"licence", "language"}:
            key = (fact.kind, fact.code)
        if fact.kind == "about" and (
            known := next((one for one in unique.values() if one.kind == "about"), None)
        ):
            key = next(key for key, one in unique.items() if one is known)
            fact = replace(known, name=f"{known.name}\n{fact.name}"[:LONGEST_ABOUT])
            unique[key] = fact
        elif fact.kind == "language" and key in unique and unique[key].level is None:
            unique[key] = fact
        else:
            unique.setdefault(key, fact)
    understood.facts = list(unique.values())[:MOST_FACTS]
    return understood
