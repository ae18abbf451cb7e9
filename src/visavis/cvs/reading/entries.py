"""A section of dated things cut into its entries, whichever side the dates stand on."""

import re
from dataclasses import dataclass, field, replace

from visavis.cvs.reading.dates import BROKEN, COMPLETES, ENDS, Dates, dates_in, length_in
from visavis.cvs.reading.document import TextLine
from visavis.cvs.reading.studies import is_diploma
from visavis.cvs.reading.wording import (
    CONTRACT,
    SCHOOL,
    is_bullet,
    is_task,
    is_town,
    likeness_to_a_title,
    likeness_to_an_employer,
    without_bullet,
)

MOST_HEADS = 2
LONGEST_HEAD = 110
LEAST_LETTERS = 3


@dataclass
class Entry:
    """One thing with its dates: the lines that name it, and those that tell of it."""

    dates: Dates | None
    months: int | None = None
    heads: list[str] = field(default_factory=list)
    sources: list[TextLine] = field(default_factory=list)
    body: list[TextLine] = field(default_factory=list)


@dataclass(frozen=True)
class Anchor:
    """A line that gives dates, and what else it says."""

    at: int
    dates: Dates
    months: int | None
    rest: str

    @property
    def is_bare(self) -> bool:
        return len(re.findall(r"[^\W\d_]", self.rest)) < LEAST_LETTERS or bool(CONTRACT.match(self.rest))


def anchor_of(at: int, line: TextLine) -> Anchor | None:
    """Return the dates of a line when they say when something was, and not what happened then."""
    text = without_bullet(line.text)
    dates = dates_in(text)
    if dates is None:
        return None
    rest = dates.without(text)
    months, rest = length_in(rest)
    rest = re.sub(r"\(\D{0,12}\t\s*\)?", " ", rest)
    rest = re.sub(r"\(\s*\)|^[\s,;:|–—-]+|[\s,;:|(–—-]+$", " ", rest.replace("(\t)", "\t")).strip()
    if UNTIL_VALID.search(text):
        return None
    is_edge = (
        dates.begins <= 2
        or dates.finishes >= len(text) - 2
        or "\t" in line.text
        or bool(months)
        or bool(AFTER.fullmatch(text[dates.finishes :]))
    )
    is_range = dates.is_current or dates.start != dates.end
    if len(rest) > LONGEST_HEAD or (is_bullet(line.text) and dates.begins > 2 and not is_range):
        return None
    if (
        not is_range
        and (not is_edge or rest.endswith("."))
        and not re.search(r"\(\D{0,12}$", text[: dates.begins])
    ):
        return None
    return Anchor(at, dates, months, rest)


def entries(lines: list[TextLine]) -> tuple[list[Entry], list[TextLine]]:
    """Cut a section into entries; return also the lines before the first, which belong to none.

    The first entry tells how the section is laid out: how many lines name a thing before its dates,
    or whether the dates stand alone above what they date.
    """
    lines = unbroken(lines)
    found = (anchor_of(at, line) for at, line in enumerate(lines))
    anchors = [anchor for anchor in found if anchor]
    if not anchors:
        return [], lines
    bare = sum(anchor.is_bare for anchor in anchors) * 2 > len(anchors)
    before = heads_before(lines, anchors, is_bare=bare)
    starts = [start_of(lines, anchors, number, before) for number in range(len(anchors))]
    ends = [*starts[1:], len(lines)]
    cut = [
        entry_of(lines, anchor, start, end) for anchor, start, end in zip(anchors, starts, ends, strict=True)
    ]
    return cut, lines[: starts[0]]


def unbroken(lines: list[TextLine]) -> list[TextLine]:
    """Join dates that a narrow column broke: "03/2019 –" above "06/2021", what stands beside each kept in order."""
    found: list[TextLine] = []
    for line in lines:
        first, tab, others = line.text.partition("\t")
        if found and (completes := COMPLETES.fullmatch(first)):
            before, its_tab, its_others = found[-1].text.partition("\t")
            if (ENDS if completes["dash"] else BROKEN).search(before):
                found[-1] = replace(found[-1], text=f"{before} {first}{its_tab}{its_others}")
                found += [replace(line, text=others)] if tab else []
                continue
        found.append(line)
    return found


def heads_before(lines: list[TextLine], anchors: list[Anchor], *, is_bare: bool) -> int:
    """Return how many lines name an entry above its dates."""
    first = anchors[0].at
    if first == 0 or first > MOST_HEADS + 1:
        return min(first, 1) if is_bare else 0
    return min(first, MOST_HEADS) if all(may_head(line.text) for line in lines[:first]) else 0


def start_of(lines: list[TextLine], anchors: list[Anchor], number: int, before: int) -> int:
    """Return the first line of an entry: up to `before` lines above its dates that do not tell of the last one."""
    at = anchors[number].at
    lowest = anchors[number - 1].at + 1 if number else 0
    start = at
    if len(cells_of(anchors[number].rest)) > 1 and is_titled(anchors[number].rest):
        return at
    while start > lowest and at - start < before and may_head(lines[start - 1].text):
        start -= 1
    return start


def may_head(text: str) -> bool:
    """Say whether a line may name what the dates under it date; of bullets, only those that begin as a title."""
    bare = without_bullet(text)
    is_titled = likeness_to_a_title(bare) == 3 and len(bare) < 90 and not bare.endswith((".", ";"))
    return not is_task(text) or is_titled


def entry_of(lines: list[TextLine], anchor: Anchor, start: int, end: int) -> Entry:
    """Put together what names the entry: lines above, what stands beside the dates, else lines below."""
    entry = Entry(anchor.dates, anchor.months, sources=list(lines[start : anchor.at + 1]))
    entry.heads = [without_bullet(line.text) for line in lines[start : anchor.at]]
    if not anchor.is_bare:
        entry.heads.append(anchor.rest)
    next_line = anchor.at + 1
    while next_line < end and wants_more(entry) and goes_on(entry, lines[next_line].text):
        months, text = length_in(lines[next_line].text)
        entry.months = entry.months or months
        entry.heads.append(text)
        entry.sources.append(lines[next_line])
        next_line += 1
    entry.body = list(lines[next_line:end])
    return entry


def wants_more(entry: Entry) -> bool:
    """Say whether the next line may still name the entry: an employer under a title, a title under dates."""
    return sum(len(cells_of(head)) for head in entry.heads) < 2 or not has_title(entry)


def has_title(entry: Entry) -> bool:
    return any(is_titled(head) or is_diploma(head) for head in entry.heads)


def is_titled(head: str) -> bool:
    """Say whether words hold a job's title, and not a firm's name that is like one."""
    return any(
        likeness_to_a_title(cell) >= 2 and not likeness_to_an_employer(cell) for cell in cells_of(head)
    )


def goes_on(entry: Entry, text: str) -> bool:
    """Say whether a line names the same entry: a second diploma is another one."""
    is_other = is_diploma(text) and any(is_diploma(head) for head in entry.heads) and not SCHOOL.search(text)
    is_named = sum(len(cells_of(head)) for head in entry.heads) >= 2
    return is_head(text) and not is_other and (not is_named or likeness_to_a_title(text) >= 2)


def is_head(text: str) -> bool:
    return not is_task(text) and len(text) <= 80


UNTIL_VALID = re.compile(r"valid(?:e|able)? (?:until|jusqu)|valable|expire", re.I)
AFTER = re.compile(r"\s*\(?\s*\([^)]*\)\s*")
STRONG = re.compile(
    r"\t|\s*\|\s*|\s+[–—•·@]\s*|\s*[–—•·]\s+|\s+-+\s+|\s*:\s+|\s+(?:chez|"
    r"au sein d[eu]s?|auprès d[eu]s?|at|with)\s+(?=[A-ZÀ-Ý\dl])",
)


def cells_of(head: str) -> list[str]:
    """Cut a head where something parts it; a comma counts when nothing stronger does.

    >>> cells_of("Serveuse – Le Central, Valence"), cells_of("Cook, The Red Lion"), cells_of("Serveur chez Paul")
    (['Serveuse', 'Le Central, Valence'], ['Cook', 'The Red Lion'], ['Serveur', 'Paul'])
    """
    cells = [cell for cell in STRONG.split(head) if re.search(r"\w", cell)]
    if len(cells) == 1:
        cells = [cell.strip() for cell in re.split(r",\s+(?![^(]*\))", cells[0]) if re.search(r"\w", cell)]
    cells = [cell.strip(" ,;-–—|/") for cell in cells]
    return [part for cell in cells for part in without_firm(cell)]


FIRM = re.compile(
    r"(.{3,}?)(?:\s*\(([^()]{3,60})\)|,\s+([^,()]{3,60})|\s+/\s+(.{3,60})|"
    r"\s+(?:aux?|à la|à l['’]|pour|for)\s*((?!Personne|Domicile)[A-ZÀ-Ý].{2,60}))"
)


def without_firm(cell: str) -> list[str]:
    """Part a title from the firm that stands in brackets or after a comma.

    >>> without_firm("Intérimaire (Manpower, Adecco)"), without_firm("Vendeuse, rayon frais")
    (['Intérimaire', 'Manpower, Adecco'], ['Vendeuse, rayon frais'])
    """
    found = FIRM.fullmatch(cell)
    firm = (found[2] or found[3] or found[4] or found[5]) if found else ""
    is_firm = likeness_to_an_employer(firm) >= 2 or bool(SCHOOL.search(firm))
    if found and not found[3]:
        first = firm.split(",")[0]
        is_firm = is_firm or (first[:1].isupper() and likeness_to_a_title(firm) == 0 and not is_town(first))
    is_parted = found and likeness_to_a_title(found[1]) >= 2 and is_firm
    return [found[1], firm] if found and is_parted else [cell]
