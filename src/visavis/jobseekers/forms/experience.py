"""The jobs she has held, one a page."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.jobseekers.forms.question import Choice, HiddenCode, Number, QuestionForm, Words
from visavis.jobseekers.forms.wishes import occupation_input, occupation_of

FIRST_YEAR = 1940
MONTH_CHOICES = [
    ("", _("Unknown")),
    *((str(number), name) for number, name in MONTHS.items()),
]
LATER_THAN_NOW = _("This is in the future. Check the month and the year.")


class ExperienceForm(QuestionForm):
    """The page of the list: the jobs themselves have their own page."""

    nothing = forms.BooleanField(label=_("I have not worked yet"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("nothing") and self.stored["jobs"]:
            self.add_error("nothing", _("You wrote jobs below. Remove them first, or leave this unticked."))
        return cleaned


class Year(Number):
    def __init__(self, **more: Any) -> None:
        super().__init__(
            decimal_places=0,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
            **more,
        )


def month_choice(label: Any) -> Choice:
    return Choice(label=label, choices=MONTH_CHOICES, widget=forms.Select(attrs={"class": "medium"}))


class JobForm(QuestionForm):
    """One job. Only its title is needed; the rest may be missing or partial."""

    answer_names = (
        "title", "occupation", "employer", "start_month", "start_year",
        "end_month", "end_year", "is_current", "years", "months",
    )  # fmt: skip

    title = Words(
        label=_("What was your job?"),
        help_text=_("As you would say it, for example “baker”."),
        max_length=250,
        widget=occupation_input("id_code"),
    )
    code = HiddenCode()
    employer = Words(label=_("For which employer?"), help_text=_("You may leave this empty."), max_length=160)
    start_month = month_choice(_("Month"))
    start_year = Year(label=_("Year"))
    is_current = forms.BooleanField(label=_("I still work there"), required=False)
    end_month = month_choice(_("Month"))
    end_year = Year(label=_("Year"))
    years = Number(label=_("Years"), decimal_places=0, min_value=0, max_value=60)
    months = Number(label=_("Months"), decimal_places=0, min_value=0, max_value=720)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        title = (cleaned.get("title") or "").strip()
        if not title and "title" not in self.errors:
            self.add_error("title", _("Write the name of the job, as you would say it."))
        cleaned["title"] = title
        kept = [(self.stored.get("title", ""), self.stored.get("code", ""))]
        cleaned["occupation"] = occupation_of(self, "title", "code", kept)
        for end in ("start", "end"):
            self.check_year(end)
        self.check_order()
        return cleaned

    def check_year(self, end: str) -> None:
        today = clock.today()
        year, month = self.cleaned_data.get(f"{end}_year"), self.cleaned_data.get(f"{end}_month")
        if year is None:
            if month and f"{end}_year" not in self.errors:
                self.add_error(f"{end}_year", _("Write the year too: a month alone cannot be placed."))
        elif not FIRST_YEAR <= year <= today.year + 1:
            self.add_error(f"{end}_year", _("Check this year: we expect one between 1940 and today."))
        elif dt.date(int(year), int(month or 1), 1) > today:
            self.add_error(f"{end}_year", LATER_THAN_NOW)

    def check_order(self) -> None:
        data = self.cleaned_data
        start, end = data.get("start_year"), data.get("end_year")
        if data.get("is_current") and end is not None:
            self.add_error(
                "end_year", _("You ticked that you still work there. Take the end away, or the tick.")
            )
        if start is None or end is None:
            return
        months = (int(data.get("start_month") or 1), int(data.get("end_month") or 12))
        if (start, months[0]) > (end, months[1]):
            self.add_error("end_year", _("The end comes before the beginning. Check the two dates."))
