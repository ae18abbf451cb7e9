"""What is known of people and vacancies besides who applied where, for the cold rows of `bench/ranking.py`.

Each field becomes features: its value, its words where it holds several, or the step of a scale for a number. Who
applied where is never looked at here.
"""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

WORDS = re.compile(r"[;,/·\s()]+")
PEOPLE = {
    "resume.csv": {
        "values": ("degree", "job_code_seq1", "job_code_seq2", "job_code_seq3"),
        "words": ("text_keyword", "career_job_code"),
        "numbers": ("hope_salary", "last_salary", "career_month", "graduate_date"),
        "dates": ("reg_date", "updated_date"),
    },
    "resume_education.csv": {
        "values": (
            "hischool_type_seq", "hischool_special_type", "hischool_location_seq", "univ_type_seq1",
            "univ_location", "univ_major_type",
        ),
        "words": ("univ_major", "univ_sub_major"),
        "numbers": ("univ_score",),
    },
    "resume_certificate.csv": {"words": ("certificate_contents",)},
    "resume_language.csv": {"values": ("language", "exam_name")},
}  # fmt: skip
VACANCIES = {
    "recruitment.csv": {
        "values": ("address_seq1", "address_seq2", "education", "major_task", "qualifications", "check_box_keyword"),
        "words": ("check_box_keyword", "text_keyword"),
    },
    "company.csv": {"values": ("company_type_seq", "supply_kind"), "numbers": ("employee",)},
}  # fmt: skip
STEPS = 8


@dataclass(frozen=True)
class Content:
    """Which feature each person and each vacancy has: csr_arrays above 0 where they do."""

    people: sparse.csr_array
    vacancies: sparse.csr_array


def content(folder: Path, people: Sequence[str], vacancies: Sequence[str]) -> Content | None:
    """Read what the folder says of these people and vacancies; nothing when it holds ids only."""
    if not all((folder / name).is_file() for name in ("resume.csv", "recruitment.csv")):
        return None
    return Content(_side(folder, PEOPLE, people), _side(folder, VACANCIES, vacancies))


def _side(folder: Path, files: dict[str, dict[str, tuple[str, ...]]], ids: Sequence[str]) -> sparse.csr_array:
    place, features = {name: row for row, name in enumerate(ids)}, dict[str, int]()
    rows, columns = [], []
    for name, fields in files.items():
        if not (folder / name).is_file():
            continue
        with (folder / name).open(encoding="utf-8-sig") as lines:
            table = list(csv.DictReader(lines))
        key = next(iter(table[0])) if table else ""
        edges = {field: _edges(line.get(field, "") for line in table) for field in fields.get("numbers", ())}
        for line in table:
            if line[key] in place:
                own = [features.setdefault(text, len(features)) for text in _features(line, fields, edges)]
                rows += [place[line[key]]] * len(own)
                columns += own
    ones = np.ones(len(rows), np.float32)
    found = sparse.csr_array((ones, (rows, columns)), shape=(len(ids), len(features)))
    found.sum_duplicates()
    return found


def _features(
    line: dict[str, str], fields: dict[str, tuple[str, ...]], edges: dict[str, np.ndarray]
) -> list[str]:
    found = [f"{field}={line[field]}" for field in fields.get("values", ()) if line.get(field)]
    for field in fields.get("words", ()):
        found += [f"{field}:{word}" for word in WORDS.split(line.get(field, "").lower()) if word]
    for field in fields.get("numbers", ()):
        number = float(line.get(field) or 0)
        found.append(f"{field}~{int(np.searchsorted(edges[field], number)) if number else 'none'}")
    found += [f"{field}~{line[field][:7]}" for field in fields.get("dates", ()) if line.get(field)]
    return found


def _edges(values: Iterable[str]) -> np.ndarray:
    """Return the ends of steps that hold about as many lines each."""
    numbers = np.array([float(value or 0) for value in values])
    numbers = numbers[numbers != 0]
    return np.unique(np.quantile(numbers, np.arange(1, STEPS) / STEPS)) if len(numbers) else numbers
