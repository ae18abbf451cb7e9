"""The door of the engine: what fits is laid out, what does not is refused with what was seen."""

from dataclasses import replace

import numpy as np
import pytest

from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES, codes, mask
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged, expand, slices

PEOPLE = jobseeker_columns([Jobseeker(skills=[("S1", 2)], texts=["Maçon", "chef"]), Jobseeker(licences=[])])
WORK = vacancy_columns([Vacancy(languages=[("fr", 3)])])


def test_what_is_left_out_is_unknown_and_what_no_code_is_refused() -> None:
    assert np.isnan(PEOPLE.radius_km).all()
    assert PEOPLE.licences_known.tolist() == [False, True]
    assert PEOPLE.texts.row(0).tolist() == ["Maçon", "chef"]
    unknown = WORK.education, WORK.experience_months, WORK.contract, WORK.positions
    assert [column[0] for column in unknown] == [-1, -1, 0, 1]
    with pytest.raises(ValueError, match="unknown code 'cdi'"):
        jobseeker_columns([Jobseeker(contracts=["cdi"])])
    with pytest.raises(ValueError, match="unknown kind of mobility 'far'"):
        Market(PEOPLE, WORK, today=0, occupation_links=[("J1506", "J1501", "far")])
    for among in [CONTRACTS, LICENCES, CONDITIONS]:
        assert codes(mask(among, among), among) == among
        assert [codes(mask([code], among), among) for code in among] == [(code,) for code in among]


def test_columns_that_do_not_fit_are_refused() -> None:
    for columns, change, message in [
        (PEOPLE, {"education": np.array([3])}, r"education has shape \(1,\), expected \(2,\)"),
        (PEOPLE, {"education": np.array([3, 9])}, r"education must lie in \[-1, 8\], got \[3, 9\]"),
        (PEOPLE, {"latitude": np.array([91.0, 0.0]), "longitude": np.zeros(2)}, "latitude must lie"),
        (PEOPLE, {"latitude": np.array([0.0, np.nan]), "longitude": np.zeros(2)}, "unknown together"),
        (PEOPLE, {"radius_km": np.array([-1.0, 3.0])}, "radius_km must be finite and at least 0, got -1"),
        (PEOPLE, {"lowest_pay": np.array([np.inf, 3.0])}, "lowest_pay must be finite"),
        (
            PEOPLE,
            {"skill_levels": Ragged.from_lists([[], [2]], np.int8)},
            "skill_levels must have equal rows",
        ),
        (PEOPLE, {"skill_levels": Ragged.from_lists([[5], []], np.int8)}, "skill_levels must lie in"),
        (PEOPLE, {"wishes": Ragged.from_lists([["J1506"]])}, "wishes has shape"),
        (WORK, {"positions": np.array([0])}, "positions must be at least 1, got 0"),
        (WORK, {"place_radius_km": np.array([np.nan])}, "place_radius_km must be a number"),
        (WORK, {"pay_max": np.array([-3.0])}, "pay_max must be finite and at least 0"),
        (WORK, {"language_levels": Ragged.from_lists([[7]], np.int8)}, "language_levels must lie in"),
    ]:
        with pytest.raises(ValueError, match=message):
            replace(columns, **change)


def test_ragged_columns_are_cut_well_and_taken_in_any_order() -> None:
    for offsets in ([1, 2], [0, 1], [0, 2, 1, 2], [0.0, 2.0]):
        with pytest.raises(ValueError, match="offsets"):
            Ragged(np.array([7, 8]), np.array(offsets))
    column = Ragged.from_lists([[1, 2], [], [3]], np.int64)
    taken = column.take(np.array([2, 0, 2]))
    assert [taken.row(n).tolist() for n in range(3)] == [[3], [1, 2], [3]]
    assert expand(column.offsets, np.array([], np.int64))[0].size == 0
    lengths = np.array([0, 9, 0, 1, 1, 1, 20, 0])
    cut = slices(lengths, offset=5, at_once=3)
    assert [row for a, b in cut for row in range(a, b)] == list(range(5, 13))
    assert slices(np.array([], np.int64)) == []
