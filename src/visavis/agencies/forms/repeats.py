"""What the head fills in of a closure that comes back: one form a shape."""

from typing import Any

from django import forms
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from visavis.agencies.closures import FOR_EVER
from visavis.agencies.forms.team import CHOOSE, day_field
from visavis.agencies.forms.times import HourField, why_field
from visavis.agencies.hours import Span
from visavis.agencies.models import Agency
from visavis.agencies.repeats import LAST, Days, EachMonth, EachOtherWeek, EachYear, Repeat, is_a_day
from visavis.agencies.timetable import Stretch
from visavis.agencies.zones import instant
from visavis.common import clock

NUMBERS = (
    (1, _("The first")),
    (2, _("The second")),
    (3, _("The third")),
    (4, _("The fourth")),
    (LAST, _("The last")),
)


def chosen(label: Any, choices: Any) -> forms.TypedChoiceField:
    """Return a field for one of some numbers."""
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=int,
        widget=forms.Select(attrs={"class": "medium"}),
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


def weekday_field() -> forms.TypedChoiceField:
    return chosen(_("Which day of the week?"), [*WEEKDAYS.items()])


class RepeatForm(forms.Form):
    """In which hours of its days, from when and until when it holds, and why."""

    use_required_attribute = False

    first_hour = HourField(_("From which hour?"), _("Leave it empty to close from the morning on."))
    last_hour = HourField(
        _("Until which hour?"), _("Leave it empty to close until the evening."), is_end=True
    )
    first_day = day_field(_("From which day on?"), _("Leave it empty: from today on."))
    last_day = day_field(_("Until which day?"), _("Leave it empty: until you take it back."))
    reason = why_field(required=True)

    def __init__(self, agency: Agency, data: Any = None) -> None:
        self.agency = agency
        super().__init__(data)
        for name in ("first_day", "last_day"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        first, last = cleaned["first_hour"] or 0, cleaned["last_hour"]
        span = Span(first, 1440 if last is None else last)
        if span.start >= span.end:
            self.add_error("last_hour", _("Closing comes before opening. Check both times."))
            return cleaned
        today = clock.now().astimezone(self.agency.zone).date()
        cleaned["repeat"] = Repeat(self.days(cleaned), span)
        cleaned["held"] = Stretch(
            instant(max(cleaned["first_day"] or today, today), 0, self.agency.zone),
            instant(cleaned["last_day"], 1440, self.agency.zone) if cleaned["last_day"] else FOR_EVER,
        )
        return cleaned

    def days(self, cleaned: dict[str, Any]) -> Days:
        """Return which days come back."""
        raise NotImplementedError


class EachMonthForm(RepeatForm):
    """The first Monday of each month, and its like."""

    number = chosen(_("Which of the month?"), NUMBERS)
    weekday = weekday_field()
    field_order = ("number", "weekday")

    def days(self, cleaned: dict[str, Any]) -> Days:
        return EachMonth(cleaned["number"], cleaned["weekday"])


class EachOtherWeekForm(RepeatForm):
    """One day every two weeks."""

    parity = chosen(
        _("In which weeks?"), ((0, _("Weeks with an even number")), (1, _("Weeks with an odd number")))
    )
    weekday = weekday_field()
    field_order = ("parity", "weekday")

    def days(self, cleaned: dict[str, Any]) -> Days:
        return EachOtherWeek(cleaned["parity"] == 0, cleaned["weekday"])


class EachYearForm(RepeatForm):
    """The same days of each year."""

    from_day = chosen(_("From which day of the month?"), [(day, str(day)) for day in range(1, 32)])
    from_month = chosen(_("Of which month?"), [*MONTHS.items()])
    to_day = chosen(
        _("Until which day of the month, itself included?"), [(day, str(day)) for day in range(1, 32)]
    )
    to_month = chosen(_("Of which month does it end?"), [*MONTHS.items()])
    field_order = ("from_day", "from_month", "to_day", "to_month")

    def clean(self) -> dict[str, Any]:
        for which in ("from", "to"):
            day, month = (self.cleaned_data.get(f"{which}_{what}") for what in ("day", "month"))
            if day and month and not is_a_day(month, day):
                self.add_error(
                    f"{which}_day", _("This month does not have so many days. Choose another day.")
                )
        return super().clean()

    def days(self, cleaned: dict[str, Any]) -> Days:
        first, last = ((cleaned[f"{which}_month"], cleaned[f"{which}_day"]) for which in ("from", "to"))
        return EachYear(first, last)


FORMS: dict[str, type[RepeatForm]] = {
    "month": EachMonthForm,
    "weeks": EachOtherWeekForm,
    "year": EachYearForm,
}
