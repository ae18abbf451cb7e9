"""Small words agree with what follows."""

import datetime as dt

import pytest

from visavis.synthetic import french


@pytest.mark.parametrize(
    ("name", "of", "at"),
    [
        ("Valence", "de Valence", "à Valence"),
        ("Annonay", "d’Annonay", "à Annonay"),
        ("Étoile-sur-Rhône", "d’Étoile-sur-Rhône", "à Étoile-sur-Rhône"),
        ("Le Teil", "du Teil", "au Teil"),
        ("Les Vans", "des Vans", "aux Vans"),
        ("La Voulte", "de La Voulte", "à La Voulte"),
        ("Hauterives", "d’Hauterives", "à Hauterives"),
        ("Yutz", "de Yutz", "à Yutz"),
        ("un an", "d’un an", "à un an"),
        ("hotliner", "de hotliner", "à hotliner"),
    ],
)
def test_of_and_at_agree_with_the_name(name, of, at):
    assert (french.of(name), french.at(name)) == (of, at)


@pytest.mark.parametrize(
    ("months", "words"), [(1, "un mois"), (6, "6 mois"), (12, "un an"), (36, "trois ans"), (144, "12 ans")]
)
def test_a_duration_reads_well(months, words):
    assert french.duration(months) == words


def test_the_first_day_of_a_month_is_premier():
    assert french.day(dt.date(2026, 12, 1)) == "1er décembre 2026"
    assert french.day(dt.date(2026, 8, 15)) == "15 août 2026"


def test_amounts_and_numbers_have_a_comma():
    assert (french.euros(12.5), french.number(37.5), french.number(35.0)) == ("12,50 €", "37,5", "35")


def test_an_abbreviation_keeps_its_capitals():
    assert (french.lowered("CAP exigé"), french.lowered("Porter")) == ("CAP exigé", "porter")


def test_a_list_ends_with_et():
    assert french.listed(["a", "b", "c"]) == "a, b et c" and french.listed(["a"]) == "a"
