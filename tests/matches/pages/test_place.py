"""Where the work is: the minutes on the card, the map and the minutes on the opening's page."""

import re

import pytest
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(town: Town, baker: Jobseeker) -> Vacancy:
    """In Amélie's list: work 18 km north of Valence, where she lives; she goes 20 km by car."""
    Jobseeker.objects.filter(pk=baker.pk).update(commune=factories.CommuneFactory(), transport="car")
    tain = factories.CommuneFactory(code="26347", name="Tain", folded="tain", latitude=45.1, longitude=4.89)
    Vacancy.objects.filter(pk=town.vacancy.pk).update(
        commune=tain, latitude=tain.latitude, longitude=tain.longitude, precision_km=0
    )
    factories.MatchFactory(jobseeker=baker, vacancy=town.vacancy)
    return Vacancy.objects.get(pk=town.vacancy.pk)


def page(town: Town, vacancy: Vacancy) -> str:
    read = town.client("amelie").get(reverse("matches:opening", args=[vacancy.pk])).content.decode()
    return " ".join(read.split())


def card(town: Town) -> str:
    read = " ".join(town.client("amelie").get(reverse("matches:openings")).content.decode().split())
    return read[read.index("<article") : read.index("</article>")]


def drawing(page: str) -> str:
    """Return the map of the page, nothing where there is none."""
    found = re.search(r'<svg class="map".*?</svg>', page)
    return found[0] if found else ""


def test_card_and_page_say_the_same_minutes_or_kilometres_where_nobody_said_how_she_travels(
    town: Town, away: Vacancy, baker: Jobseeker
) -> None:
    assert "Tain, ~35 min" in card(town)
    assert "Environ 35 min en voiture, 19 km à vol d’oiseau" in page(town, away)
    Jobseeker.objects.filter(pk=baker.pk).update(transport="")
    assert "Tain, 19 km" in card(town) and " min" not in card(town)
    read = page(town, away)
    assert "19 km de Valence à vol d’oiseau" in read and "Environ" not in read


def test_the_map_has_her_town_the_work_the_way_between_and_how_far_she_goes(
    town: Town, away: Vacancy
) -> None:
    drawn = drawing(page(town, away))
    assert f"Carte : Valence, la commune du profil, et {away.title}" in drawn
    assert '<circle class="home" cx="180" cy="180"' in drawn
    [(x, y)] = re.findall(r'<circle class="spot" cx="([\d.]+)" cy="([\d.]+)"', drawn)
    assert float(y) < 100 and abs(float(x) - 180) < 2, "Tain is north of Valence"
    assert f'<path class="way" d="M180 180L{x} {y}"/>' in drawn
    [r] = re.findall(r'<circle class="reach" cx="180" cy="180" r="([\d.]+)"', drawn)
    # She goes 20 km, the work is 18.5 km away.
    assert float(r) / (180 - float(y)) == pytest.approx(20 / 18.5, abs=0.02)
    assert re.findall(r">(Valence|Tain)</text>", drawn) == ["Valence", "Tain"]


def test_who_has_not_said_how_far_has_no_ring_and_a_place_known_roughly_no_map(
    town: Town, baker: Jobseeker, away: Vacancy
) -> None:
    Jobseeker.objects.filter(pk=baker.pk).update(radius_km=None, minutes=None)
    assert 'class="spot"' in (drawn := drawing(page(town, away))) and 'class="reach"' not in drawn
    Vacancy.objects.filter(pk=away.pk).update(precision_km=30)
    assert not drawing(page(town, away))
