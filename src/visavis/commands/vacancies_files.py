"""Files of ads as people have them: France Travail's JSON, tables, plain text."""

import datetime as dt
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from visavis.catalog.pointing import PlaceFound
from visavis.commands import france_travail, tables
from visavis.folding import fold_signs
from visavis.vacancies.ads import columns, fields
from visavis.vacancies.ads.facts import Facts
from visavis.vacancies.ads.fields import text_of
from visavis.vacancies.ads.text import Text
from visavis.vacancies.feeds import mapping
from visavis.vacancies.feeds.records.markup import plain
from visavis.vacancies.feeds.splitting import files
from visavis.vacancies.pasted.place import place_in
from visavis.vacancies.words.text import clean

TEXTS = (".txt", ".text", ".md")
BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)
# A line of dashes between two ads of one text file.
BETWEEN = re.compile(r"^[ \t]*(?:-{3,}|={3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
CODE_OF_COMMUNE = re.compile(r"\d[\dAB]\d{3}")
SAMPLE = 200
MOST_TITLE = 120


@dataclass(frozen=True)
class Source:
    """One ad before it is read."""

    id: str
    title: str
    text: str
    fields: Facts | None
    published: dt.date
    place: PlaceFound | None = None
    occupation: str = ""
    employer: str = ""
    # What the catalogue of the source calls the work.
    names: str = ""


def ads_of(path: Path, today: dt.date) -> Iterator[Source]:
    """Give the ads of a file. Raises FileRefused with a sentence when it is none that we read."""
    check(path)
    if path.suffix.lower() in TEXTS:
        return texts(path, today)
    if france_travail.is_feed(path):
        return records(path, today)
    return rows(path, today)


def check(path: Path) -> None:
    """Refuse what is missing, empty, no file of ads by its name, or a document under another name."""
    if not path.exists():
        raise tables.FileRefused(f"{path}: there is no such file.")
    if path.is_dir():
        raise tables.FileRefused(f"{path}: this is a folder; name the files in it.")
    if path.suffix.lower() not in (*tables.ENDINGS, *TEXTS):
        raise tables.misnamed(path, (*tables.ENDINGS, *TEXTS))
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise tables.FileRefused(f"{path}: cannot be read: {error.strerror}.") from error
    if not head.strip():
        raise tables.FileRefused(f"{path}: the file is empty.")
    is_text = path.suffix.lower() != ".parquet"
    if is_text and (
        head.startswith(BINARY) or (b"\0" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")))
    ):
        raise tables.FileRefused(f"{path}: this is a document, an archive or an image, and no text.")


def records(path: Path, today: dt.date) -> Iterator[Source]:
    """Read France Travail's JSON as it comes; a record without a title or a text is left out, and told."""
    left_out = 0
    try:
        feed = files.open_feed(path)
        if feed.cut_at is not None:
            raise tables.FileRefused(f"{path}: this is not whole JSON: it is cut at character {feed.cut_at}.")
        for number, record in feed.numbered():
            if isinstance(record, dict) and (text_of(record, "intitule") or text_of(record, "description")):
                yield of_record(record, number, today)
            else:
                left_out += 1
    except files.FileRefused as refusal:
        raise tables.FileRefused(f"{path}: {refusal}") from refusal
    if left_out:
        sys.stderr.write(f"{path}: {left_out} records have neither a title nor a text: left out\n")


def of_record(record: dict[str, Any], number: int, today: dt.date) -> Source:
    where = record.get("lieuTravail")
    place: dict[str, Any] = where if isinstance(where, dict) else {}
    company = record.get("entreprise")
    code, postcode, label = (clean(place.get(name), 120) for name in ("commune", "codePostal", "libelle"))
    return Source(
        id=text_of(record, "id") or str(number),
        title=text_of(record, "intitule"),
        text=str(record.get("description") or ""),
        fields=fields.facts_of(record),
        published=day_of(text_of(record, "dateCreation"), today),
        place=france_travail.places().find(code, postcode, label),
        occupation=text_of(record, "romeCode").upper(),
        employer=clean(company.get("nom"), 200) if isinstance(company, dict) else "",
        names=f"{text_of(record, 'romeLibelle')} {text_of(record, 'appellationlibelle')}",
    )


def day_of(words: str, today: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(words[:10])
    except ValueError:
        return today


def rows(path: Path, today: dt.date) -> Iterator[Source]:
    """Read a table; its columns are known by their names, French or English."""
    found = list(tables.rows_of(path))
    if not found:
        raise tables.FileRefused(f"{path}: there is no row under the names of the columns.")
    names = list(dict.fromkeys(name for row in found for name in row if name != tables.TOO_MANY))
    sample = [[row.get(name, "") for name in names] for row in found[:SAMPLE]]
    known = mapping.guess(names, sample)
    if not {"title", "description"} & set(known.values()):
        there = ", ".join(
            "".join(letter for letter in name[:40] if letter.isprintable()) for name in names[:8]
        )
        raise tables.FileRefused(f"{path}: no column holds a title or a text ({there}).")
    for number, row in enumerate(found, start=1):
        yield of_row(joined(row, known), number, today)


def joined(row: tables.Row, known: Mapping[str, str]) -> dict[str, str]:
    """Name the values of a row by their fields; several columns of one field are joined."""
    said: dict[str, str] = {}
    for name, field in known.items():
        value = row.get(name, "").strip()
        if field and value:
            said[field] = f"{said[field]}\n{value}" if field in said else value
    return said


def of_row(row: Mapping[str, str], number: int, today: dt.date) -> Source:
    postcode, label = row.get("postcode", ""), row.get("town", "") or row.get("area", "")
    code = row.get("code", "").upper()
    # What we write ourselves has the code of the commune under its name.
    insee = row.get("insee", "") or (label.upper() if CODE_OF_COMMUNE.fullmatch(label.upper()) else "")
    return Source(
        id=row.get("id") or str(number),
        title=row.get("title", "") or row.get("occupation", ""),
        text=plain(row.get("description", "")),
        fields=columns.facts_of(row),
        published=day_of(row.get("published", ""), today),
        place=france_travail.places().find(insee, postcode, label),
        occupation=code if re.fullmatch(r"[A-N]\d{4}", code) else "",
        employer=row.get("employer", ""),
        names=row.get("occupation", ""),
    )


def texts(path: Path, today: dt.date) -> Iterator[Source]:
    """Read a text file: one ad, or several with a line of dashes between them."""
    parts = [part.strip() for part in BETWEEN.split(tables.decoded(path)) if part.strip()]
    for number, text in enumerate(parts, start=1):
        title = title_of(text.splitlines())
        place = place_in(Text(text), france_travail.places())
        yield Source(
            id=path.stem if len(parts) == 1 else f"{path.stem}-{number}",
            title=title,
            text=text,
            fields=None,
            published=today,
            place=place.value if place else None,
        )


def title_of(lines: Sequence[str]) -> str:
    """Take the first line that is short enough, and says more than "Offre d'emploi"."""
    for line in lines[:3]:
        words = line.strip(" -*#=\t")
        if 3 <= len(words) <= MOST_TITLE and not re.fullmatch(
            r"offres? d'emploi.?|job (?:ad|offer)|annonce", fold_signs(words)
        ):
            return words
    return ""
