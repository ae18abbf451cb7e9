"""One small market for all tests of this folder."""

import datetime as dt

import numpy as np
import pytest

from visavis.synthetic.market import SyntheticMarket

TODAY = dt.date(2026, 11, 25)


def market(seed: int = 7, departments=("26", "07")) -> SyntheticMarket:
    return SyntheticMarket(np.random.default_rng(seed), TODAY, departments)


@pytest.fixture(scope="session")
def make_market():
    return market


@pytest.fixture(scope="session")
def today():
    return TODAY


@pytest.fixture(scope="session")
def jobseekers():
    return list(market().jobseekers(3000))


@pytest.fixture(scope="session")
def vacancies():
    return list(market().vacancies(3000))


@pytest.fixture(scope="session")
def employers():
    return market().employers(800)
