"""A market is its seed; its employers are of many kinds and its towns are drawn by their inhabitants."""

import datetime as dt
from collections import Counter

import numpy as np
import pytest

from visavis.catalog import starter
from visavis.synthetic.dice import Dice
from visavis.synthetic.employers import Hiring
from visavis.synthetic.kinds import KINDS, TEMPORARY
from visavis.synthetic.market import SyntheticMarket
from visavis.synthetic.places import NEAR_KM, Towns, UnknownDepartmentError


def test_a_seed_gives_one_market_and_the_demo_has_all_its_vacancies(make_market) -> None:
    few, many = make_market(3), make_market(3)
    first = list(few.jobseekers(20))
    assert list(many.jobseekers(200))[:20] == first
    assert list(few.vacancies(30)) == list(many.vacancies(30))
    assert list(make_market(4).jobseekers(20)) != first
    market = make_market()
    employers = market.employers(30)
    vacancies = list(market.vacancies(300, employers))
    assert len(vacancies) == 300 and {one.employer.id for one in vacancies} <= {one.id for one in employers}
    assert len({one.occupation for one in vacancies}) > 30
    assert len(Counter(one.employer.id for one in vacancies)) >= 25


def test_going_on_gives_new_people_in_the_chosen_departments_on_any_day(make_market):
    people = list(make_market().jobseekers(400))
    assert len({one.id for one in people}) == 400
    assert len({(one.person.first_name, one.person.family_name) for one in people}) > 390
    market = make_market(departments=("48",))
    assert {one.town.code[:2] for one in market.jobseekers(50)} == {"48"}
    assert {one.town.code[:2] for one in market.vacancies(50)} == {"48"}
    market = SyntheticMarket(np.random.default_rng(1), dt.date(2028, 2, 29))
    assert len(list(market.jobseekers(300))) == 300 and len(list(market.vacancies(100))) == 100


def test_every_occupation_is_hired_by_employers_with_whole_names(employers, make_market) -> None:
    catalogue = starter.load()
    assert {code for kind in KINDS for code in kind.hires} == set(catalogue.occupation)
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    hiring = Hiring(starter.load())
    assert abs(sum(hiring.kind_weight.values()) - 1) < 1e-9
    assert 0.1 < hiring.kind_weight[TEMPORARY.code] < 0.35
    for one in employers:
        assert "{" not in one.name and one.name.strip() == one.name and one.name[0].isupper()
        assert " de Le " not in one.name and " de A" not in one.name
        assert len(one.section) == 1 and one.size > 0
    assert len({one.id for one in employers}) == len(employers)
    few = make_market().employers(30)
    assert len(few) == 30 and [one.id for one in few][:2] == ["E000001", "E000002"]
    assert len({one.kind for one in few}) >= 18


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
    for department in ("99", "xx", "2600"):
        with pytest.raises(UnknownDepartmentError, match=department):
            Towns(["26", department])
    with pytest.raises(UnknownDepartmentError, match="nobody lives"):
        Towns(["984"])


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
