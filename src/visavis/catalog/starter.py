"""Read the catalogue and the places the project ships: plain files, no database, no Django.

`load()` gives the occupations with their titles, skills, interests and mobility; `places()` gives the
communes as arrays. Both are read once. `data/README.md` documents every column.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from visavis.folding import fold_words

DATA = Path(__file__).parent / "data"

type Language = Literal["fr", "en"]
type Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Domain:
    code: str
    label_fr: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Family:
    code: str
    domain: str
    label_fr: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Occupation:
    """One occupation. Shares are between 0 and 1; `weight` is its share of the market, all summing to 1."""

    code: str
    label_fr: str
    label_en: str
    riasec_major: str
    riasec_minor: str
    isco: str
    definition_fr: str
    definition_en: str
    pay_min_hour: float
    pay_max_hour: float
    contracts: Mapping[str, float]
    conditions: Mapping[str, float]
    education_level: int
    licences: Mapping[str, float]
    weight: float
    women: float

    @property
    def domain(self) -> str:
        return self.code[0]

    @property
    def family(self) -> str:
        return self.code[:3]


@dataclass(frozen=True, slots=True)
class Title:
    """One name of an occupation; the three forms are equal where the language has only one."""

    occupation: str
    language: str
    label: str
    masculine: str
    feminine: str


@dataclass(frozen=True, slots=True)
class Skill:
    code: str
    label_fr: str
    label_en: str
    kind: str


@dataclass(frozen=True, slots=True)
class OccupationSkill:
    occupation: str
    skill: str
    strength: str


@dataclass(frozen=True, slots=True)
class Interest:
    code: str
    kind: str
    label_fr: str
    label_en: str
    riasec: str


@dataclass(frozen=True, slots=True)
class OccupationInterest:
    occupation: str
    interest: str


@dataclass(frozen=True, slots=True)
class Move:
    """From one occupation one may go to the other: `near`, or `evolution` with some training."""

    source: str
    target: str
    kind: str


@dataclass(frozen=True)
class StarterCatalogue:
    domains: tuple[Domain, ...]
    families: tuple[Family, ...]
    occupations: tuple[Occupation, ...]
    titles: tuple[Title, ...]
    said: tuple[Title, ...]
    skills: tuple[Skill, ...]
    occupation_skills: tuple[OccupationSkill, ...]
    interests: tuple[Interest, ...]
    occupation_interests: tuple[OccupationInterest, ...]
    mobility: tuple[Move, ...]

    @cached_property
    def occupation(self) -> dict[str, Occupation]:
        """Occupations by code."""
        return {one.code: one for one in self.occupations}

    @cached_property
    def named(self) -> tuple[Title, ...]:
        """All titles, and what people and ads call the same jobs: by these words are found, and never drawn."""
        return self.titles + self.said

    def known(self, code: str) -> str:
        """Return a code of ROME, or that which a later edition took it out of where only this one is known here."""
        before = rome_codes().get(code, "")
        return before if code not in self.occupation and before in self.occupation else code

    @cached_property
    def skill(self) -> dict[str, Skill]:
        """Skills by code."""
        return {one.code: one for one in self.skills}

    @cached_property
    def interest(self) -> dict[str, Interest]:
        """Interests by code."""
        return {one.code: one for one in self.interests}

    @cached_property
    def titles_of(self) -> dict[tuple[str, str], tuple[Title, ...]]:
        """Titles by occupation and language."""
        return _grouped(((one.occupation, one.language), one) for one in self.titles)

    @cached_property
    def skills_of(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Skill codes by occupation and strength (`essential`, `optional`)."""
        return _grouped(((one.occupation, one.strength), one.skill) for one in self.occupation_skills)

    @cached_property
    def interests_of(self) -> dict[str, tuple[str, ...]]:
        """Interest codes by occupation."""
        return _grouped((one.occupation, one.interest) for one in self.occupation_interests)

    @cached_property
    def moves_from(self) -> dict[str, tuple[Move, ...]]:
        """Mobility by occupation left."""
        return _grouped((one.source, one) for one in self.mobility)


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Department:
    code: str
    name: str
    region: str


@dataclass(frozen=True, eq=False)
class Places:
    """All communes, one row each, in the order of their codes.

    `latitude` and `longitude` are in degrees, NaN for the six territories without inhabitants. Paris, Lyon
    and Marseille have a row of their own beside those of their arrondissements, whose `parent` is their code.
    """

    code: tuple[str, ...]
    name: tuple[str, ...]
    department: npt.NDArray[np.str_]
    population: npt.NDArray[np.int32]
    postcodes: tuple[tuple[str, ...], ...]
    latitude: npt.NDArray[np.float64]
    longitude: npt.NDArray[np.float64]
    precision_km: npt.NDArray[np.int32]
    parent: tuple[str, ...]
    departments: tuple[Department, ...]
    regions: tuple[Region, ...]

    def __len__(self) -> int:
        return len(self.code)

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Row by commune code."""
        return {code: row for row, code in enumerate(self.code)}

    @cached_property
    def rows_of_postcode(self) -> dict[str, tuple[int, ...]]:
        """Rows by postcode."""
        return _grouped((postcode, row) for row, all_ in enumerate(self.postcodes) for postcode in all_)

    @cached_property
    def rows_of_name(self) -> dict[str, tuple[int, ...]]:
        """Rows by name as `plain` writes it; arrondissements also as `paris 11` and `paris 11e`."""
        pairs = [(plain(name), row) for row, name in enumerate(self.name)]
        for row, parent in enumerate(self.parent):
            if parent:
                short = pairs[row][0].removesuffix(" arrondissement")
                pairs += [(short, row), (re.sub(r"(?<=\d)(er|e)$", "", short), row)]
        return _grouped(pairs)

    @cached_property
    def draw_weight(self) -> npt.NDArray[np.float64]:
        """Inhabitants of each row, counted once: 0 where the arrondissements have rows, or no coordinates."""
        weight = self.population.astype(np.float64)
        weight[np.isnan(self.latitude)] = 0.0
        weight[[self.row_of[code] for code in set(self.parent) if code]] = 0.0
        return weight

    def rows_in(self, departments: Iterable[str]) -> Rows:
        """Rows of all communes of these departments."""
        return np.flatnonzero(np.isin(self.department, list(departments)))

    def find(self, text: str) -> int | None:
        """Row of the commune a person means: `26362`, `26000`, `Valence`, `26000 Valence`, `26 - VALENCE`.

        Of several the most populated is taken; a postcode or a department beside a name narrows them.
        """
        words = [word for word in plain(text).split() if word != "cedex"]
        number = next((word for word in words if re.fullmatch(r"\d[\dab]\d{3}", word)), "")
        if number:
            words.remove(number)
            return self._find_number(number.upper(), " ".join(words))
        if rows := self.rows_of_name.get(" ".join(words)):
            return self._best(rows)
        for name, department in ((words[1:], words[:1]), (words[:-1], words[-1:])):
            rows = self.rows_of_name.get(" ".join(name), ())
            if near := [row for row in rows if self.department[row].lower() == department[0]]:
                return self._best(near)
        return None

    def _find_number(self, number: str, name: str) -> int | None:
        by_postcode = self.rows_of_postcode.get(number, ())
        named = set(self.rows_of_name.get(name, ()))
        if shared := {
            row for row in by_postcode if row in named or self.row_of.get(self.parent[row]) in named
        }:
            return self._best(shared)
        if near := [row for row in named if (self.postcodes[row] or ("",))[0][:2] == number[:2]]:
            return self._best(near)
        return self._best(by_postcode) if by_postcode else self.row_of.get(number)

    def _best(self, rows: Iterable[int]) -> int | None:
        def rank(row: int) -> tuple[bool, int, int]:
            return bool(self.parent[row]), int(self.population[row]), -row

        return max(rows, key=rank, default=None)


def plain(name: str) -> str:
    """Lower case words without accents or punctuation; `St` and `Ste` written in full."""
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in fold_words(name).split())


@cache
def load() -> StarterCatalogue:
    """Read the starter catalogue, once."""
    occupations = _rows("occupations.csv")
    total = sum(float(row["weight"]) for row in occupations)
    return StarterCatalogue(
        domains=tuple(Domain(**row) for row in _rows("domains.csv")),
        families=tuple(Family(**row) for row in _rows("families.csv")),
        occupations=tuple(_occupation(row, total) for row in occupations),
        titles=tuple(Title(**row) for row in _rows("titles.csv")),
        said=tuple(Title(**row) for row in _rows("titles_said.csv")),
        skills=tuple(Skill(**row) for row in _rows("skills.csv")),
        occupation_skills=tuple(OccupationSkill(**row) for row in _rows("occupation_skills.csv")),
        interests=tuple(Interest(**row) for row in _rows("interests.csv")),
        occupation_interests=tuple(OccupationInterest(**row) for row in _rows("occupation_interests.csv")),
        mobility=tuple(Move(row["from"], row["to"], row["kind"]) for row in _rows("mobility.csv")),
    )


@cache
def rome_codes() -> dict[str, str]:
    """Return all codes of ROME, each with the code it was taken out of where a later edition added it, else empty."""
    return {row["code"]: row["before"] for row in _rows("rome_codes.csv")}


@cache
def places() -> Places:
    """Read the communes, once."""
    with (DATA / "communes.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        columns = list(zip(*reader, strict=True))
    code, name, department, population, postcodes, latitude, longitude, precision, parent = columns
    return Places(
        code=code,
        name=name,
        department=np.array(department, dtype=np.str_),
        population=np.array(population, dtype=np.int32),
        postcodes=tuple(tuple(one.split()) for one in postcodes),
        latitude=np.array([one or "nan" for one in latitude], dtype=np.float64),
        longitude=np.array([one or "nan" for one in longitude], dtype=np.float64),
        precision_km=np.array([one or "0" for one in precision], dtype=np.int32),
        parent=parent,
        departments=tuple(Department(**row) for row in _rows("departments.csv")),
        regions=tuple(Region(**row) for row in _rows("regions.csv")),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _grouped[K, V](pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _occupation(row: dict[str, str], total_weight: float) -> Occupation:
    return Occupation(
        code=row["code"],
        label_fr=row["label_fr"],
        label_en=row["label_en"],
        riasec_major=row["riasec_major"],
        riasec_minor=row["riasec_minor"],
        isco=row["isco"],
        definition_fr=row["definition_fr"],
        definition_en=row["definition_en"],
        pay_min_hour=float(row["pay_min_hour"]),
        pay_max_hour=float(row["pay_max_hour"]),
        contracts=_shares(row["contracts"]),
        conditions=_shares(row["conditions"]),
        education_level=int(row["education_level"]),
        licences=_shares(row["licences"]),
        weight=float(row["weight"]) / total_weight,
        women=float(row["women_percent"]) / 100,
    )


def _shares(text: str) -> dict[str, float]:
    """`permanent:60;seasonal:40` as fractions."""
    return {
        key: float(percent) / 100
        for key, _, percent in (one.partition(":") for one in text.split(";") if one)
    }
