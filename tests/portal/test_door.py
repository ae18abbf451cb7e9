"""The front page: real openings, three ways in, the doors; and light."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import brotli
import pytest
from django.test import Client, override_settings

from tests import factories
from tests.personas import Town
from tests.ui.html import elements
from visavis import ui
from visavis.common import clock
from visavis.searches.waiting import NEWEST
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
STATIC = Path(ui.__path__[0]) / "static" / "ui"
FIRST_PAGE_BYTES = 20_000


def read() -> str:
    return Client().get("/").content.decode()


def test_a_visitor_sees_the_newest_public_openings_and_no_other_and_begins_a_search(town: Town) -> None:
    for number in range(NEWEST + 1):
        factories.VacancyFactory(
            title=f"Boulanger {number}", published_at=clock.now() + dt.timedelta(hours=number)
        )
    hidden = factories.VacancyFactory(title="Fermée", state=Vacancy.State.CLOSED)
    page = read()
    assert len(elements(page, "article")) == NEWEST
    assert f"Boulanger {NEWEST}" in page and "Boulanger 0" not in page
    assert hidden.title not in page and town.draft.title not in page
    assert f'href="/jobs/{Vacancy.objects.get(title=f"Boulanger {NEWEST}").pk}/"' in page
    assert {"q", "place", "commune"} <= {field.get("name") for field in elements(page, "input")}
    english = town.client("visitor").get("/", headers={"accept-language": "en"}).content.decode()
    assert "You are expected here." in english and town.agency.address in english


def test_the_doors_say_whether_they_are_open(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.agency.opening_hours = "Mo-Fr 08:30-12:30"
    town.agency.save()
    noon = dt.datetime(2026, 11, 27, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
    monkeypatch.setattr(clock, "now", lambda: noon)
    assert "Ouvert, jusqu’à 12" in read()
    monkeypatch.setattr(clock, "now", lambda: noon + dt.timedelta(hours=2))
    assert "Fermé" in read()


@override_settings(DEMO=True)
def test_the_first_page_is_light(town: Town) -> None:
    for number in range(NEWEST):
        factories.VacancyFactory(title=f"Conducteur de ligne en agroalimentaire {number}")
    files = ("visavis.css", "openings.css", "visavis.js", "suggest.js", "icons.svg", "scene.svg", "mark.svg")
    weight = sum(len(brotli.compress((STATIC / name).read_bytes())) for name in files)
    assert len(brotli.compress(read().encode())) + weight <= FIRST_PAGE_BYTES
