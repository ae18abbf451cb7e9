"""Whoever comes new to the town finds first the job she asked for: labels read by eye, never the order's own code.

The whole of it, several towns and real ads: `bench/asked.py`.
"""

import numpy as np
import pytest

from bench import asked_lists, asked_people, asked_town
from visavis.matches.making import ranking

pytestmark = [pytest.mark.usefixtures("filled", "db"), pytest.mark.again]

# As many others want the same, so that the crowd has its price.
OTHERS = 80
AMONG = 0.97


def test_newcomers_find_first_the_job_they_asked_for() -> None:
    drawn = asked_people.draw(asked_people.Town(real=False), np.random.default_rng(7))
    new = [one for one in drawn if one.kind != "no opening"]
    people = [asked_town.settled(one) for one in new]
    for number in range(OTHERS):
        asked_town.settled(new[number % len(new)])
    ranking.rank_everybody()
    lists = asked_lists.lists_of(*people)
    seen = [[place.vacancy in one.asked for place in lists[pk]] for one, pk in zip(new, people, strict=True)]
    wanted = [min(5, len(one.asked)) for one in new]
    assert len(new) >= 12
    assert [one.words for one, hits in zip(new, seen, strict=True) if not hits[0]] == []
    found = sum(sum(hits[:most]) for hits, most in zip(seen, wanted, strict=True))
    assert found >= AMONG * sum(wanted)
