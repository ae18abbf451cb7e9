"""Families before occupations."""

import numpy as np
import pytest

from tests.privacy.many import counted, likes, people
from visavis.privacy.estimates import Estimates, Rule, estimate, reports_needed
from visavis.privacy.families import NOTHING, publish
from visavis.privacy.privset import PrivSet

MECHANISM = PrivSet.best(k=30, m=5, epsilon_thousandths=2000)
RULE = Rule(widest=0.05)
ENOUGH = reports_needed(MECHANISM, RULE)


def group(n: int) -> Estimates:
    rng = np.random.default_rng(3)
    return estimate(counted(MECHANISM, people(rng, n, likes("uniform", 28), MECHANISM), rng))


def test_an_occupation_with_enough_reports_has_its_own_figures() -> None:
    family, occupation = group(8 * ENOUGH), group(2 * ENOUGH)
    said = publish([family, occupation], MECHANISM, RULE)
    assert (said.level == 1).all() and (said.share == occupation.shown).all()
    assert not said.more_needed.any()


def test_a_small_occupation_has_those_of_its_family_and_says_what_it_lacks() -> None:
    family, occupation = group(2 * ENOUGH), group(ENOUGH // 4)
    said = publish([family, occupation], MECHANISM, RULE)
    assert (said.level == 0).all() and (said.low == family.low).all()
    assert np.abs(said.more_needed - 0.75 * ENOUGH).max() < 0.01 * ENOUGH


def test_without_its_family_or_reports_nothing_is_said_and_a_group_is_asked_for() -> None:
    said = publish([group(ENOUGH // 2), group(2 * ENOUGH)], MECHANISM, RULE)
    assert (said.level == NOTHING).all() and np.isnan(said.share).all() and (said.more_needed > 0).all()
    said = publish([group(0)], MECHANISM, RULE)
    assert (said.level == NOTHING).all() and (said.more_needed == ENOUGH).all()
    with pytest.raises(ValueError, match="at least one group"):
        publish([], MECHANISM, RULE)
