"""The demonstration's reports: drawn by the true mechanism, counted, and enough for one family."""

import datetime as dt

import numpy as np

from tests.traces.conftest import quarter  # noqa: F401  (a fixture)
from visavis.demo import reports
from visavis.traces import counting, figures
from visavis.traces.models import Period, Report


def test_one_family_has_figures_whose_intervals_hold_what_was_drawn(quarter: Period) -> None:  # noqa: F811
    reports.fill(np.random.default_rng(2))
    assert figures.shares("")
    last = Period.objects.get(ends_on=quarter.starts_on - dt.timedelta(days=1))
    assert abs(last.counted - reports.IN_ALL) < 30
    assert abs(counting.in_force(quarter).count() - reports.SO_FAR) < 30
    assert Report.objects.filter(period=last).count() == 0
    chances = dict(zip(quarter.interests, reports.likes("m18", quarter.interests), strict=True))
    found = figures.shares("M18")
    # Who has more than five names five by chance: shares may come out below what was drawn, not above.
    above = [code for code, _share, low, _high in found if low > chances[code] + 0.02]
    assert found and len(above) <= 0.08 * len(found)
