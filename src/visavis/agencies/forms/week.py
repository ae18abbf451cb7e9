"""What the head of an agency fills in: the week, a line a day."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.agencies import hours
from visavis.agencies.hours import Span, Spans, Week
from visavis.ui.dates import hour_of_minute

# A day has room for two openings, for those that stand in it already, and for one more each time somebody asks.
SPANS, MOST_SPANS = 2, 6
MIDNIGHT = 1440
NAME = re.compile(r"time_[0-6]_(\d{1,2})")
TIME = re.compile(r"(\d{1,2})\s*(?:(?:h|:|\.)\s*(\d{2})?)?\s*(?:min)?", re.IGNORECASE)
BY_NAME = {"midi": 720, "noon": 720, "minuit": 0, "midnight": 0}
LABELS = (
    gettext_lazy("%(day)s: opens at"),
    gettext_lazy("%(day)s: closes at"),
    gettext_lazy("%(day)s: opens again at"),
    gettext_lazy("%(day)s: closes again at"),
    # From the third opening of a day on: which of them it is.
    gettext_lazy("%(day)s: opens at (%(number)s)"),
    gettext_lazy("%(day)s: closes at (%(number)s)"),
)


def minute_of(text: str) -> int | None:
    """Understand a time as people write it: 8, 8h30, 8 h 30, 08:30, noon; None when it is none."""
    if (named := BY_NAME.get(text.strip().lower())) is not None:
        return named
    found = TIME.fullmatch(" ".join(text.split()))
    if not found:
        return None
    minute = int(found[1]) * 60 + int(found[2] or 0)
    return minute if int(found[2] or 0) < 60 and minute <= MIDNIGHT else None


class WeekForm(forms.Form):
    """Some spans a day, each a time to open and a time to close; an empty day is closed.

    What is sent with ``more`` is not checked: it is shown again, with room for one more opening a day.
    """

    use_required_attribute = False

    is_closed_on_holidays = forms.BooleanField(
        label=gettext_lazy("Closed on public holidays"), required=False
    )

    def __init__(self, week: Week, data: Any = None) -> None:
        initial: dict[str, Any] = {"is_closed_on_holidays": week.holidays == ()}
        for day, spans in enumerate(week.days):
            for number, span in enumerate(spans):
                initial[name(day, 2 * number)] = hour_of_minute(span.start)
                initial[name(day, 2 * number + 1)] = hour_of_minute(span.end)
        asked = max([0, *_named(data or ())])
        if data and "more" in data:
            initial, data, asked = data.dict(), None, max(asked, SPANS) + 1
        # What stands in it is shown, however much it is.
        self.spans = max([SPANS, min(asked, MOST_SPANS), *map(len, week.days)])
        super().__init__(data, initial=initial)
        for day in range(7):
            for place in range(2 * self.spans):
                said = {"day": str(WEEKDAYS[day]).capitalize(), "number": place // 2 + 1}
                self.fields[name(day, place)] = forms.CharField(
                    label=LABELS[min(place, 4 + place % 2)] % said,
                    required=False,
                    max_length=20,
                    widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
                )
        self.has_own_holidays = week.holidays not in (None, ())
        self.has_room = self.spans < MOST_SPANS

    def days(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Return each day with its fields, for the page."""
        for day in range(7):
            yield str(WEEKDAYS[day]).capitalize(), [self[name(day, place)] for place in range(2 * self.spans)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        found = tuple(self._spans(day, cleaned) for day in range(7))
        if not self.errors:
            holidays = () if cleaned["is_closed_on_holidays"] else None
            cleaned["opening_hours"] = hours.written(Week(found, holidays))
        return cleaned

    def _spans(self, day: int, cleaned: dict[str, Any]) -> Spans:
        """Read the spans of a day, in order and apart; what is wrong is said at the field."""
        spans: list[Span] = []
        for first in range(0, 2 * self.spans, 2):
            start, end = (self._minute(day, place, cleaned) for place in (first, first + 1))
            if start is None or end is None:
                continue
            # Who closes at 0 h closes at midnight.
            end = end or MIDNIGHT
            if spans and start < spans[-1].end:
                self._wrong(day, first, _("%(day)s: this opening comes before the last closing."))
            elif start >= end:
                self._wrong(day, first + 1, _("%(day)s: closing comes before opening. Check both times."))
            else:
                spans.append(Span(start, end))
        return tuple(spans)

    def _minute(self, day: int, place: int, cleaned: dict[str, Any]) -> int | None:
        text = cleaned.get(name(day, place), "")
        other = cleaned.get(name(day, place ^ 1), "")
        if not text:
            if other:
                self._wrong(day, place, _("%(day)s: write both times, or none of the two."))
            return None
        minute = minute_of(text)
        if minute is None:
            self._wrong(
                day, place, _("%(day)s: “%(text)s” is not a time. Write for instance 8:30."), text=text
            )
        return minute

    def _wrong(self, day: int, place: int, sentence: str, **words: str) -> None:
        said = sentence % {"day": str(WEEKDAYS[day]).capitalize(), **words}
        self.add_error(name(day, place), said)


def name(day: int, place: int) -> str:
    """Name a field: the day from Monday, and which of its times."""
    return f"time_{day}_{place}"


def _named(data: Iterable[str]) -> Iterator[int]:
    """Return how many openings a day had on the page that was sent, by each of its fields."""
    for field in data:
        if found := NAME.fullmatch(field):
            yield int(found[1]) // 2 + 1
