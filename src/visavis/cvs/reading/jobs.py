"""Jobs and studies: which of the words that name an entry is the title, which the employer, which the diploma."""

import re

from visavis.cvs.reading.dates import dates_in, length_in
from visavis.cvs.reading.document import Fact, TextLine
from visavis.cvs.reading.entries import Entry, cells_of
from visavis.cvs.reading.studies import is_diploma, level_in
from visavis.cvs.reading.wording import (
    CONTRACT,
    PLACE,
    SCHOOL,
    TRAILING,
    is_town,
    likeness_to_a_title,
    likeness_to_an_employer,
    without_bullet,
)

LONGEST_TITLE = 250
LONGEST_EMPLOYER = 160
LONGEST_WORDS = 240
AT_SCHOOL = re.compile(
    r"\s+(?:au|à la|à l['’]|à|at|from|de l['’]|du|,)\s*(?=(?:the\s+)?(?:lycée|école|"
    r"université|university|iut|cfa|greta|afpa|institut|college|ifsi)\b)",
    re.I,
)
MENTION = re.compile(
    r"[\s,(]*\b(?:mention\s+(?:très bien|assez bien|bien)|obtenue?s?|validée?|"
    r"en cours|obtained|passed|with distinction)\b[)\s]*(?:en|in)?\s*$",
    re.I,
)


def words_of(sources: list[TextLine]) -> str:
    """Return the words of the document as they stand, on one line."""
    return " / ".join(line.text.replace("\t", "  ") for line in sources)[:LONGEST_WORDS]


def job_of(entry: Entry) -> Fact | None:
    """Make a job of an entry, or nothing when no word names it."""
    cells = [clean_title(cell) for head in entry.heads for cell in cells_of(head)]
    cells = [cell for cell in cells if re.search(r"[^\W\d_]{2}", cell) and not CONTRACT.match(cell)]
    if not cells:
        return None
    best = max(range(len(cells)), key=lambda n: (weight(cells[n]), -n))
    title = cells.pop(best)
    employer = employer_of(cells)
    dates = entry.dates
    return Fact(
        "job",
        title[:LONGEST_TITLE],
        employer=employer[:LONGEST_EMPLOYER],
        start=dates.start if dates else "",
        end=dates.end if dates else "",
        is_current=bool(dates and dates.is_current),
        months=entry.months if not (dates and dates.start) else None,
        page=entry.sources[0].page,
        line=entry.sources[0].number,
        words=words_of(entry.sources),
    )


def weight(cell: str) -> float:
    """Weigh words as a title: those of a firm weigh against, unless they begin as a title does."""
    title = likeness_to_a_title(cell)
    against = likeness_to_an_employer(cell) if title < 3 else 0
    return title - against - (3 if PLACE.search(cell) or (title < 2 and is_town(cell)) else 0)


def employer_of(cells: list[str]) -> str:
    """Return the cell that is most like an employer, without the town that follows it."""
    cells = [cell for cell in cells if not cell.startswith("(")]
    named = [cell for cell in cells if not PLACE.search(cell)] or [
        re.sub(r"\s*\(\w{2,3}\)$", "", cell) for cell in cells if "(" in cell
    ]
    if not named:
        return ""
    best = max(
        range(len(named)), key=lambda n: (not is_town(named[n]), likeness_to_an_employer(named[n]) > 0, -n)
    )
    first = re.split(r",\s+", named[best])[0]
    return re.sub(r"\s*\((?:\d{2,3}|[A-ZÀ-Ý][\w\- ]+?(?:,? ?\d{2,5})?)\)\s*$", "", first).strip()


SAID = re.compile(
    r"^(?:je suis|j['’]ai été|j['’]ai travaillé comme|j['’]étais|en tant que|comme|"
    r"i am an?|i was an?|worked as an?|as an?)\s+",
    re.I,
)
IN_TOWN = re.compile(r"\s+(?:à|in)\s+([A-ZÀ-Ý][\w'’\- ]+)$")


def clean_title(cell: str) -> str:
    cell = SAID.sub("", cell.strip(" ,")).rstrip(".")
    if (town := IN_TOWN.search(cell)) and is_town(town[1]):
        cell = cell[: town.start()]
    cell = TRAILING.sub("", cell)
    return re.sub(r"\s+", " ", cell).strip(
        " ,;:-–—|/()" if cell.count("(") != cell.count(")") else " ,;:-–—|/"
    )


def undated_job(line: TextLine) -> Entry | None:
    """Make an entry of a line without dates that begins as a job's title does."""
    months, text = length_in(without_bullet(line.text))
    if likeness_to_a_title(text) < 2 or len(text) > 110:
        return None
    return Entry(None, months, [text], [line])


def study_of(entry: Entry) -> Fact | None:
    """Make a diploma or a training of an entry."""
    name = diploma_name(entry.heads)
    if not name:
        return None
    dates = entry.dates
    year = (dates.end or dates.start)[:4] if dates else ""
    whole = " ".join(entry.heads)
    level = level_in(name)
    return Fact(
        "study",
        name[:LONGEST_TITLE],
        level=level if level is not None else level_in(whole) if is_diploma(name) else None,
        year=int(year) if year else None,
        page=entry.sources[0].page,
        line=entry.sources[0].number,
        words=words_of(entry.sources),
    )


def diploma_name(heads: list[str]) -> str:
    """Return the words that name the diploma, without the school nor the mention."""
    cells = [cell for head in heads for cell in cells_of(head) if re.search(r"[^\W\d_]{2}", cell)]
    if not cells:
        return ""
    named = [n for n, cell in enumerate(cells) if level_in(cell) is not None and not SCHOOL.match(cell)]
    named += [n for n, cell in enumerate(cells) if is_diploma(cell) and not SCHOOL.match(cell)]
    named += [n for n, cell in enumerate(cells) if not SCHOOL.search(cell)]
    at = named[0] if named else 0
    name = AT_SCHOOL.split(cells[at])[0]
    following = cells[at + 1] if at + 1 < len(cells) else ""
    if len(name.split()) == 1 and following and not SCHOOL.search(following) and not PLACE.search(following):
        name = f"{name} {following}"
    name = MENTION.sub("", name)
    name = re.sub(r"\s*\(([^()]*)\)\s*$", lambda found: "" if SCHOOL.search(found[1]) else found[0], name)
    return name.strip(" ,;:-–—|/")


def undated_study(line: TextLine) -> Entry | None:
    """Make an entry of a line that names a diploma, dated or not."""
    text = without_bullet(line.text)
    dates = dates_in(text)
    if not is_diploma(text) or len(text) > 140 or (dates and level_in(text) is None):
        return None
    return Entry(dates, None, [dates.without(text) if dates else text], [line])
