"""Words of vacancies, one by one."""

import datetime as dt

from visavis.folding import fold_signs, places_before
from visavis.vacancies.ads.fields import TYPES
from visavis.vacancies.ads.person import education, languages, licences
from visavis.vacancies.ads.terms import conditions, contract, hours, pay
from visavis.vacancies.ads.text import Text
from visavis.vacancies.words import dates, numbers, text
from visavis.vacancies.words.titles import without_town

NOW = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)


def test_pay_becomes_euros_per_hour_and_what_says_nothing_stays_unknown() -> None:
    for words, weekly, an_hour in (
        ("Mensuel de 2000.0 Euros à 2500.0 Euros sur 12.0 mois", 35, (13.19, 16.48)),
        ("Horaire de 11.65 Euros", None, (11.65, 11.65)),
    ):
        found = pay.pay_said(words)
        assert found and found.per_hour(weekly) == an_hour
    for words in ("", "Selon profil", "Mensuel de 0.0 Euros", "Annuel de 9000000 Euros"):
        assert pay.pay_said(words) is None
    for words, low in (("37H30 Autre", 37.5), ("35", 35.0)):
        said = hours.said(words)
        assert said and said.low == low


def test_conditions_are_read_and_lengths_become_months() -> None:
    for words, code in (
        ("35H\nTravail posté (2x8, 3x8, 5x8, etc.)", "shifts"),
        ("42H\nTravail en horaires fractionnés", "split_shifts"),
    ):
        found = conditions.conditions_in(Text(words))
        assert found.keys() - conditions.OURS == {code}
    for words, months in [
        ("2 ans", 24),
        ("6 Mois", 6),
        ("70 Jour(s)", 2.3),
        ("1 Jour(s)", 0.03),
        ("2 years", 24),
        ("3 semaines", 0.69),
        ("Selon profil", None),
        ("999 ans", None),
    ]:
        found = contract.length_in(Text(f"CDD de {words}"), kind="fixed_term")
        assert (found and found.value.in_months) == months


def test_licences_languages_and_levels_of_education() -> None:
    for words, code in [
        ("B - Véhicule léger", "B"),
        ("C - Poids lourd", "C"),
        ("CE - Poids lourd + remorque (= EC)", "CE"),
        ("B mention 79.06 (= EB)", "BE"),
        ("D - Transport de personnes", "D"),
        ("A - Moto", "A"),
        ("CACES R489 catégorie 3", "caces_3"),
        ("CACES R482", "caces_other"),
        ("Bateau", ""),
    ]:
        assert licences.code_of(words) == code
    for words, level in [
        ("CAP, BEP et équivalents", 3),
        ("Bac ou équivalent", 4),
        ("Bac+2 ou équivalents", 5),
        ("Bac+3, Bac+4 ou équivalents", 6),
        ("Bac+5 et plus ou équivalents", 7),
        ("Aucune formation scolaire", 0),
        ("BEPC ou 3ème achevée", 1),
        ("Collège Jean-Moulin", None),
    ]:
        assert education.level_of(words) == level
    from visavis.catalog.enums import Condition, ContractKind, Licence, SpokenLanguage  # noqa: PLC0415

    assert set(licences.CODES.values()) <= set(Licence.values)
    assert set(languages.NAMES) == set(SpokenLanguage.values)
    assert set(conditions.PATTERNS) - conditions.OURS == set(Condition.values) - {"remote"}
    assert set(contract.KINDS) | set(TYPES.values()) <= set(ContractKind.values)


def test_days_instants_and_numbers() -> None:
    found = dates.instant("2026-10-23T14:48:50.814Z", now=NOW)
    assert found and found.year == 2026
    for words in ("1887-01-01", "2031-01-01", "hier", "", "9999-12-31T23:59:59-12:00"):
        assert dates.instant(words, now=NOW) is None
    assert dates.day("le 4 janvier 2027", now=NOW) == dt.date(2027, 1, 4)
    assert dates.day("le 1er décembre", now=NOW) == dt.date(2026, 12, 1)
    assert dates.day("January 15, 2027", now=NOW) == dt.date(2027, 1, 15)
    assert dates.day("le 31 fevrier 2027", now=NOW) is None
    found = [numbers.number(words) for words in ("1 900", "1.900", "1,5", "1e999", "x")]
    assert found == [1900, 1900, 1.5, None, None]


def test_texts_lose_what_no_database_keeps_and_titles_their_town() -> None:
    assert without_town("Boulanger", "") == "Boulanger"
    assert without_town("Conducteur de Die", "Die") == "Conducteur de "
    assert without_town("Conducteur diesel", "Die") == "Conducteur diesel"
    assert without_town("Cuisinier L’HAŸ LES ROSES", "L'Haÿ-les-Roses") == "Cuisinier "
    assert text.clean("a\x00b\r\nc\ud800") == "ab\nc?"
    assert text.clean(["a"]) == text.clean(True) == text.clean(None) == ""
    said = "Œuvre d’été"
    folded, places = fold_signs(said), places_before(said)
    start = folded.index("ete")
    assert said[places[start] : places[start + 3]] == "été"
    assert len(places) == len(folded) + 1
