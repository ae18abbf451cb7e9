"""OpenDP's own accounting and randomised response, where ours is the same thing."""

from collections import Counter
from collections.abc import Iterator
from math import log

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from tests.privacy.ledger import CapReached, Ledger, grant
from visavis.privacy.privset import PrivSet

dp = pytest.importorskip(
    "opendp.prelude", reason="OpenDP is among the packages of the tests: scripts/install test"
)


@pytest.fixture(autouse=True)
def features() -> Iterator[None]:
    dp.enable_features("contrib", "honest-but-curious")
    yield
    dp.disable_features("contrib", "honest-but-curious")


def test_one_interest_and_one_item_are_randomised_response_of_the_same_epsilon() -> None:
    """For m = s = 1 PrivSet is k-ary randomised response: OpenDP's map of our p is our ε."""
    for epsilon in (1, 250, 1000, 2000, 4000):
        for k in (1, 7, 128):
            ours = PrivSet(k, 1, 1, epsilon)
            theirs = dp.m.make_randomized_response(list(range(ours.d)), prob=ours.p)
            assert theirs.map(1) == pytest.approx(log(ours.over / ours.under), abs=1e-9)
            assert theirs.map(1) <= ours.epsilon + 1e-9
    ours = PrivSet(5, 1, 1, 1000)
    theirs = dp.m.make_randomized_response(list(range(ours.d)), prob=ours.p)
    rng, times = np.random.default_rng(2), 20_000
    drawn = (lambda: ours.draw([3], rng.bytes)[0], lambda: theirs(3))
    two = [Counter(draw() for _time in range(times)) for draw in drawn]
    table = [[one[item] for item in range(ours.d)] for one in two]
    assert chi2_contingency(table).pvalue > 1e-7


def test_opendps_filter_stops_where_our_ledger_stops() -> None:
    """Our mechanism in OpenDP's accountant: four reports of ε = 1 pass a filter of 4, a fifth does not."""
    ours = PrivSet.best(k=20, m=5, epsilon_thousandths=1000)
    space = dp.user_domain("sets of interests", lambda one: isinstance(one, list)), dp.discrete_distance()
    report = dp.m.make_user_measurement(
        *space,
        dp.max_divergence(),
        function=lambda own: ours.draw(own),
        privacy_map=lambda change: ours.epsilon * change,
    )
    odometer = dp.c.make_fully_adaptive_composition(*space, dp.max_divergence())
    filtered = dp.c.make_privacy_filter(odometer, d_in=1, d_out=4.0)([3, 5])
    ledger = Ledger()
    for quarter in range(4):
        assert ours.is_report(filtered(report))
        ledger = grant(ledger, f"{quarter}", ours.epsilon_thousandths)
    with pytest.raises(dp.OpenDPException):
        filtered(report)
    with pytest.raises(CapReached):
        grant(ledger, "4", ours.epsilon_thousandths)
