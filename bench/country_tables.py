"""What a made-up country is drawn from: the catalogue and the communes as arrays, read once.

Rows of a table are occupations of the starter catalogue, in its order; codes are padded to the longest row.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from visavis.catalog import starter
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES

ZIPF_SHIFT = 2.7
"""Shares fall as 1 / (rank + 2.7), Mandelbrot's form of Zipf's law."""

OPENINGS_BY_INHABITANTS = 1.12
"""Work gathers in towns: openings grow as inhabitants to this power."""

ADVERT_ENDINGS = ("", "", "", " - CDI", " - CDD", " - temps plein", " - URGENT", " - débutant accepté")
ADVERT_FORMS = ("{label}", "{masculine} (H/F)", "{masculine} H/F", "{feminine} (F/H)", "{masculine}")


@dataclass(frozen=True)
class Padded:
    """Rows of different lengths side by side: `values` (rows, widest), of which row i has `lengths[i]`."""

    values: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, rows: list[list]) -> "Padded":
        """Lay out at least one value a row; the padding repeats the first."""
        widest = max(len(row) for row in rows)
        values = np.array([row + [row[0]] * (widest - len(row)) for row in rows])
        return cls(values, np.array([len(row) for row in rows]))

    def pick(self, rng: np.random.Generator, rows: np.ndarray) -> np.ndarray:
        """Draw one value of each of these rows, all alike."""
        return self.values[rows, (rng.random(len(rows)) * self.lengths[rows]).astype(np.int64)]


@dataclass(frozen=True)
class Occupations:
    """The catalogue, one row an occupation; shares are over the rows or over the columns of each row."""

    codes: np.ndarray
    skills: np.ndarray
    openings: np.ndarray
    wanted: np.ndarray
    essential: Padded
    optional: Padded
    interests: Padded
    all_interests: np.ndarray
    moves: Padded
    pay: np.ndarray
    contracts: np.ndarray
    conditions: np.ndarray
    licences: np.ndarray
    education: np.ndarray
    titles: np.ndarray
    advert: Padded
    wish: Padded


@cache
def occupations() -> Occupations:
    """Read the catalogue; who wants what is not quite what is offered."""
    catalogue = starter.load()
    rows = catalogue.occupations
    place = {one.code: row for row, one in enumerate(rows)}
    skills = sorted({link.skill for link in catalogue.occupation_skills})
    number = {code: row for row, code in enumerate(skills)}
    interests = sorted({link.interest for link in catalogue.occupation_interests})
    numbers = {code: row for row, code in enumerate(interests)}
    weight = np.array([one.weight for one in rows])
    lean = np.random.default_rng(4).lognormal(0.0, 0.6, len(rows))
    titles, advert, wish = _titles(catalogue)
    return Occupations(
        codes=np.array([one.code for one in rows]),
        skills=np.array(skills),
        openings=_zipf(weight),
        wanted=_zipf(weight * lean),
        essential=Padded.of([[number[s] for s in catalogue.skills_of[o.code, "essential"]] for o in rows]),
        optional=Padded.of([[number[s] for s in catalogue.skills_of[o.code, "optional"]] for o in rows]),
        interests=Padded.of([[numbers[i] for i in catalogue.interests_of[o.code]] for o in rows]),
        all_interests=np.array(interests),
        moves=Padded.of(
            [[place[m.target] for m in catalogue.moves_from.get(o.code, ())] or [place[o.code]] for o in rows]
        ),
        pay=np.array([[o.pay_min_hour, o.pay_max_hour] for o in rows]),
        contracts=np.array([[o.contracts.get(code, 0.0) for code in CONTRACTS] for o in rows]),
        conditions=np.array([[o.conditions.get(code, 0.0) for code in CONDITIONS] for o in rows]),
        licences=np.array([[o.licences.get(code, 0.0) for code in LICENCES] for o in rows]),
        education=np.array([o.education_level for o in rows]),
        titles=titles,
        advert=advert,
        wish=wish,
    )


def _zipf(weight: np.ndarray) -> np.ndarray:
    rank = np.empty(len(weight))
    rank[np.argsort(-weight, kind="stable")] = np.arange(len(weight))
    share = 1.0 / (rank + ZIPF_SHIFT)
    return share / share.sum()


def _titles(catalogue: starter.StarterCatalogue) -> tuple[np.ndarray, Padded, Padded]:
    """All the strings once, and for each occupation those employers write and those people wish for."""
    place: dict[str, int] = {}
    adverts, wishes = [], []
    for one in catalogue.occupations:
        named = catalogue.titles_of[one.code, "fr"]
        forms = [
            form.format(label=t.label, masculine=t.masculine, feminine=t.feminine) + ending
            for t in named
            for form in ADVERT_FORMS
            for ending in ADVERT_ENDINGS
        ]
        adverts.append([place.setdefault(text, len(place)) for text in forms])
        wishes.append(
            [place.setdefault(text, len(place)) for t in named for text in (t.masculine, t.feminine)]
        )
    titles = np.empty(len(place), object)
    titles[:] = list(place)
    return titles, Padded.of(adverts), Padded.of(wishes)


@dataclass(frozen=True)
class Communes:
    """The communes people live in; degrees and shares."""

    latitude: np.ndarray
    longitude: np.ndarray
    inhabitants: np.ndarray
    openings: np.ndarray


@cache
def communes() -> Communes:
    """Read the communes of the regions, overseas included."""
    places = starter.places()
    regular = [one.code for one in places.departments if len(one.region) == 2]
    rows = places.rows_in(regular)
    rows = rows[places.draw_weight[rows] > 0]
    weight = places.draw_weight[rows]
    return Communes(
        places.latitude[rows],
        places.longitude[rows],
        weight,
        weight**OPENINGS_BY_INHABITANTS,
    )


@cache
def part_of_country(part: int, parts: int) -> np.ndarray:
    """Rows of the communes of one of `parts` pieces of about equal population, cut along the longer side."""
    if not 0 <= part < parts:
        raise ValueError(f"part must be in [0, {parts}), got {part}")
    here = communes()
    rows, low = np.arange(len(here.inhabitants)), 0
    while parts > 1:
        height = np.ptp(here.latitude[rows])
        width = np.ptp(here.longitude[rows]) * np.cos(np.radians(here.latitude[rows].mean()))
        side = here.latitude if height >= width else here.longitude
        rows = rows[np.argsort(side[rows], kind="stable")]
        upto = np.cumsum(here.inhabitants[rows])
        half = parts // 2
        cut = int(np.searchsorted(upto, upto[-1] * half / parts))
        cut = min(max(cut, 1), len(rows) - 1)
        in_first = part - low < half
        rows = rows[:cut] if in_first else rows[cut:]
        low, parts = (low, half) if in_first else (low + half, parts - half)
    return rows
