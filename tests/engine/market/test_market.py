"""What is worked out once a market, against working it out anew."""

import numpy as np
from hypothesis import given, settings

from tests.common.examples import examples
from tests.engine.markets import jobseekers, market_of, openings
from visavis.engine.facts.occupations import relations
from visavis.engine.facts.records import Jobseeker, Vacancy
from visavis.engine.market.market import Codes
from visavis.engine.score.pairs import Pairs, similarity_of_one

CODES = np.array(["J1506", "F1703", "D1505"])


def test_an_occupation_is_related_as_if_it_were_the_first_time() -> None:
    market = market_of([], [Vacancy(occupation="J1506"), Vacancy(occupation="F1703+D1505")])
    for asked in (CODES[:1], CODES, CODES[::-1], CODES[:0]):
        expected = relations(asked, market.occupations, market.links)
        assert market.relations_of(asked).tolist() == expected.tolist()
    market = market_of([], [Vacancy(occupation="J1506")])
    assert market.relations_of(CODES).shape == (3, 1)
    assert market.knowing(Codes(occupations=["D1505"])).relations_of(CODES).shape == (3, 2)


@given(jobseekers(), openings)
@settings(max_examples=examples(60))
def test_the_closest_text_is_that_of_each_pair(person: Jobseeker, work: list[Vacancy]) -> None:
    market = market_of([person], work)
    every = np.arange(len(work))
    pairs = Pairs.of(market, np.zeros_like(every), every)
    assert np.array_equal(similarity_of_one(market), pairs.similarity, equal_nan=True)
