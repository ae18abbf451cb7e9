"""Occupations drawn towards their family: known answers, a published example, coverage by simulation."""

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.engine import weights as w
from visavis.engine.facts.records import Jobseeker
from visavis.engine.ideal import family as ideal_family
from visavis.engine.ideal import traits as ideal
from visavis.engine.ideal.family import centre, family, paule_mandel, strength
from visavis.engine.ideal.traits import Prior

KNEADS = Jobseeker(skills=[("S1", 2)])
SELLS = Jobseeker(skills=[("S2", 2)])
BAKER, PASTRY = "D1102", "D1104"

# Thirteen trials of the BCG vaccine (Colditz et al., JAMA 271, 1994): ill and well, with and without it.
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232),
    (17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


def test_the_variance_between_groups_is_that_published_and_shrinks_as_stein_would() -> None:
    """Log risk ratios: 0.318 by Paule and Mandel, as the package metafor gives for these data."""
    found = [
        (log((a / (a + b)) / (c / (c + d))), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in BCG
    ]
    y, v = map(np.array, zip(*found, strict=True))
    assert paule_mandel([(y, v)]) == pytest.approx(0.3181, abs=5e-4)
    # Efron and Morris: of k equal estimates, 1 - (k - 1) v / Σ (y - ȳ)² of what sets each apart is kept.
    y, v = np.array([0.9, -0.4, 0.3, 1.4, -1.2]), np.full(5, 0.25)
    between = paule_mandel([(y, v)])
    kept = 1 - 4 * 0.25 / float(((y - y.mean()) ** 2).sum())
    wide = Prior(float(y.mean()), 0.0, between)
    for one in y:
        assert ideal.drawn(float(one), 0.25, wide)[0] == pytest.approx(y.mean() + kept * (one - y.mean()))


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(0.01, 4)), min_size=1, max_size=8), st.floats(0.001, 2))
def test_drawing_is_the_posterior_of_all_occupations_at_once(
    seen: list[tuple[float, float]], between: float
) -> None:
    """The same by inverting the covariance of everything: the reference, which knows no formula of ours."""
    y, v = map(np.array, zip(*seen, strict=True))
    count = len(y)
    before = between * np.eye(count) + w.IDEAL_PRIOR_VARIANCE
    gain = before @ np.linalg.inv(before + np.diag(v))
    mean, spread = gain @ y, before - gain @ before
    prior = Prior(*centre(y, v, between), between)
    for place in range(count):
        found = ideal.drawn(float(y[place]), float(v[place]), prior)
        assert found[0] == pytest.approx(mean[place], abs=1e-6)
        assert found[1] == pytest.approx(np.sqrt(spread[place, place]), abs=1e-6)


def test_few_traits_hardly_move_what_one_expected_and_only_skills_asked_for_are_told() -> None:
    far = (np.array([-2.0, 2.0]), np.array([0.1, 0.1]))
    assert w.IDEAL_FAMILY_VARIANCE < strength([far]) < paule_mandel([far]) / 3
    assert strength([far] * 40) == pytest.approx(paule_mandel([far]), rel=0.12)
    assert strength([(np.array([1.0]), np.array([0.2]))]) == w.IDEAL_FAMILY_VARIANCE
    # What no occupation knows on both sides says nothing of how far they lie apart.
    none = (np.array([]), np.array([]))
    assert strength([none] * 4) == w.IDEAL_FAMILY_VARIANCE
    assert strength([none] * 4 + [far]) == strength([far])
    sides = ([KNEADS] * 12, [SELLS] * 20)
    groups = {BAKER: sides, PASTRY: sides}
    found = family(groups, {BAKER: {"skill:S1"}, PASTRY: set()})
    (only,) = found.traits
    assert (only.code, only.hired, only.hired_known, only.introduced_known) == ("skill:S1", 12, 12, 32)
    assert found.priors == {}
    assert family(groups, {code: {"skill:S1", "skill:S2"} for code in groups}) == family(groups)


def test_few_people_go_to_the_family_where_it_has_something_to_say_and_many_keep_their_own() -> None:
    prior = Prior(0.6, 0.02, w.IDEAL_FAMILY_VARIANCE)
    few = ideal.compared("skill:S1", (5, 10), (20, 40), prior)
    many = ideal.compared("skill:S1", (500, 1000), (2000, 4000), prior)
    assert few.effect > 0.45
    assert abs(many.effect) < 0.1
    hired, others = [KNEADS] * 12, [SELLS] * 30
    plain = ideal.traits(hired, others, BAKER)
    assert ideal.traits(hired, others, BAKER, {}) == plain
    towards = ideal.traits(hired, others, BAKER, {"skill:S1": Prior(0.0, 0.01, 0.001)})
    assert towards[0].effect < plain[0].effect / 2
    assert ideal_family.IMAGINED == 4


def test_a_family_gives_what_three_hires_cannot_say_and_nothing_of_one_occupation_or_two_holders() -> None:
    sides = ([KNEADS] * 20 + [SELLS] * 4, [KNEADS] * 10 + [SELLS] * 40)
    found = family({BAKER: sides, PASTRY: sides, "D1103": ([KNEADS] * 3, [])})
    kneading = {trait.code: trait for trait in found.traits}["skill:S1"]
    assert (kneading.hired, kneading.hired_known, kneading.introduced_known) == (43, 51, 151)
    assert kneading.credit > 0.2
    assert {trait.code: trait for trait in found.traits}["skill:S2"].credit == 0
    sides, few = ([KNEADS] * 12, [SELLS] * 20), ([KNEADS] + [SELLS] * 9, [SELLS] * 20)
    assert family({BAKER: sides}).priors == {}
    assert "skill:S1" in family({BAKER: sides, PASTRY: sides}).priors
    assert "skill:S1" not in {trait.code for trait in family({BAKER: few, PASTRY: few}).traits}
    assert family({BAKER: ([SELLS] * 9, [])}).traits == []
    found = family({BAKER: ([], [SELLS] * 20), PASTRY: ([], [])})
    assert (found.traits, dict(found.priors)) == ([], {})
