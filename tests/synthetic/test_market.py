"""A market is its seed."""

import datetime as dt
from collections import Counter

import numpy as np

from visavis.synthetic.market import SyntheticMarket


def test_a_seed_gives_one_market_and_more_people_change_neither_the_first_ones_nor_the_vacancies(make_market):
    few, many = make_market(3), make_market(3)
    first = list(few.jobseekers(20))
    assert list(many.jobseekers(200))[:20] == first
    assert list(few.vacancies(30)) == list(many.vacancies(30))
    assert list(make_market(4).jobseekers(20)) != first


def test_going_on_gives_new_people_in_the_chosen_departments_on_any_day(make_market):
    people = list(make_market().jobseekers(400))
    assert len({one.id for one in people}) == 400
    assert len({(one.person.first_name, one.person.family_name) for one in people}) > 390
    market = make_market(departments=("48",))
    assert {one.town.code[:2] for one in market.jobseekers(50)} == {"48"}
    assert {one.town.code[:2] for one in market.vacancies(50)} == {"48"}
    market = SyntheticMarket(np.random.default_rng(1), dt.date(2028, 2, 29))
    assert len(list(market.jobseekers(300))) == 300 and len(list(market.vacancies(100))) == 100


def test_the_demo_has_all_its_vacancies_at_its_employers(make_market):
    market = make_market()
    employers = market.employers(30)
    vacancies = list(market.vacancies(300, employers))
    assert len(vacancies) == 300 and {one.employer.id for one in vacancies} <= {one.id for one in employers}
    assert len({one.occupation for one in vacancies}) > 30
    assert len(Counter(one.employer.id for one in vacancies)) >= 25
