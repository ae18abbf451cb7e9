"""The kernels give the lists of `topk`, to the last bit."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.engine.markets import IDEAL, market_of, openings, people
from visavis.engine.facts.records import Jobseeker, Vacancy, vacancy_columns
from visavis.engine.facts.rows import take_rows
from visavis.engine.fast.compiled import AVAILABLE
from visavis.engine.lists import topk
from visavis.engine.lists.topk import parts_of, top_vacancies
from visavis.engine.market.market import Codes, Market
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.score.constraints import only_feasible
from visavis.engine.score.pairs import Pairs
from visavis.engine.score.related import only_related

if not AVAILABLE:
    pytest.skip("the extra fast is not installed", allow_module_level=True)

from visavis.engine.fast import compiled, scan
from visavis.engine.fast.reverse import ReverseIndex
from visavis.engine.fast.top import Prepared, laid_out, lists


def same_lists(market: Market, k: int) -> None:
    expected = top_vacancies(market, k)
    prepared = Prepared(market)
    rows = np.arange(len(market.jobseekers))
    found = list(lists(prepared, rows, k))
    jobseeker, vacancy, score, parts = [], [], [], []
    for first, some in zip(range(0, len(rows), 2048), found, strict=True):
        for place, count in enumerate(some.length.tolist()):
            jobseeker += [first + place] * count
            vacancy += prepared.vacancies.row[some.place[place, :count]].tolist()
            score += some.score[place, :count].tolist()
            parts += some.parts[place, :count].tolist()
    assert jobseeker == expected.jobseeker.tolist()
    assert vacancy == expected.vacancy.tolist()
    assert score == expected.score.tolist()
    assert np.array(parts).reshape(-1, 12).tolist() == expected.parts.tolist()


@settings(max_examples=examples(150))
@given(people, openings)
@example([Jobseeker(wishes=["J1506"])], [Vacancy(occupation=one) for one in ("J1506", "J1102", "J1305")])
def test_kernels_and_numpy_give_the_same_lists(persons, work):
    for k in (1, 3, 1000):
        same_lists(market_of(persons, work), k)
    # Codes that no vacancy names change no list.
    market = market_of(persons, work)
    expected = top_vacancies(market, 1000)
    same_lists(known(market), 3)
    found = top_vacancies(known(market), 1000)
    assert found.vacancy.tolist() == expected.vacancy.tolist()
    assert found.parts.tolist() == expected.parts.tolist()


def test_a_market_laid_out_is_ranked_by_the_kernels(monkeypatch) -> None:
    market = market_of([Jobseeker(wishes=["J1506"])], [Vacancy(occupation="J1506")])
    monkeypatch.setattr(topk, "blocks", None)  # numpy's way is closed
    with pytest.raises(TypeError):
        topk.top_vacancies(market, 3)
    laid_out(market)
    assert topk.top_vacancies(market.with_jobseekers(market.jobseekers), 3).vacancy.tolist() == [0]
    market = market_of([Jobseeker(), Jobseeker()], [Vacancy()] * 3)
    assert not topk.is_worth_an_index(market, 1)
    monkeypatch.setattr(topk, "MANY_PEOPLE", 2)
    monkeypatch.setattr(topk, "WORTH_AN_INDEX", 2)
    assert [topk.is_worth_an_index(market, count) for count in (1, 2, 3)] == [True, True, False]


def test_what_is_compiled_is_kept_by_the_engine_it_was_compiled_from(monkeypatch, tmp_path):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    compiled.cache_folder.cache_clear()
    here = compiled.cache_folder()
    monkeypatch.setattr(compiled.Path, "read_bytes", lambda path: b"changed")
    compiled.cache_folder.cache_clear()
    assert here is not None and here != compiled.cache_folder()
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/proc/nowhere")
    compiled.cache_folder.cache_clear()
    assert compiled.cache_folder() is None
    compiled.cache_folder.cache_clear()


def test_one_kernel_serves_every_market():
    """Empty columns have the types of full ones: a kernel is compiled once, and then found on disk."""
    full = [Jobseeker(wishes=["J1506"], skills=[("S1", 2)], texts=["Maçon"])]
    for persons, work in (
        (full, [Vacancy(occupation="J1506", essential_skills=["S1"])]),
        (full, []),
        ([], []),
    ):
        list(lists(Prepared(market_of(persons, work)), np.arange(len(persons)), 3))
    assert len(scan.rank.signatures) == 1


def told_by_hand(market: Market, vacancy: int, floors: np.ndarray) -> list[tuple[int, float]]:
    """Score the vacancy for everybody."""
    everybody = np.arange(len(market.jobseekers))
    kept = only_related(only_feasible(Pairs.of(market, everybody, np.full(len(everybody), vacancy))))
    scores = parts_of(market, kept.jobseeker, kept.vacancy).sum(axis=1)
    found = sorted(zip(kept.jobseeker.tolist(), scores.tolist(), strict=True))
    return [(person, score) for person, score in found if score >= floors[person]]


@settings(max_examples=examples(80))
@given(people, openings, st.sampled_from((1, 2, 1000)))
def test_a_vacancy_tells_exactly_those_in_whose_list_it_enters(persons, work, k):
    market = market_of(persons, work)
    floors = np.random.default_rng(len(persons)).choice([-np.inf, -1.0, 1.0, 3.0], len(persons))
    index = ReverseIndex(market, floors)
    for vacancy in range(len(work)):
        alone = with_newcomers(market, take_rows(market.vacancies, np.array([vacancy])))
        for one, place in ((market, vacancy), (alone, 0)):
            _, rows, scores = index.find(one, np.array([place]))
            assert list(zip(rows.tolist(), scores.tolist(), strict=True)) == told_by_hand(one, place, floors)
    # The index and numpy give each vacancy the same people.
    rows = np.random.default_rng(len(work)).permutation(len(work))[: max(1, len(work) // 2)]
    for asked in (None, rows if len(work) else np.zeros(0, np.int64)):
        expected = topk.top_jobseekers(market, k, vacancies=asked)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(topk, "is_worth_an_index", lambda market, vacancies: True)
            patch.setattr(topk, "blocks", None)  # numpy's way is closed
            found = topk.top_jobseekers(market, k, vacancies=asked)
        for name in ("jobseeker", "vacancy", "rank", "score", "parts"):
            assert getattr(found, name).tolist() == getattr(expected, name).tolist()


def known(market: Market) -> Market:
    """The same market, which knows codes that no vacancy names."""
    codes = Codes(["A0000", "J1506", "N4101", "Z9999"], ["S0", "S2", "S9"], ["de", "ro"])
    return market.knowing(codes).with_ideal_profiles(IDEAL)


def test_a_newcomer_may_name_the_codes_that_are_known_and_no_other_language() -> None:
    market = known(market_of([Jobseeker()], [Vacancy(languages=[("en", 3)])]))
    new = vacancy_columns([Vacancy(languages=[("ro", 3)], occupation="A0000", wished_skills=["S9"])])
    assert with_newcomers(market, new).vacancy_occupation.tolist() == [0]
    market = market_of([Jobseeker()], [Vacancy(languages=[("en", 3)])])
    with pytest.raises(ValueError, match="the language 'ro'; lay it out anew"):
        with_newcomers(market, vacancy_columns([Vacancy(languages=[("ro", 3)])]))
