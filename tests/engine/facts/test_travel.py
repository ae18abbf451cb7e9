"""Minutes and kilometres: rising, each the inverse of the other, never negative."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visavis.engine.facts.geo import distance_km, unit_vectors
from visavis.engine.facts.travel import AROUND_KM, AVERAGE, centrality, densities, minutes, reach_km
from visavis.engine.facts.vocabulary import TRANSPORTS

ways = st.sampled_from(TRANSPORTS)
places = st.floats(0, 60_000) | st.just(float("nan"))
lengths = st.floats(0, 2_000)


@given(lengths, st.floats(1e-3, 500), ways, places)
@settings(max_examples=300)
def test_a_reach_takes_the_minutes_it_was_made_of_and_more_reach_farther(
    many: float, more: float, way: str, density: float
) -> None:
    assert reach_km(minutes(many, way, density), way, density) == pytest.approx(many, abs=1e-6)
    assert minutes(reach_km(many, way, density), way, density) == pytest.approx(many, abs=1e-6)
    near, far = reach_km([many, many + more], way, density)
    assert 0 <= near < far
    assert reach_km(0, way, density) == minutes(0, way, density) == 0


@given(st.floats(1, 500), ways, st.floats(0, 60_000), st.floats(0, 60_000))
@settings(max_examples=200)
def test_where_more_people_live_a_car_is_slower_and_a_bus_is_nearer(
    km: float, way: str, one: float, other: float
) -> None:
    sparse, dense = sorted((one, other))
    slower = minutes(km, way, dense) - minutes(km, way, sparse)
    assert slower >= -1e-9 if way != "transit" else slower <= 1e-9


def test_an_unknown_place_is_an_average_one_and_nobody_waits_longer_than_the_walk() -> None:
    assert reach_km(30, "car", float("nan")) == reach_km(30, "car", AVERAGE) == reach_km(30, "car")
    assert reach_km(10, "transit", 20_000) == reach_km(10, "walk")
    assert (minutes(np.linspace(0, 5), "bike") <= minutes(np.linspace(0, 5), "walk")).all()
    assert centrality([0, 30, 20_000, 50_000]).tolist() == [0, 0, 1, 1]
    with pytest.raises(ValueError, match="unknown transport 'plane'"):
        minutes(3, "plane")
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
