"""A kind of appointment in French and English: who reads, reads it in her language, wherever it is written."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.appointments import making
from tests.appointments.making import MONDAY
from tests.personas import Town
from visavis.appointments import calendars, figures, receiving, telling
from visavis.appointments.models import Appointment, Kind

NAMES = {"fr": ("Bilan à trois mois", "Vos candidatures"), "en": ("Three months on", "Your applications")}


@pytest.fixture(autouse=True)
def monday() -> object:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def kind(town: Town) -> Kind:
    making.receives(town.agency, town.people["bruno"])
    told = {
        "name": NAMES["fr"][0],
        "bring": NAMES["fr"][1],
        "name_en": NAMES["en"][0],
        "bring_en": NAMES["en"][1],
    }
    return making.kind(town.agency, **told)


@pytest.fixture
def booked(town: Town, kind: Kind) -> Appointment:
    at = dt.datetime(2027, 1, 12, 8, 30, tzinfo=dt.UTC)
    return making.booked(kind, at, town.people["amelie"])


def other(language: str) -> str:
    return "en" if language == "fr" else "fr"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pages_say_it_in_the_language_of_who_reads(town: Town, kind: Kind, language: str) -> None:
    client = Client()
    for url in (
        reverse("appointments:kinds", args=[town.agency.pk]),
        reverse("appointments:times", args=[kind.pk]),
    ):
        page = client.get(url, headers={"accept-language": language}).content.decode()
        assert NAMES[language][0] in page and NAMES[other(language)][0] not in page
    assert NAMES[language][1] in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_letters_files_feeds_and_figures_say_it_too(town: Town, booked: Appointment, language: str) -> None:
    with translation.override(language):
        row = Appointment.objects.with_words().get(pk=booked.pk)
        said = "\n".join(telling.facts(row))
        file = calendars.file(row).decode().replace("\r\n ", "")
        with time_machine.travel(MONDAY + dt.timedelta(days=3), tick=False):
            assert [one.name for one in figures.of(town.agency).kinds] == [NAMES[language][0]]
    for text in (said, file):
        assert all(one in text for one in NAMES[language])
        assert not any(one in text for one in NAMES[other(language)])
    bruno = town.people["bruno"]
    bruno.language = language
    bruno.save()
    secret = receiving.new_address(user=bruno)
    answer = Client().get(
        reverse("appointments:feed", args=[secret]), headers={"accept-language": other(language)}
    )
    assert NAMES[language][0] in answer.content.decode().replace("\r\n ", "")


def test_the_head_writes_both_and_who_finds_no_english_reads_the_french_one(town: Town, kind: Kind) -> None:
    url = f"{reverse('appointments:agency_kinds', args=[town.agency.pk])}?kind={kind.pk}"
    typed = {
        "name": "Bilan", "name_en": "Review", "nature": "first", "minutes": "30", "channels": ["agency"],
        "books": "anybody", "bring": "Rien", "bring_en": "Nothing", "is_open": "on",
    }  # fmt: skip
    client = town.client("hugo")
    assert client.post(url, typed).status_code == 302
    kind.refresh_from_db()
    assert (kind.name, kind.name_en, kind.bring, kind.bring_en) == ("Bilan", "Review", "Rien", "Nothing")
    assert 'lang="en"' in client.get(url).content.decode()
    with translation.override("en"):
        assert (kind.title, kind.to_bring) == ("Review", "Nothing")
        kind.name_en = kind.bring_en = ""
        assert (kind.title, kind.to_bring) == ("Bilan", "Rien")
