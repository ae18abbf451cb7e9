"""Distances and reaches, at the poles and over the date line as elsewhere."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.engine.brute_force import km
from visavis.engine.facts.geo import Grid, distance_km, unit_vectors

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
