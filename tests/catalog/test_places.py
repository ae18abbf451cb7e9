"""Communes as people and feeds write them, where work is, and one distance for pages and lists."""

from typing import Any

import numpy as np
import pytest

from tests.factories import CommuneFactory
from visavis.catalog import cache
from visavis.catalog.distances import km_between, km_from
from visavis.catalog.gazetteer import AreaRow, CommuneRow, Gazetteer
from visavis.catalog.models import Commune
from visavis.catalog.places import How, commune_for, distance_km, gazetteer, search_communes
from visavis.catalog.pointing import Pointer
from visavis.engine.facts import geo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shipped_catalogue")]


@pytest.fixture(autouse=True, scope="module")
def built_anew(shipped_catalogue: None) -> None:
    """No commune of another module's rows is kept in memory."""
    cache.forget_all()


@pytest.fixture(autouse=True)
def fresh_searches() -> None:
    """Keep the communes in memory from one test to the next: they are the same for all."""


def test_a_commune_is_found_as_it_is_typed_the_biggest_first() -> None:
    for typed, code in [
        ("St-Étienne", "42218"),
        ("st etien", "42218"),
        ("26000 Valence", "26362"),
        ("hay les roses", "94038"),
        ("paris 12eme arrondissement", "75112"),
        ("paris", "75056"),
        ("grenobble", "38185"),
        ("mans", "72181"),
        ("aix", "13001"),
    ]:
        assert search_communes(typed)[0].code == code
    assert [town.code for town in search_communes("Valence")[:2]] == ["26362", "82186"]
    assert search_communes("69", limit=2)[0].code == "69123"
    assert {town.department_id for town in search_communes("2600", limit=5)} == {"26"}
    for typed in ("", "xyzzyx", "99999", "x" * 10_000, "☃"):
        assert search_communes(typed) == [], typed


def test_a_commune_is_found_however_little_is_said() -> None:
    for said, code, how in [
        ({"code": "26362", "name": "anything"}, "26362", How.CODE),
        ({"postcode": "82400", "name": "Valence"}, "82186", How.NAME_AND_POSTCODE),
        ({"name": "29 - BREST"}, "29019", How.NAME_AND_DEPARTMENT),
        ({"name": "29200 Brest"}, "29019", How.NAME_AND_POSTCODE),
        ({"name": "13 - MARSEILLE 09"}, "13209", How.NAME_AND_DEPARTMENT),
        ({"name": "75 - PARIS 12 (Dept.)"}, "75112", How.NAME_AND_DEPARTMENT),
        ({"name": "Saint-Denis", "department": "93"}, "93066", How.NAME_AND_DEPARTMENT),
        ({"name": "27 - STE COLOMBE PRES VERNON"}, "27525", How.NAME_AND_DEPARTMENT),
        ({"name": "L'Haÿ-les-Roses"}, "94038", How.NAME),
        ({"postcode": "75012"}, "75112", How.POSTCODE),
        ({"postcode": "26000", "name": "Bâtiment B"}, "26362", How.POSTCODE),
        ({"name": "26 - Drôme"}, "26362", How.DEPARTMENT),
        ({"department": "26"}, "26362", How.DEPARTMENT),
        ({"name": "Auvergne-Rhône-Alpes"}, "69123", How.REGION),
    ]:
        found = commune_for(**said)
        assert found.commune is not None
        assert (found.commune.code, found.how) == (code, how)


def test_a_code_nobody_knows_falls_back_on_its_postcode_or_department_and_nowhere_is_said() -> None:
    found = commune_for(code="49149", postcode="49350", name="Gennes")
    assert found.commune is not None
    assert found.how in {How.POSTCODE, How.NAME_AND_POSTCODE}
    assert found.commune.postcodes.filter(code="49350").exists()
    found = commune_for(code="26999")
    assert found.commune is not None and found.commune.department_id == "26"
    assert found.how is How.DEPARTMENT and not found.how.is_exact
    for name in ("", "Suisse (Frontalier)", "France", "x" * 10_000):
        found = commune_for(name=name)
        assert (found.commune, found.how) == (None, How.NOT_FOUND), name


def test_distance_is_the_great_circle_for_pages_lists_and_counts(django_assert_num_queries: Any) -> None:
    paris, lyon = Commune.objects.get(pk="75056"), Commune.objects.get(pk="69123")
    assert 385 < (distance_km(paris, lyon) or 0) < 400
    assert distance_km(paris, paris) == 0
    assert distance_km(CommuneFactory.build(latitude=None), CommuneFactory.build()) is None
    index = gazetteer()
    centres = Commune.objects.filter(pk__in=["26362", "75056", "2A004"]).values_list("latitude", "longitude")
    known = [(one.latitude, one.longitude) for one in index.communes if one.latitude is not None]
    for at in list(centres):
        far = km_from(*at, np.array(known, np.float64))
        with django_assert_num_queries(0):
            for km in (0.0, 3.0, 15.0, 120.0, 2_000.0):
                assert index.count_within(*at, km) == (far <= km).sum() > 0, (at, km)
    rng = np.random.default_rng(1)
    points = rng.uniform((-90, -180), (90, 180), (200, 2))
    ours = km_from(48.85, 2.35, points)
    here = geo.unit_vectors(np.full(200, 48.85), np.full(200, 2.35))
    assert (ours == geo.distance_km(here, geo.unit_vectors(points[:, 0], points[:, 1]))).all()
    assert km_between(48.85, 2.35, *points[7]) == ours[7]


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
