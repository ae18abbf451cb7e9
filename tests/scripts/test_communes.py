"""The script that builds the places: own coordinates where a place is known, its neighbours' centre elsewhere."""

import csv
import json
import sys

import pytest

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
import communes


def town(code, name, population, postcode, **more):
    row = {"code": code, "nom": name, "departement": code[:2], "region": "84", "type": "commune-actuelle"}
    return row | {"population": population, "codesPostaux": [postcode], "arrondissement": "261"} | more


def place(name, latitude, longitude, population, **more):
    row = {"name": name, "latitude": latitude, "longitude": longitude, "population": population}
    return row | {"countrycode": "FR", "admin1code": "84", "alternatenames": []} | more


@pytest.fixture
def build(tmp_path, monkeypatch):
    def build(towns, places):
        (tmp_path / "communes.json").write_text(json.dumps(towns))
        (tmp_path / "epci.json").write_text("[]")
        (tmp_path / "departements.json").write_text('[{"code": "26", "nom": "Drôme", "region": "84"}]')
        (tmp_path / "regions.json").write_text('[{"code": "84", "nom": "Auvergne-Rhône-Alpes"}]')
        (tmp_path / "cities.json").write_text(json.dumps({str(n): one for n, one in enumerate(places)}))
        words = ["--etalab", tmp_path, "--geonames", tmp_path / "cities.json", "--out", tmp_path]
        monkeypatch.setattr(sys, "argv", ["communes.py", *map(str, words)])
        communes.main()
        with (tmp_path / "communes.csv").open(encoding="utf-8") as file:
            return {row["code"]: row for row in csv.DictReader(file)}

    return build


def test_a_known_place_gives_its_own_point_whatever_its_accents_and_a_namesake_does_not(build):
    rows = build([town("26362", "Saint-Étienne", 9000, "26000")], [place("St Etienne", 44.9, 4.9, 8800)])
    assert (rows["26362"]["latitude"], rows["26362"]["place_precision_km"]) == ("44.9000", "1")
    rows = build([town("26004", "Marseillan", 82, "26200")], [place("Marseillan", 43.3, 3.5, 6981)])
    assert rows["26004"]["latitude"] == "", "of another size"


def test_a_small_commune_stands_amid_those_of_its_postcode_and_an_arrondissement_keeps_its_city(build):
    of_lyon = {"type": "arrondissement-municipal", "commune": "69123"}
    towns = [
        town("26001", "Aa", 5000, "26100"),
        town("26002", "Bb", 5000, "26100"),
        town("26003", "Cc", 90, "26100"),
        town("69383", "Lyon 3e Arrondissement", 100_000, "69003", **of_lyon),
    ]
    places = [
        place("Aa", 44.0, 5.0, 5000),
        place("Bb", 44.2, 5.2, 5000),
        place("Lyon 03", 45.76, 4.85, 102_725),
    ]
    rows = build(towns, places)
    assert (rows["26003"]["latitude"], rows["26003"]["longitude"]) == ("44.1000", "5.1000")
    assert int(rows["26003"]["place_precision_km"]) >= 5
    assert (rows["69383"]["parent"], rows["69383"]["latitude"]) == ("69123", "45.7600")
