"""Where work is, from what a vacancy says; and one distance for pages and lists."""

import numpy as np

from visavis.catalog.distances import km_between, km_from
from visavis.catalog.gazetteer import AreaRow, CommuneRow, Gazetteer
from visavis.catalog.pointing import Pointer
from visavis.engine.facts import geo

PLACES = Pointer(
    Gazetteer.of_rows(
        [
            CommuneRow("01307", "Port", "01", 46.16, 5.57, 800, 1, ("01460",)),
            CommuneRow("97407", "Le Port", "974", -20.94, 55.29, 33_000, 1, ("97420",)),
            CommuneRow("58062", "Château-Chinon (Ville)", "58", 47.07, 3.93, 2_000, 1, ("58120",)),
            CommuneRow("13055", "Marseille", "13", 43.30, 5.38, 870_000, 1, ("13001",)),
            CommuneRow("13201", "Marseille 1er Arrondissement", "13", 43.30, 5.38, 39_000, 1, ("13001",)),
            CommuneRow("26999", "Sans-Point", "26", None, None, 10, 0, ("26999",)),
            CommuneRow("26362", "Valence", "26", 44.93, 4.89, 64_000, 0, ("26000",)),
        ],
        [AreaRow(code, f"Département {code}", "84") for code in ("01", "13", "26", "58", "974")],
        [AreaRow("84", "Auvergne")],
    )
)


def test_a_label_gives_the_commune_of_exactly_this_name_first() -> None:
    for label, commune in [
        ("Port", "01307"),
        ("LE PORT", "97407"),
        ("58 - CHATEAU-CHINON", "58062"),
        ("Marseille 1er", "13201"),
        ("Marseille 9e arrondissement", "13055"),
        ("01 - Valence", ""),
        ("Auvergne", ""),
    ]:
        found = PLACES.find("", "", label)
        assert found is not None and found.commune == commune
    assert PLACES.find("", "13001", "").commune == "13201"  # type: ignore[union-attr]
    assert PLACES.find("", "13001", "MARSEILLE").commune == "13055"  # type: ignore[union-attr]
    found = PLACES.find("26999", "", "")
    assert found is not None and (found.how, found.department, found.commune) == ("department", "26", "")


def test_the_distance_of_a_page_is_that_of_a_list_to_the_last_bit() -> None:
    rng = np.random.default_rng(1)
    points = rng.uniform((-90, -180), (90, 180), (200, 2))
    ours = km_from(48.85, 2.35, points)
    here = geo.unit_vectors(np.full(200, 48.85), np.full(200, 2.35))
    assert (ours == geo.distance_km(here, geo.unit_vectors(points[:, 0], points[:, 1]))).all()
    assert km_between(48.85, 2.35, *points[7]) == ours[7]
