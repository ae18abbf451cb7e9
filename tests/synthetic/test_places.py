"""Towns are drawn by their inhabitants, within what was asked."""

from collections import Counter

import numpy as np
import pytest

from visavis.catalog import starter
from visavis.synthetic.dice import Dice
from visavis.synthetic.places import NEAR_KM, Towns, UnknownDepartmentError


@pytest.fixture
def dice():
    return Dice(np.random.default_rng(3))


def test_towns_are_drawn_in_the_chosen_departments_or_the_whole_country(dice) -> None:
    towns = Towns(["26", "07"])
    drawn = Counter(towns.draw(dice).name for _ in range(2000))
    assert drawn.most_common(1)[0][0] == "Valence"
    assert {towns.draw(dice).code[:2] for _ in range(500)} == {"26", "07"}
    towns = Towns()
    codes = {towns.draw(dice).code for _ in range(6000)}
    assert any(code.startswith("974") for code in codes) and any(code.startswith("2") for code in codes)
    assert not any(code.startswith("98") for code in codes)
    assert not codes & {"75056", "69123", "13055"}, "a city is drawn by its arrondissements"


def test_a_near_town_is_near(dice):
    towns = Towns(["26", "07"])
    places = starter.places()
    home = next(town for town in iter(lambda: towns.draw(dice), None) if town.name == "Valence")
    for _ in range(100):
        near = towns.draw_near(dice, home)
        north = (near.latitude - home.latitude) * 111.2
        east = (near.longitude - home.longitude) * 111.2 * np.cos(np.radians(home.latitude))
        assert np.hypot(north, east) <= NEAR_KM + 1e-6
        assert places.code[near.row] == near.code


def test_an_unknown_department_or_one_where_nobody_lives_is_refused_by_name():
    for department in ("99", "xx", "2600"):
        with pytest.raises(UnknownDepartmentError, match=department):
            Towns(["26", department])
    with pytest.raises(UnknownDepartmentError, match="nobody lives"):
        Towns(["984"])
