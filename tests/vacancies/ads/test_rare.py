"""What few ads say, one sentence each: last days, own vehicles, languages, diplomas. All invented."""

import datetime as dt
from typing import Any

import pytest

from visavis.vacancies import ads

TODAY = dt.date(2025, 5, 12)
ENDS = [
    ("Le contrat s'arrêtera le 29/08/2025.", "2025-08-29"),
    ("CDD du 1er juin au 30 septembre 2025.", "2025-09-30"),
]
VEHICLES = [
    ("Permis B et véhicule indispensables.", "required"),
    ("Vous devez être véhiculé(e) car le site n'est pas desservi.", "required"),
]
LANGUAGES = [
    ("Anglais professionnel exigé, l'allemand serait un plus.", {("en", 4, True), ("de", None, False)}),
    ("La pratique de l'anglais est nécessaire.", {("en", None, True)}),
]
DIPLOMAS = [
    ("Expérience de 5 ans ou au minimum bac+3 en droit.", (6, False)),
    ("Vous avez un diplôme ou un titre de conseiller en économie sociale et familiale.", (6, True)),
]


def read(text: str) -> ads.Facts:
    return ads.read(title="", text=text, today=TODAY)


@pytest.mark.parametrize(("text", "day"), ENDS)
def test_the_last_day_of_a_contract(text: str, day: str | None) -> None:
    found = read(text).ends
    assert (found and found.value) == day


@pytest.mark.parametrize(("text", "value"), VEHICLES)
def test_a_vehicle_of_ones_own(text: str, value: str | None) -> None:
    found = read(text).own_vehicle
    assert (found and found.value) == value


@pytest.mark.parametrize(("text", "spoken"), LANGUAGES)
def test_languages(text: str, spoken: set[Any]) -> None:
    found = read(text).languages
    assert {(code, one.value.level, one.value.is_required) for code, one in found.items()} == spoken


@pytest.mark.parametrize(("text", "asked"), DIPLOMAS)
def test_diplomas(text: str, asked: Any) -> None:
    found = read(text).education
    assert (found and (found.value.level, found.value.is_required)) == asked
