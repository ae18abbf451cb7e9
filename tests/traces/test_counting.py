"""Counts, figures, what is published and what is missing."""

import datetime as dt

import numpy as np
import pytest

from visavis.common import clock, keeping
from visavis.privacy.estimates import Rule
from visavis.traces import counting, figures, periods
from visavis.traces.models import Figure, Period, Permit, Report, Standing, Tally

LIKED = 3


def come(period: Period, number: int, group: str = "m18", *, liked: float = 0.4) -> None:
    """Let so many people of a group report; a share of them likes one interest."""
    dice = np.random.default_rng(number)
    rows = [Report(permit_digest=f"{group}{place}", period=period, group=group) for place in range(number)]
    for row in rows:
        row.items = period.mechanism.draw([LIKED] if dice.random() < liked else [], dice.bytes)
    Report.objects.bulk_create(rows)


@pytest.fixture
def easily(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that a few hundred reports satisfy, so that the test is short."""
    monkeypatch.setattr(counting, "RULE", Rule(widest=0.5, fewest=100))
    monkeypatch.setattr(counting, "STEP", 100)


@pytest.mark.database
def test_a_share_comes_out_with_its_interval(quarter: Period, easily: None) -> None:
    come(quarter, 1500)
    counting.publish(quarter)
    found = {code: rest for code, *rest in figures.shares("M18")}
    share, low, high = found[quarter.interests[LIKED]]
    assert low < 0.4 < high and low <= share <= high
    for _time in range(2):
        counting.publish(quarter)
        rows = list(Figure.objects.values_list("group", "interest", "share"))
    assert len(rows) == len(set(rows)) > 0


def test_nothing_is_published_below_the_rule_and_what_is_missing_is_told(quarter: Period) -> None:
    come(quarter, 200)
    counting.publish(quarter)
    assert figures.shares("M18") == [] and not Figure.objects.exists()
    standing = Standing.objects.get(group="m18")
    assert standing.reports == 200 and 8000 < standing.more_needed < 10000


def test_a_family_is_published_only_when_all_and_its_field_may_be(quarter: Period, easily: None) -> None:
    come(quarter, 800)
    come(quarter, 50, "m15")
    counting.publish(quarter)
    assert set(Figure.objects.values_list("group", flat=True)) == {"", "m", "m18"}
    assert Standing.objects.get(group="").reports == 850


def test_by_night_figures_wait_for_enough_new_reports(quarter: Period, easily: None) -> None:
    come(quarter, 99)
    counting.by_night()
    assert not Standing.objects.exists()
    come(quarter, 120, "m15")
    counting.by_night()
    assert Standing.objects.get(group="").reports == 219


@pytest.mark.database
def test_a_quarter_is_closed_a_month_later(quarter: Period, easily: None, django_user_model: type) -> None:
    user = django_user_model.objects.create_user("Zoé")  # type: ignore[attr-defined]
    Permit.objects.create(user=user, period=quarter, epsilon_thousandths=1000, blinded_digest="a" * 64)
    come(quarter, 600)
    with clock.moved(clock.now() + dt.timedelta(days=130)):
        counting.by_night()
        assert keeping.forget()["private reports already counted"]
    quarter.refresh_from_db()
    assert quarter.is_closed and not Report.objects.exists()
    assert Tally.objects.get().reports == 600 and figures.shares("M18")
    assert Permit.objects.get().blinded_digest == ""


def test_a_report_taken_back_counts_no_more(quarter: Period, easily: None) -> None:
    come(quarter, 300)
    Report.objects.filter(pk="m187").update(items=None, group="")
    assert sum(one.reports for one in counting.counted(quarter).values()) == 299


def test_no_reports_are_collected_without_an_epsilon(db: None, settings: object) -> None:
    settings.VISAVIS_REPORT_EPSILON = 0  # type: ignore[attr-defined]
    periods.prepare()
    assert periods.current() is None and not Period.objects.exists()


def test_each_quarter_has_its_own_name_and_its_key_before_it_begins(quarter: Period) -> None:
    starts = list(Period.objects.values_list("starts_on", flat=True))
    assert starts == [quarter.starts_on, quarter.ends_on + dt.timedelta(days=1)]
    days = [dt.date(2026, month, 28) for month in (1, 3, 4, 12)]
    assert [periods.name_of(day) for day in days] == ["2026-1", "2026-1", "2026-2", "2026-4"]
    assert periods.next_first_day(dt.date(2026, 12, 31)) == dt.date(2027, 1, 1)
