"""The catalogue and the places the project ships are complete and agree with each other."""

import csv

import numpy as np
import pytest

from visavis.catalog import starter
from visavis.catalog.enums import Condition, ContractKind, EducationLevel, Licence


@pytest.fixture(scope="module")
def catalogue() -> starter.StarterCatalogue:
    return starter.load()


@pytest.fixture(scope="module")
def places() -> starter.Places:
    return starter.places()


def test_every_label_is_written_in_both_languages_and_given_once(catalogue) -> None:
    described = [*catalogue.domains, *catalogue.families, *catalogue.occupations, *catalogue.skills]
    for one in [*described, *catalogue.interests]:
        assert one.label_fr.strip() and one.label_en.strip(), one
        assert one.label_fr == one.label_fr.strip() and "  " not in one.label_fr, one
    for one in catalogue.occupations:
        assert one.definition_fr.endswith(".") and one.definition_en.endswith("."), one.code
    for what in ("domains", "families", "occupations", "skills", "interests"):
        rows = getattr(catalogue, what)
        for name in ("code", "label_fr", "label_en"):
            assert len({getattr(one, name) for one in rows}) == len(rows), (what, name)
    assert {one.code for one in catalogue.domains} == set("ABCDEFGHIJKLMN")
    assert {one.domain for one in catalogue.occupations} == set("ABCDEFGHIJKLMN")
    assert {one.family for one in catalogue.occupations} == {one.code for one in catalogue.families}


def test_every_occupation_has_titles_skills_and_interests_and_every_skill_an_occupation(catalogue):
    for one in catalogue.occupations:
        assert 8 <= len(catalogue.titles_of[one.code, "fr"]) <= 15, one.code
        assert 4 <= len(catalogue.titles_of[one.code, "en"]) <= 8, one.code
        essential = catalogue.skills_of[one.code, "essential"]
        optional = catalogue.skills_of[one.code, "optional"]
        assert len(essential) >= 4 and 6 <= len(essential) + len(optional) <= 13, one.code
        assert not set(essential) & set(optional), one.code
        interests = catalogue.interests_of[one.code]
        assert {f"riasec:{one.riasec_major}", f"riasec:{one.riasec_minor}"} <= set(interests)
        assert len(interests) >= 4, one.code
    assert {one.interest for one in catalogue.occupation_interests} <= set(catalogue.interest)
    assert {one.skill for one in catalogue.occupation_skills} == set(catalogue.skill)
    assert {one.occupation for one in catalogue.occupation_skills} == set(catalogue.occupation)


def test_a_title_names_one_occupation_in_both_genders_and_is_not_said_twice(catalogue):
    seen = {}
    for title in catalogue.titles:
        for form in {title.label, title.masculine, title.feminine}:
            key = title.language, starter.plain(form)
            assert seen.setdefault(key, title.occupation) == title.occupation, form
        assert (title.masculine == title.feminine) == (title.label == title.masculine), title
    bakers = catalogue.titles_of["D1102", "fr"]
    forms = {(one.label, one.masculine, one.feminine) for one in bakers}
    assert ("Boulanger / Boulangère", "Boulanger", "Boulangère") in forms
    told = [
        (title.occupation, starter.plain(title.masculine)) for title in (*catalogue.titles, *catalogue.said)
    ]
    assert len(set(told[len(catalogue.titles) :])) == len(catalogue.said)
    assert not set(told[: len(catalogue.titles)]) & set(told[len(catalogue.titles) :])
    for title in catalogue.said:
        assert title.occupation in catalogue.occupation and title.language == "fr", title


def test_figures_and_mobility_of_occupations_are_plausible(catalogue) -> None:
    for one in catalogue.occupations:
        assert 12.02 <= one.pay_min_hour < one.pay_max_hour <= 30, one.code
        assert sum(one.contracts.values()) == pytest.approx(1.0), one.code
        assert set(one.contracts) <= set(ContractKind.values), one.code
        assert set(one.conditions) <= set(Condition.values), one.code
        assert set(one.licences) <= set(Licence.values), one.code
        assert one.education_level in EducationLevel.values, one.code
        assert 0 <= one.women <= 1 and one.riasec_major in "RIASEC" and len(one.isco) == 4, one.code
        assert all(0 < share <= 1 for share in [*one.conditions.values(), *one.licences.values()]), one.code
    assert sum(one.weight for one in catalogue.occupations) == pytest.approx(1.0)
    assert len({(one.source, one.target) for one in catalogue.mobility}) == len(catalogue.mobility) >= 120
    for one in catalogue.mobility:
        assert one.source != one.target
        assert {one.source, one.target} <= set(catalogue.occupation)
        assert one.kind in {"near", "evolution"}
    assert set(catalogue.moves_from) == set(catalogue.occupation), "somebody has nowhere to go"


def test_every_commune_is_there_in_the_order_of_the_codes_with_its_place(places) -> None:
    assert len(places) > 34_900 and list(places.code) == sorted(set(places.code))
    assert sum(1 for parent in places.parent if parent) == 45
    assert set(places.parent) == {"", "75056", "69123", "13055"}
    assert {one.code for one in places.departments} >= set(places.department)
    assert {one.code for one in places.regions} >= {
        one.region for one in places.departments if one.region < "95"
    }
    lost = np.isnan(places.latitude)
    assert lost.sum() == 6 and places.population[lost].sum() == 0
    assert np.array_equal(lost, places.precision_km == 0)
    overseas = [one.code for one in places.departments if len(one.code) == 3]
    mainland = ~np.isin(places.department, overseas) & ~lost
    assert places.latitude[mainland].min() > 41 and places.latitude[mainland].max() < 51.2
    assert places.longitude[mainland].min() > -5.3 and places.longitude[mainland].max() < 9.7
    weight = places.draw_weight
    assert weight[places.row_of["75056"]] == 0 < weight[places.row_of["75111"]]
    assert 60_000_000 < weight.sum() < 72_000_000
    assert not np.isnan(places.latitude[weight > 0]).any()


def test_a_commune_is_found_as_people_write_it_and_an_unknown_one_is_nobody(places) -> None:
    for text, code in [
        ("Valence", "26362"),
        ("26000", "26362"),
        ("St Etienne", "42218"),
        ("saint-denis (93)", "93066"),
        ("38000 GRENOBLE CEDEX", "38185"),
        ("75011", "75111"),
        ("2a004", "2A004"),
    ]:
        row = places.find(text)
        assert row is not None and places.code[row] == code
    for text in ("", "   ", "Nulle-Part-sur-Mer", "00000", "26", "é" * 10_000):
        assert places.find(text) is None, text


def test_coordinates_stand_near_the_official_centres(places, shared_data):
    with (shared_data / "communes" / "communes.csv").open(encoding="utf-8") as file:
        truth = {row["code"]: row for row in csv.DictReader(file) if row["latitude"]}
    rows = [places.row_of[code] for code in truth if code in places.row_of]
    rows = [row for row in rows if not np.isnan(places.latitude[row])]
    latitude = np.array([float(truth[places.code[row]]["latitude"]) for row in rows])
    longitude = np.array([float(truth[places.code[row]]["longitude"]) for row in rows])
    north = (latitude - places.latitude[rows]) * 111.2
    east = (longitude - places.longitude[rows]) * 111.2 * np.cos(np.radians(latitude))
    error = np.hypot(north, east)
    assert len(rows) > 34_000
    assert np.median(error) < 3.6 and np.quantile(error, 0.95) < 13
    own = places.precision_km[rows] == 1
    assert np.median(error[own]) < 0.9 and np.quantile(error[own], 0.95) < 2.6
