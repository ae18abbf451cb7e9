"""Distances, reaches, minutes and kilometres, at the poles and over the date line as elsewhere."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.engine.brute_force import km
from visavis.engine.facts.geo import Grid, distance_km, unit_vectors
from visavis.engine.facts.travel import AROUND_KM, AVERAGE, centrality, densities, minutes, reach_km
from visavis.engine.facts.vocabulary import TRANSPORTS

latitudes = st.floats(-90, 90) | st.sampled_from([-90.0, 90.0, 89.99])
longitudes = st.floats(-180, 180) | st.sampled_from([-180.0, 180.0, 179.99])
points = st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=30)


@given(st.tuples(latitudes, longitudes), st.tuples(latitudes, longitudes))
@settings(max_examples=200)
def test_distances_are_those_of_the_haversine(one: tuple[float, float], other: tuple[float, float]) -> None:
    a, b = (unit_vectors(np.array([p[0]]), np.array([p[1]])) for p in (one, other))
    # Near the antipodes half a chord is near 1, where an arcsine amplifies rounding.
    assert distance_km(a, b)[0] == pytest.approx(
        km(one, other), abs=1e-3 if km(one, other) > 19_900 else 1e-6
    )


@given(points, st.tuples(latitudes, longitudes), st.sampled_from([0.0, 1.0, 30.0, 500.0, 11_000.0, 20_100.0]))
@example([(-17.0, -180.0)], (-17.0, 180.0), 0.0)
@example([(90.0, 50.0)], (90.0, -120.0), 0.0)
@example([(0.0, -179.9)], (0.0, 179.9), 30.0)
@settings(max_examples=300)
def test_a_grid_forgets_nobody_within_reach_and_repeats_nobody(
    places: list[tuple[float, float]], centre: tuple[float, float], reach: float
) -> None:
    latitude, longitude = np.array(places).T
    grid = Grid.of(latitude, longitude, np.arange(len(places)))
    _, start, stop = grid.slices(np.array([centre[0]]), np.array([centre[1]]), np.array([reach]))
    found = [int(p) for a, b in zip(start, stop, strict=True) for p in grid.points[a:b]]
    assert len(found) == len(set(found))
    assert {n for n, place in enumerate(places) if km(centre, place) <= reach} <= set(found)


def test_a_grid_looks_at_few_others() -> None:
    latitude, longitude = np.random.default_rng(1).uniform([[42], [-4]], [[51], [8]], (2, 20_000))
    grid = Grid.of(latitude, longitude, np.arange(20_000))
    _, start, stop = grid.slices(np.array([48.0]), np.array([2.0]), np.array([30.0]))
    centre = unit_vectors(np.array([48.0]), np.array([2.0]))
    within = (distance_km(unit_vectors(latitude, longitude), centre) <= 30).sum()
    assert within <= (stop - start).sum() <= 2.5 * within


ways = st.sampled_from(TRANSPORTS)


places = st.floats(0, 60_000) | st.just(float("nan"))


lengths = st.floats(0, 2_000)


@given(lengths, st.floats(1e-3, 500), ways, places, st.floats(0, 60_000))
@settings(max_examples=300)
def test_a_reach_takes_the_minutes_it_was_made_of(
    many: float, more: float, way: str, one: float, other: float
) -> None:
    assert reach_km(minutes(many, way, one), way, one) == pytest.approx(many, abs=1e-6)
    assert minutes(reach_km(many, way, one), way, one) == pytest.approx(many, abs=1e-6)
    near, far = reach_km([many, many + more], way, one)
    assert 0 <= near < far
    assert reach_km(0, way, one) == minutes(0, way, one) == 0
    # Where more people live a car is slower and a bus is nearer.
    sparse, dense = sorted((np.nan_to_num(one), other))
    slower = minutes(more, way, dense) - minutes(more, way, sparse)
    assert slower >= -1e-9 if way != "transit" else slower <= 1e-9


def test_an_unknown_place_is_an_average_one_and_nobody_waits_longer_than_the_walk() -> None:
    assert reach_km(30, "car", float("nan")) == reach_km(30, "car", AVERAGE) == reach_km(30, "car")
    assert [round(float(reach_km(60, way))) for way in ("walk", "bike", "transit", "car")] == [4, 11, 18, 41]
    assert reach_km(10, "transit", 20_000) == reach_km(10, "walk")
    assert (minutes(np.linspace(0, 5), "bike") <= minutes(np.linspace(0, 5), "walk")).all()
    assert centrality([0, 30, 20_000, 50_000]).tolist() == [0, 0, 1, 1]
    for ask in (minutes, reach_km):
        with pytest.raises(ValueError, match="unknown transport 'plane'"):
            ask(3, "plane")
    with pytest.raises(ValueError, match="at least 0, got -1"):
        reach_km([-1.0, 2.0], "car")
    assert np.isnan(minutes(float("nan"), "car"))


def test_each_person_around_is_counted_once() -> None:
    rng = np.random.default_rng(1)
    latitude, longitude = rng.uniform([[45], [2]], [[45.3], [2.3]], (2, 80))
    people = rng.integers(0, 5_000, 80)
    points = unit_vectors(latitude, longitude)
    near = [distance_km(np.broadcast_to(one, points.shape), points) <= AROUND_KM for one in points]
    wanted = [people[here].sum() / (np.pi * AROUND_KM**2) for here in near]
    assert densities(latitude, longitude, people) == pytest.approx(wanted)
    latitude[3] = np.nan
    assert np.isnan(densities(latitude, longitude, people)[3])
    assert densities(np.array([]), np.array([]), np.array([])).shape == (0,)
