"""One record of the API becomes one vacancy."""

import copy
import datetime as dt
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.vacancies.feeds.conftest import JUNK, NOW, Record, laid_out
from visavis.catalog.pointing import Pointer
from visavis.vacancies.feeds.records.france_travail import read_record
from visavis.vacancies.feeds.records.vacancy import Kind


def read(record: Record, index: Pointer) -> Any:
    return laid_out(read_record(record, places=index, now=NOW).vacancy)


def reasons(record: Record, index: Pointer) -> set[str]:
    return {note.reason for note in read_record(record, places=index, now=NOW).notes}


def test_every_field_of_a_full_record_is_understood(record: Record, index: Pointer) -> None:
    found = read(record, index)
    assert (found.key, found.rome_code, found.place and found.place.commune) == ("199ABCD", "D1102", "26362")
    assert (found.contract, found.contract_months) == ("fixed_term", 6)
    assert (found.hours_min, found.hours_max) == (35.0, 35.0)
    assert (found.pay_min_hour, found.pay_max_hour) == (13.19, 16.48)
    assert found.pay_text == "Mensuel de 2000.0 Euros à 2500.0 Euros sur 12.0 mois, Primes"
    assert (found.licences, found.licences_wished) == (["B"], ["C"])
    assert found.conditions == ["saturday", "travel"]
    assert (found.experience_months, found.experience_is_required) == (12, True)
    assert (found.education_level, found.education_is_required) == (3, True)
    assert [(one.code, one.words, one.is_essential) for one in found.skills if one.start < 0] == [
        ("100001", "Pétrir la pâte", True),
        ("", "Faire preuve de rigueur", None),
    ]
    assert found.languages == [("en", None, False)]
    assert (found.positions, found.is_open_to_disability) == (2, True)
    assert found.published_at == dt.datetime(2026, 10, 23, 14, 48, 50, 814000, tzinfo=dt.UTC)
    assert found.source_url == "https://example.org/offre/199ABCD"
    assert not reasons(record, index)


def test_what_makes_no_sense_falls_back_and_pay_follows_hours(record: Record, index: Pointer) -> None:
    for day in ("1887-01-01T00:00:00Z", "2031-01-01T00:00:00Z"):
        changed = {**record, "dateCreation": day}
        assert read(changed, index).published_at.day == 24
        assert "date_out_of_bounds" in reasons(changed, index)
    changed = {**record, "dureeTravailLibelle": "temps partiel"}
    assert read(changed, index).hours_max == 34.5
    assert "part_time_without_hours" in reasons(changed, index)
    for hours, pay, hourly in (
        ("temps partiel - 20H Autre", "Mensuel de 1040.0 Euros sur 12.0 mois", 12.0),
        ("35H", "Mensuel de 2100.0 Euros sur 12.0 mois", 13.85),
        ("35H", "Mensuel de 2100.0 Euros sur 13.0 mois", 15.0),
    ):
        found = read({**record, "dureeTravailLibelle": hours, "salaire": {"libelle": pay}}, index)
        assert found.pay_min_hour == hourly


def test_every_record_has_a_place_and_a_point_where_it_can_be(record: Record, index: Pointer) -> None:
    named = {"commune": "07999", "codePostal": "07200", "libelle": "07 - ST DIDIER SOUS AUBENAS"}
    for where, how, commune in (
        ({"commune": "26362"}, "code", "26362"),
        (named, "postcode_and_name", "07229"),
    ):
        found = read({**record, "lieuTravail": where}, index).place
        assert found and (found.how, found.commune) == (how, commune)
        assert found.department == commune[:2] and not found.precision_km
        assert (how == "code") == (not reasons({**record, "lieuTravail": where}, index))
    for point, is_kept in (((44.95, 4.9), True), ((48.85, 2.35), False), ((None, None), False)):
        record["lieuTravail"] |= {"commune": "26362", "latitude": point[0], "longitude": point[1]}
        place = read(record, index).place
        assert place is not None and place.commune == "26362"
        assert ((place.latitude, place.longitude) == point) is is_kept
        assert place.precision_km == 0 or not is_kept


def test_work_study_and_beginners_are_told_whatever_the_words(record: Record, index: Pointer) -> None:
    for changes in (
        {"typeContrat": "CDI", "alternance": True},
        {"typeContrat": "CDD", "natureContrat": "Cont. professionnalisation"},
    ):
        assert read({**record, **changes}, index).contract == "apprenticeship"
    for asked, words, months in (("D", "2 An(s)", 0), ("S", "6 Mois", 6)):
        found = read({**record, "experienceExige": asked, "experienceLibelle": words}, index)
        assert (found.experience_months, found.experience_is_required) == (months, False)


def test_a_record_without_a_number_or_any_title_is_refused_and_the_two_are_enough(index: Pointer) -> None:
    for bare in ({"intitule": "Boulanger"}, {"id": "1"}):
        refused = read_record(bare, places=index, now=NOW)
        assert refused.vacancy is None
        assert [note.kind for note in refused.notes] == [Kind.REFUSED]
    found = read({"id": "1", "intitule": "Boulanger"}, index)
    assert (found.contract, found.hours_min, found.pay_min_hour) == ("", None, None)
    assert found.education_level is None


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_record_however_twisted_stops_the_reading(
    record: Record, index: Pointer, data: st.DataObject
) -> None:
    twisted = copy.deepcopy(record)
    for name in data.draw(st.lists(st.sampled_from(sorted(record)), max_size=5)):
        target: Any = twisted
        if isinstance(twisted[name], dict) and twisted[name] and data.draw(st.booleans()):
            target, name = twisted[name], data.draw(st.sampled_from(sorted(twisted[name])))
        elif isinstance(twisted[name], list) and twisted[name] and isinstance(twisted[name][0], dict):
            target, name = twisted[name][0], "libelle"
        target[name] = data.draw(JUNK)
    found = read_record(twisted, places=index, now=NOW)
    assert found.vacancy is not None or found.notes
    if found.vacancy:
        said = laid_out(found.vacancy)
        assert said.title and said.place and said.positions >= 1
        assert (
            "\x00" not in repr(found.vacancy.description) and found.vacancy.description.encode() is not None
        )
        assert said.pay_min_hour is None or said.pay_min_hour <= (said.pay_max_hour or 0)
