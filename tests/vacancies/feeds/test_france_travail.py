"""One record of the API becomes one vacancy."""

import copy
import datetime as dt
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.vacancies.laid_out import laid_out
from visavis.catalog.pointing import Pointer
from visavis.vacancies.feeds.records.france_travail import read_record
from visavis.vacancies.feeds.records.vacancy import Kind

NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.just("\ud800\x00"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def read(record: dict[str, Any], index: Pointer) -> Any:
    return laid_out(read_record(record, places=index, now=NOW).vacancy)


def reasons(record: dict[str, Any], index: Pointer) -> set[str]:
    return {note.reason for note in read_record(record, places=index, now=NOW).notes}


def test_every_field_of_a_full_record_is_understood(record: dict[str, Any], index: Pointer) -> None:
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


@pytest.mark.parametrize(
    ("changes", "field", "value", "reason"),
    [
        ({"dateCreation": "1887-01-01T00:00:00Z"}, "published_at.day", 24, "date_out_of_bounds"),
        ({"dateCreation": "2031-01-01T00:00:00Z"}, "published_at.day", 24, "date_out_of_bounds"),
        ({"dureeTravailLibelle": "temps partiel"}, "hours_max", 34.5, "part_time_without_hours"),
    ],
)  # fmt: skip
def test_a_field_that_makes_no_sense_falls_back_and_says_so(
    record: dict[str, Any],
    index: Pointer,
    changes: dict[str, Any],
    field: str,
    value: Any,
    reason: str,
) -> None:
    found: Any = read({**record, **changes}, index)
    for name in field.split("."):
        found = getattr(found, name)
    assert found == value
    assert reason in reasons({**record, **changes}, index)


@pytest.mark.parametrize(
    ("place", "how", "commune", "department"),
    [
        ({"commune": "26362"}, "code", "26362", "26"),
        ({"commune": "07999", "codePostal": "07200", "libelle": "07 - ST DIDIER SOUS AUBENAS"},
         "postcode_and_name", "07229", "07"),
    ],
)  # fmt: skip
def test_every_record_gets_a_place_and_says_how_far_off_it_may_be(
    record: dict[str, Any], index: Pointer, place: Any, how: str, commune: str, department: str
) -> None:
    found = read({**record, "lieuTravail": place}, index).place
    assert found
    assert (found.how, found.commune, found.department) == (how, commune, department)
    assert bool(found.precision_km) == (
        how not in {"code", "label", "postcode", "postcode_and_name"} or "PARIS" in str(place)
    )
    assert (how == "code") == (not reasons({**record, "lieuTravail": place}, index))


def test_part_time_pay_is_counted_with_its_own_hours(record: dict[str, Any], index: Pointer) -> None:
    changes = {
        "dureeTravailLibelle": "temps partiel - 20H Autre",
        "salaire": {"libelle": "Mensuel de 1040.0 Euros sur 12.0 mois"},
    }
    assert read({**record, **changes}, index).pay_min_hour == 12.0


def test_thirteen_months_pay_more_an_hour_than_twelve(record: dict[str, Any], index: Pointer) -> None:
    twelve, thirteen = (
        read(
            {**record, "salaire": {"libelle": f"Mensuel de 2100.0 Euros sur {months} mois"}}, index
        ).pay_min_hour
        for months in ("12.0", "13.0")
    )
    assert (twelve, thirteen) == (13.85, 15.0)


def test_a_work_study_record_is_an_apprenticeship_whatever_its_type(
    record: dict[str, Any], index: Pointer
) -> None:
    assert read({**record, "typeContrat": "CDI", "alternance": True}, index).contract == "apprenticeship"
    nature = {"typeContrat": "CDD", "natureContrat": "Cont. professionnalisation"}
    assert read({**record, **nature}, index).contract == "apprenticeship"


def test_a_beginner_is_welcome_whatever_the_words_say(record: dict[str, Any], index: Pointer) -> None:
    found = read({**record, "experienceExige": "D", "experienceLibelle": "2 An(s)"}, index)
    assert (found.experience_months, found.experience_is_required) == (0, False)
    wished = read({**record, "experienceExige": "S", "experienceLibelle": "6 Mois"}, index)
    assert (wished.experience_months, wished.experience_is_required) == (6, False)


@pytest.mark.parametrize("missing", ["id", "intitule"])
def test_a_record_without_a_number_or_any_title_is_refused(
    record: dict[str, Any], index: Pointer, missing: str
) -> None:
    bare = {key: value for key, value in record.items() if key == "id" and missing != "id"}
    found = read_record(bare, places=index, now=NOW)
    assert found.vacancy is None
    assert [note.kind for note in found.notes] == [Kind.REFUSED]


def test_two_fields_are_enough(index: Pointer) -> None:
    found = read({"id": "1", "intitule": "Boulanger"}, index)
    assert (found.contract, found.hours_min, found.pay_min_hour, found.education_level) == (
        "",
        None,
        None,
        None,
    )


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_record_however_twisted_stops_the_reading(
    record: dict[str, Any], index: Pointer, data: st.DataObject
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


@pytest.mark.parametrize(
    ("latitude", "longitude", "is_kept"), [(44.95, 4.9, True), (48.85, 2.35, False), (None, None, False)]
)
def test_the_point_of_the_feed_is_kept_where_it_can_be_that_commune(
    record: dict[str, Any],
    index: Pointer,
    latitude: float | None,
    longitude: float | None,
    is_kept: bool,
) -> None:
    record["lieuTravail"] |= {"commune": "26362", "latitude": latitude, "longitude": longitude}
    place = read(record, index).place
    assert place is not None and place.commune == "26362"
    assert ((place.latitude, place.longitude) == (latitude, longitude)) is is_kept
    assert place.precision_km == 0 or not is_kept
