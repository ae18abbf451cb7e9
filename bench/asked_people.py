"""Who comes new to a town, and which openings are the job she asked for: by labels read by eye, never by the order.

Imported once Django is set up.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import numpy as np

from visavis.catalog import starter
from visavis.catalog.models import Commune, Occupation, Title
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy

LABELS = Path(__file__).parent / "asked_labels"
SUFFIXES = ("", " (H/F)", " H/F", " (F/H)")
# Within so many km an opening is there for somebody who named no radius; others say `RADIUS`.
AROUND_KM, RADIUS_KM = 50.0, 30
LEAST_OPENINGS, MOST_DRAWN = 2, 40
EARTH_KM = 6371.0


@dataclass(frozen=True)
class Label:
    """What a reader says of an opening: the jobs it is, those it is near, and whether readers could differ."""

    occupations: frozenset[str]
    near: frozenset[str]
    ambiguous: bool = False


@dataclass(frozen=True)
class Newcomer:
    """What one newcomer says, and the openings she would look for: the job itself, and near it."""

    kind: str
    wishes: tuple[str, ...]
    done: tuple[str, ...]
    words: tuple[str, ...]
    commune: str
    radius_km: int | None
    around: frozenset[int]
    within: frozenset[int]
    asked: frozenset[int]
    near: frozenset[int]


def of_titles() -> dict[str, Label]:
    """Return the labels of invented vacancies by every way their titles are written."""
    rows = csv.DictReader((LABELS / "titles.csv").read_text(encoding="utf-8").splitlines())
    by_name = {
        row["title"]: Label(frozenset(row["occupations"].split()), frozenset(row["near"].split()))
        for row in rows
    }
    catalogue = starter.load()
    titles = [t for one in catalogue.occupations for t in catalogue.titles_of[one.code, "fr"]]
    return {
        form + suffix: by_name[title.masculine]
        for title in titles
        for form in (title.feminine, title.label, title.masculine)
        for suffix in SUFFIXES
    }


def of_ads() -> dict[str, Label]:
    """Return the labels of real ads by their ids."""
    rows = map(json.loads, (LABELS / "ads.jsonl").read_text(encoding="utf-8").splitlines())
    return {
        row["id"]: Label(frozenset(row["occupations"]), frozenset(row["near"]), row.get("ambiguous", False))
        for row in rows
    }


class Town:
    """Openings with their labels and places, and the communes where people live."""

    def __init__(self, *, real: bool) -> None:
        labels, key = (of_ads(), "feed_key") if real else (of_titles(), "title")
        rows = Vacancy.objects.open().order_by("pk")
        names = ("pk", key, "latitude", "longitude", "precision_km")
        kept = list(rows.values_list(*names))
        self.label = {row[0]: labels[row[1]] for row in kept}
        self.ids = np.array([row[0] for row in kept])
        self.points = np.array([[np.nan if one is None else one for one in row[2:4]] for row in kept])
        self.points[np.array([row[4] > 0 for row in kept])] = np.nan
        self.somewhere = frozenset(self.ids[np.isnan(self.points).any(axis=1)].tolist())
        self.known = set(Occupation.objects.values_list("pk", flat=True))
        self.code = dict(rows.values_list("pk", "occupation"))
        self.words = _words()
        self.homes = self._homes(real=real)
        self.codes = sorted({code for one in self.label.values() for code in one.occupations} & self.known)

    def _homes(self, *, real: bool) -> list[tuple[str, float, float]]:
        """Return the communes of people, or of real openings where they lie densest, as often as they live there."""
        communes = {row.pk: row for row in Commune.objects.filter(latitude__isnull=False)}
        rows = (
            Vacancy.objects.open().filter(commune__department="07")
            if real
            else Jobseeker.objects.looking().filter(commune__isnull=False)
        )
        codes = [code for code in rows.order_by("pk").values_list("commune", flat=True) if code in communes]
        found = [(code, communes[code].latitude, communes[code].longitude) for code in codes]
        return [(code, north, east) for code, north, east in found if north is not None and east is not None]

    def within(self, home: tuple[str, float, float], km: float) -> frozenset[int]:
        """Return the openings of which the place is known and within so many km, as the crow flies."""
        far = _km(home[1:], self.points)
        return frozenset(self.ids[np.nan_to_num(far, nan=np.inf) <= km].tolist())

    def asked(self, among: frozenset[int], codes: tuple[str, ...]) -> frozenset[int]:
        """Return those that are one of the jobs, and that no two readers would take for two."""
        return frozenset(
            pk for pk in among if self.label[pk].occupations & {*codes} and not self.label[pk].ambiguous
        )

    def near(self, among: frozenset[int], codes: tuple[str, ...]) -> frozenset[int]:
        """Return those of which she would say "close, but not what I asked"."""
        return frozenset(
            pk for pk in among if self.label[pk].near & {*codes} and not self.label[pk].occupations & {*codes}
        )


def _words() -> dict[str, list[str]]:
    """Return what people say for each occupation: titles that a reader takes for exactly it, else its name."""
    named = {one.pk: [one.label_fr] for one in Occupation.objects.all()}
    catalogue, label = starter.load(), of_titles()
    for one in catalogue.occupations:
        titles = [title.label for title in catalogue.titles_of[one.code, "fr"]]
        named[one.code] = [title for title in titles if one.code in label[title].occupations] or [
            one.label_fr
        ]
    return named | _of_rome()


def _of_rome() -> dict[str, list[str]]:
    """Return ROME's own titles, where it was imported, that the starter does not hold for another occupation."""
    rows = Title.objects.filter(language="fr", is_current=True).order_by("pk")
    held: defaultdict[str, set[str]] = defaultdict(set)
    for label, code in rows.values_list("label", "occupation"):
        held[label.split(" / ")[0]].add(code)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for label, code in rows.filter(source="rome").values_list("label", "occupation"):
        if held[label.split(" / ")[0]] == {code}:
            found[code].append(label)
    return dict(found)


def _km(home: tuple[float, float], points: np.ndarray) -> np.ndarray:
    """Return great-circle distances (haversine), shape (n,), NaN where unknown."""
    here, there = np.radians(home), np.radians(points)
    half = np.sin((there - here) / 2.0) ** 2
    angle = np.sqrt(half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1])
    return np.asarray(2 * EARTH_KM * np.arcsin(angle))


def draw(town: Town, dice: np.random.Generator, most: int = MOST_DRAWN) -> list[Newcomer]:
    """Draw the newcomers of every kind: each occupation that has openings once, the other kinds of those by chance."""
    some = dice.permutation(town.codes).tolist()
    pairs = list(zip(some, some[1:] + some[:1], strict=True)) if len(some) > 1 else []
    absent = dice.permutation(sorted(town.known)).tolist()
    radii = cycle((None, RADIUS_KM))
    return [
        *_those(town, dice, "one wish", [((code,), ()) for code in some], cycle((None,)), len(some)),
        *_those(town, dice, "one wish, radius", [((code,), ()) for code in some], cycle((RADIUS_KM,)), most),
        *_those(town, dice, "two wishes", [(pair, ()) for pair in pairs], radii, most // 2),
        *_those(town, dice, "work done", [((), (code,)) for code in some], radii, most // 2),
        *_those(town, dice, "no opening", [((code,), ()) for code in absent], radii, most // 2),
    ]


type Said = tuple[tuple[str, ...], tuple[str, ...]]


def _those(
    town: Town, dice: np.random.Generator, kind: str, said: list[Said], radii: Iterator[int | None], most: int
) -> Iterator[Newcomer]:
    drawn = 0
    for (wishes, done), radius in zip(said, radii, strict=False):
        if drawn == most:
            return
        for home in dice.permutation(len(town.homes))[:12].tolist():
            one = _newcomer(town, kind, (wishes, done), town.homes[home], radius)
            if _is_wanted(town, one):
                drawn += 1
                yield replace(one, words=tuple(str(dice.choice(town.words[code])) for code in wishes + done))
                break


def _newcomer(
    town: Town, kind: str, said: Said, home: tuple[str, float, float], radius: int | None
) -> Newcomer:
    codes = said[0] or said[1]
    around = town.within(home, AROUND_KM)
    within = town.within(home, radius) if radius else around
    found = town.asked(within, codes), town.near(within, codes)
    return Newcomer(kind, *said, (), home[0], radius, around, within, *found)


def _is_wanted(town: Town, one: Newcomer) -> bool:
    """Say whether there are openings enough for each thing she says; of what has none, something near."""
    if one.kind == "no opening":
        return bool(one.near) and not any(town.label[pk].occupations & {*one.wishes} for pk in one.around)
    return all(len(town.asked(one.within, (code,))) >= LEAST_OPENINGS for code in one.wishes or one.done)
