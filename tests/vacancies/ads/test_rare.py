"""What few ads say, one sentence each: last days, own vehicles, languages, diplomas. All invented."""

import datetime as dt

from visavis.vacancies import ads

TODAY = dt.date(2025, 5, 12)


def read(text: str) -> ads.Facts:
    return ads.read(title="", text=text, today=TODAY)


def test_the_last_day_of_a_contract_and_a_vehicle_of_ones_own() -> None:
    for text, name, value in (
        ("Le contrat s'arrêtera le 29/08/2025.", "ends", "2025-08-29"),
        ("CDD du 1er juin au 30 septembre 2025.", "ends", "2025-09-30"),
        ("Permis B et véhicule indispensables.", "own_vehicle", "required"),
        ("Vous devez être véhiculé(e) car le site n'est pas desservi.", "own_vehicle", "required"),
    ):
        found = getattr(read(text), name)
        assert found and found.value == value, text


def test_languages_and_diplomas() -> None:
    for text, spoken in (
        ("Anglais professionnel exigé, l'allemand serait un plus.", {("en", 4, True), ("de", None, False)}),
        ("La pratique de l'anglais est nécessaire.", {("en", None, True)}),
    ):
        found = read(text).languages
        assert {(code, one.value.level, one.value.is_required) for code, one in found.items()} == spoken
    for text, asked in (
        ("Expérience de 5 ans ou au minimum bac+3 en droit.", (6, False)),
        ("Vous avez un diplôme ou un titre de conseiller en économie sociale et familiale.", (6, True)),
    ):
        diploma = read(text).education
        assert diploma and (diploma.value.level, diploma.value.is_required) == asked
