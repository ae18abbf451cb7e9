"""Hours, first day, lowest pay, and her own words."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.jobseekers import pay
from visavis.jobseekers.enums import HoursKind, PayUnit, StartKind
from visavis.jobseekers.forms.question import Choice, Number, QuestionForm, Words
from visavis.ui import dates

MOST_HOURS = Decimal(48)
MOST_PAY_HOUR = Decimal(500)
DAYS_AHEAD = 731


class HoursForm(QuestionForm):
    kind = Choice(label=_("Your hours"), choices=HoursKind.choices)
    least = Number(label=_("If between two numbers: at least how many hours a week?"), decimal_places=1)
    most = Number(label=_("And at most?"), decimal_places=1)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        least, most = cleaned.get("least"), cleaned.get("most")
        for name, hours in (("least", least), ("most", most)):
            if hours is not None and not 1 <= hours <= MOST_HOURS:
                self.add_error(name, _("Write a number of hours between 1 and 48."))
        if cleaned.get("kind") == HoursKind.BETWEEN and least is None and most is None and not self.errors:
            self.add_error("least", _("Write at least one of the two numbers."))
        if least is not None and most is not None and least > most and not self.errors:
            self.add_error("most", _("The most must not be below the least."))
        if not cleaned.get("kind") and not (least is None and most is None):
            cleaned["kind"] = HoursKind.BETWEEN
        return cleaned


class Day(forms.CharField):
    """A date typed as day, month and year, whatever stands between them; year first is understood too."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=False,
            max_length=40,
            widget=forms.DateInput(format="%d/%m/%Y", attrs={"class": "medium", "autocomplete": "off"}),
            **more,
        )

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        parts = [int(part) for part in re.findall(r"\d{1,4}", text)]
        if len(parts) != 3 or not re.fullmatch(r"[\d\s./-]+", text):
            raise forms.ValidationError(_("Write the date as day, month and year, for example 15/03/2027."))
        year, month, day = parts if re.match(r"\d{4}\b", text) else parts[::-1]
        try:
            return dt.date(year, month, day)
        except ValueError as error:
            raise forms.ValidationError(
                _("This date does not exist in the calendar. Check the day and the month.")
            ) from error


class StartForm(QuestionForm):
    kind = Choice(label=_("Your first possible day"), choices=StartKind.choices)
    day = Day(
        label=_("If from a date: which one?"), help_text=_("Day, month and year, for example 15/03/2027.")
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind, day = cleaned.get("kind"), cleaned.get("day")
        if kind == StartKind.DAY and day is None and "day" not in self.errors:
            self.add_error("day", _("Write the date from which you can start."))
        if day is not None and kind != StartKind.NOW:
            cleaned["kind"] = StartKind.DAY
            self.check(day)
        return cleaned

    def check(self, day: dt.date) -> None:
        """A day of the past or far ahead is nearly always a slip of the finger."""
        today = clock.today()
        if day < today and day != self.jobseeker.available_on:
            words = gettext("This date is in the past: %(date)s. Choose “now”, or a day from today on.")
            self.add_error("day", words % {"date": dates.day(day)})
        elif (day - today).days > DAYS_AHEAD:
            words = gettext("This date is more than two years ahead: %(date)s. Check the year.")
            self.add_error("day", words % {"date": dates.day(day)})


class PayForm(QuestionForm):
    amount = Number(
        label=_("Lowest gross pay, in euros"),
        help_text=_("Gross: before what is taken off for social insurance. It stands on every pay slip."),
        decimal_places=2,
        max_digits=9,
    )
    unit = Choice(label=_("For how long?"), choices=PayUnit.choices)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        amount, unit = cleaned.get("amount"), cleaned.get("unit")
        if amount is None:
            return cleaned
        if amount < 0:
            self.add_error("amount", _("A pay cannot be below zero. Write it without the minus sign."))
        elif not unit and "unit" not in self.errors:
            self.add_error("unit", _("Say whether this is for an hour, a month or a year."))
        elif unit and pay.per_hour(amount, PayUnit(unit)) > MOST_PAY_HOUR:
            self.add_error(
                "amount", _("This makes more than €500 an hour. Check the amount and what it is for.")
            )
        return cleaned


class AboutForm(QuestionForm):
    about = Words(label=_("Your words"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10}))
