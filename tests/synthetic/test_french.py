"""Small words agree with what follows."""

import datetime as dt

from visavis.synthetic import french


def test_of_and_at_agree_with_the_name():
    for name, of, at in (
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
    ):
        assert (french.of(name), french.at(name)) == (of, at)


def test_durations_days_amounts_and_lists_read_well():
    durations = {1: "un mois", 6: "6 mois", 12: "un an", 36: "trois ans", 144: "12 ans"}
    assert {months: french.duration(months) for months in durations} == durations
    assert french.day(dt.date(2026, 12, 1)) == "1er décembre 2026"
    assert french.day(dt.date(2026, 8, 15)) == "15 août 2026"
    assert (french.euros(12.5), french.number(37.5), french.number(35.0)) == ("12,50 €", "37,5", "35")
    assert (french.lowered("CAP exigé"), french.lowered("Porter")) == ("CAP exigé", "porter")
    assert french.listed(["a", "b", "c"]) == "a, b et c" and french.listed(["a"]) == "a"
