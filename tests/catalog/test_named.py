"""What the catalogue keeps in memory: the names of its codes, and how far minutes reach where people live."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import factories
from visavis.catalog import named, travel
from visavis.catalog.models import Edition, Skill
from visavis.common import clock
from visavis.engine.facts.travel import AVERAGE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    named.SKILLS(["none"])
    yield
    named._KEPT.forget()


def test_a_label_is_asked_for_once_and_no_more_are_kept_than_may_be(
    django_assert_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    knife, oven = (factories.SkillFactory(code=f"T000{number}") for number in range(2))
    with django_assert_num_queries(1):
        assert named.SKILLS([oven.pk, knife.pk, oven.pk, "gone"]) == [
            (oven.pk, oven.label_fr, oven.label_en),
            (knife.pk, knife.label_fr, knife.label_en),
        ]
    with django_assert_num_queries(0):
        assert [code for code, *_labels in named.SKILLS(["gone", knife.pk])] == [knife.pk]
        assert named.SKILLS([]) == []
    monkeypatch.setattr(named, "MOST", 3)
    codes = [factories.SkillFactory(code=f"T000{number}").pk for number in range(5)]
    assert [code for code, *_labels in named.SKILLS(codes[:2])] == codes[:2]
    assert [code for code, *_labels in named.SKILLS(codes[1:])] == codes[1:]
    assert set(named._KEPT()[id(named.SKILLS)]) == set(codes[2:])


def test_after_an_import_it_is_called_as_it_is_called_now(monkeypatch: pytest.MonkeyPatch) -> None:
    knife = factories.SkillFactory(code="T0001", label_fr="Affûter")
    assert named.SKILLS([knife.pk])[0][1] == "Affûter"
    Skill.objects.filter(pk=knife.pk).update(label_fr="Affûter les couteaux")
    assert named.SKILLS([knife.pk])[0][1] == "Affûter"
    Edition.objects.create(source="rome", done_at=clock.now())
    monkeypatch.setattr(named._KEPT, "checks_every_s", 0.0)
    assert named.SKILLS([knife.pk])[0][1] == "Affûter les couteaux"


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
