"""Days and hours are written in one way, in every month and on its first day."""

import datetime as dt
import re
from pathlib import Path

from django.template import Context, Template
from django.utils import translation

from visavis.ui import dates

SOURCE = Path(__file__).resolve().parents[2] / "src" / "visavis"
MONTHS = [dt.date(2027, number, 1) for number in range(1, 13)]
AT = dt.datetime(2027, 4, 1, 8, 5, tzinfo=dt.UTC)  # five past ten in Paris
NOT_WRITTEN = re.compile(r"\{\{ \S+\|date:\"(?:c|Y-m-d)\" \}\}|\{% (?:el)?if .*?%\}")
BY_HAND = {
    ".py": re.compile(r"\b(?:date|time)_format\(|\bnatural(?:day|time)\("),
    ".html": re.compile(r"\|(?:date|time|natural\w+)\b|\w_(?:on|at) (?:[a-z_]+=.*)?[%}]\}"),
}
BY_HAND[".txt"] = BY_HAND[".html"]


def test_the_first_of_a_month_is_the_first_in_french_and_no_month_stands_after_a_whole_de() -> None:
    for first in MONTHS:
        with translation.override("fr"):
            assert dates.day(first).startswith("1er ")
            assert " 1er " in dates.weekday(first)
            assert dates.short_day(first) == f"01/{first.month:02}/2027"
            assert not dates.month(first).startswith("1")
            for words in (f"de {dates.month(first)} à mai", f"à partir de {dates.month(first)}"):
                written = dates.elided(words)
                assert not re.search(r"\bde [aeio]|d’[^aeio]", written)
                assert dates.month(first) in written
        with translation.override("en"):
            assert dates.day(first).startswith("1 ")
            assert dates.elided("de avril") == "de avril"


def test_an_hour_is_written_in_one_way_and_a_moment_is_that_of_the_clock_on_the_wall() -> None:
    with translation.override("fr"):
        hours = [dates.hour_of_minute(minute).replace("\u00a0", " ") for minute in (0, 485, 1440)]
        assert hours == ["0 h", "8 h 05", "24 h"]
        assert dates.moment(AT).replace("\u00a0", " ") == "1er avril 2027 à 10 h 05"
        assert dates.short_moment(AT).replace("\u00a0", " ") == "01/04/2027, 10 h 05"
        page = Template("{{ at|weekday_moment }}|{{ none|moment }}").render(Context({"at": AT, "none": None}))
        assert page.replace("\u00a0", " ") == "jeudi 1er avril 2027 à 10 h 05|"
        assert [dates.day(dt.date(2027, 1, day)) for day in (2, 31)] == ["2 janvier 2027", "31 janvier 2027"]
    with translation.override("en"):
        assert [dates.hour_of_minute(minute) for minute in (0, 485, 1440)] == ["0:00", "8:05", "24:00"]
        assert dates.moment(AT) == "1 April 2027, 10:05"


def test_nobody_else_writes_days_and_hours() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {line.strip()[:80]}"
        for path in SOURCE.rglob("*")
        if path.suffix in BY_HAND and path.name != "dates.py"
        for line in path.read_text(encoding="utf-8").splitlines()
        if BY_HAND[path.suffix].search(NOT_WRITTEN.sub("", line))
    ]
    assert not found
