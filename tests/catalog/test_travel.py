"""Minutes turned into kilometres where somebody lives."""

import pytest

from tests import factories
from visavis.catalog import travel
from visavis.engine.facts.travel import AVERAGE

pytestmark = pytest.mark.django_db


def test_who_lives_among_many_gets_less_far_by_car() -> None:
    factories.CommuneFactory(
        code="75056", name="Paris", population=2_100_000, latitude=48.857, longitude=2.342
    )
    factories.CommuneFactory(code="26100", name="Die", population=4_700, latitude=44.753, longitude=5.370)
    assert travel.reach_km(30, "car", "75056") < travel.reach_km(30, "car", None)
    assert travel.reach_km(30, "car", None) < travel.reach_km(30, "car", "26100")
    assert travel.minutes(travel.reach_km(30, "car", "26100"), "", "26100") == pytest.approx(30)
    factories.CommuneFactory(code="01001", latitude=None, longitude=None)
    assert travel.density("01001") == travel.density("99999") == travel.density(None) == AVERAGE
    city = factories.CommuneFactory(code="69123", population=520_000, latitude=45.758, longitude=4.835)
    travel.all_densities.forget()
    alone = travel.density("69123")
    for code, people in (("69381", 30_000), ("69382", 490_000)):
        factories.CommuneFactory(code=code, population=people, parent=city, latitude=45.76, longitude=4.83)
    travel.all_densities.forget()
    assert travel.density("69123") == pytest.approx(alone)
