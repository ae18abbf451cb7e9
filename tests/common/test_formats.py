"""Days and times as the readers of each language write them."""

import datetime as dt

from django.utils import translation
from django.utils.formats import date_format

MOMENT = dt.datetime(2026, 11, 5, 14, 30, tzinfo=dt.UTC)


def test_english_puts_the_day_before_the_month_and_counts_twenty_four_hours() -> None:
    with translation.override("en"):
        assert date_format(MOMENT, "DATETIME_FORMAT") == "5 November 2026, 14:30"
        assert date_format(MOMENT, "SHORT_DATE_FORMAT") == "05/11/2026"
    with translation.override("fr"):
        assert date_format(MOMENT, "DATE_FORMAT") == "5 novembre 2026"
