"""The engine's lists against plain loops, and what must not change them."""

from collections import Counter
from functools import cache
from math import hypot, log

import pytest
from hypothesis import given, settings

from tests.common.examples import examples
from tests.engine import brute_force
from tests.engine.markets import LINKS, TODAY, market_of, openings, people
from visavis.engine import weights as w
from visavis.engine.facts.records import Jobseeker, Vacancy
from visavis.engine.lists.matches import Matches
from visavis.engine.lists.topk import parts_of, top_jobseekers, top_vacancies
from visavis.engine.text import both_genders, clean_title, ngram_counts

EVERYTHING = 1000


@cache
def grams(text: str) -> dict[int, float]:
    row = ngram_counts([both_genders(clean_title(text))[0]], smallest=3, longest=4)
    return dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))


def alike_in(work: list[Vacancy]) -> brute_force.Alike:
    """Compare texts n-gram by n-gram, each weighed by the titles of these vacancies."""
    titles = {vacancy.title for vacancy in work}
    holders = Counter(gram for title in titles for gram in grams(title))

    def weighed(text: str) -> dict[int, float]:
        return {
            gram: count * log(1 + len(titles) / (1 + max(holders[gram], 1))) ** 2
            for gram, count in grams(text).items()
        }

    def alike(text: str, title: str) -> float:
        one, other = weighed(text), weighed(title)
        product = sum(value * other.get(gram, 0.0) for gram, value in one.items())
        return product / hypot(*one.values()) / hypot(*other.values())

    return alike


def pairs_of(found: Matches) -> set[tuple[int, int]]:
    return set(zip(found.jobseeker.tolist(), found.vacancy.tolist(), strict=True))


@given(people, openings)
@settings(max_examples=examples(150))
def test_the_pairs_are_those_of_plain_loops(persons: list[Jobseeker], work: list[Vacancy]) -> None:
    market = market_of(persons, work)
    expected = brute_force.matches(persons, work, LINKS, alike_in(work), TODAY)
    assert pairs_of(top_vacancies(market, EVERYTHING)) == expected
    assert pairs_of(top_jobseekers(market, EVERYTHING)) == expected


@given(people, openings)
@settings(max_examples=examples(25))
def test_a_list_is_the_best_of_all_with_ties_by_number(persons: list[Jobseeker], work: list[Vacancy]) -> None:
    market = market_of(persons, work)
    every = top_vacancies(market, EVERYTHING)
    is_asked = every.parts[:, 1] >= w.ASKED_LOGIT
    columns = every.jobseeker, ~is_asked, -every.score, every.vacancy, every.tier
    rows = sorted(zip(*(column.tolist() for column in columns), strict=True))
    kept = [row for place, row in enumerate(rows) if sum(other[0] == row[0] for other in rows[:place]) < 2]
    best = [
        (i, j) for i, _tier, _score, j in sorted((i, tier, score, j) for i, _asked, score, j, tier in kept)
    ]
    short, other = top_vacancies(market, 2), top_jobseekers(market, 2)
    assert list(zip(short.jobseeker.tolist(), short.vacancy.tolist(), strict=True)) == best
    assert all(rank in (1, 2) for rank in short.rank.tolist())
    both = sorted(zip(every.vacancy.tolist(), (-every.score).tolist(), every.jobseeker.tolist(), strict=True))
    best = [(i, j) for place, (j, _, i) in enumerate(both) if sum(c[0] == j for c in both[:place]) < 2]
    assert list(zip(other.jobseeker.tolist(), other.vacancy.tolist(), strict=True)) == best
    # Asking for some gives what asking for all gives.
    for row in range(len(persons)):
        some, hers = top_vacancies(market, 2, jobseekers=[row]), short.jobseeker == row
        assert some.vacancy.tolist() == short.vacancy[hers].tolist()
        assert some.score.tolist() == short.score[hers].tolist()
    for column in range(len(work)):
        some = top_jobseekers(market, 2, vacancies=[column])
        assert some.jobseeker.tolist() == other.jobseeker[other.vacancy == column].tolist()
    assert (parts_of(market, short.jobseeker, short.vacancy) == short.parts).all()


def test_equal_scores_stand_in_the_order_of_the_rows_and_wrong_questions_are_refused() -> None:
    market = market_of([Jobseeker(wishes=["J1506"])] * 4, [Vacancy(occupation="J1506")] * 5)
    assert top_vacancies(market, 3).vacancy.tolist() == [0, 1, 2] * 4
    assert top_jobseekers(market, 2).jobseeker.tolist() == [0, 1] * 5
    market = market_of([Jobseeker()], [Vacancy()])
    with pytest.raises(ValueError, match="at least 1"):
        top_vacancies(market, 0)
    with pytest.raises(ValueError, match="rows of"):
        top_vacancies(market, 1, jobseekers=[1])
    with pytest.raises(ValueError, match="twice"):
        top_jobseekers(market, 1, vacancies=[0, 0])


def test_a_text_relates_from_the_threshold_on() -> None:
    work = [Vacancy(occupation="F1703", title=title) for title in ("Infirmier de nuit", "Infirmier", "Maçon")]
    kinds = ("de nuit", "chef", "de bloc", "de bloc opératoire")
    texts = [*(f"Infirmier {kind}" for kind in kinds), "infirmerie", "nuit"]
    persons = [Jobseeker(wishes=["J1506"], texts=[text]) for text in texts]
    alike = alike_in(work)
    likeness = {(i, j): alike(t, v.title) for i, t in enumerate(texts) for j, v in enumerate(work)}
    assert any(0.4 <= value < 0.5 for value in likeness.values())
    assert any(0.3 <= value < 0.4 for value in likeness.values())
    found = pairs_of(top_vacancies(market_of(persons, work), 9))
    assert found == {pair for pair, value in likeness.items() if value >= 0.4}


def test_small_blocks_give_what_one_block_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    persons = [
        Jobseeker(latitude=48.8, longitude=2.3, radius_km=float(r), wishes=["J1506"]) for r in range(40)
    ]
    work = [Vacancy(latitude=48.8 + d / 200, longitude=2.3, occupation="J1501") for d in range(50)]
    market = market_of(persons, work)
    whole, column = top_vacancies(market, 9), top_jobseekers(market, 9)
    for name, size in (("PAIRS_AT_ONCE", 17), ("PEOPLE_AT_ONCE", 3), ("_PEOPLE_LOOKED_UP_AT_ONCE", 7)):
        monkeypatch.setattr(f"visavis.engine.score.candidates.{name}", size)
    monkeypatch.setattr("visavis.engine.lists.topk._KEPT_AT_ONCE", 30)
    told: list[tuple[int, int]] = []
    again = top_vacancies(market, 9, progress=lambda done, total: told.append((done, total)))
    assert again.vacancy.tolist() == whole.vacancy.tolist()
    assert top_jobseekers(market, 9).jobseeker.tolist() == column.jobseeker.tolist()
    assert told[-1] == (40, 40)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
