"""Choose a CV or paste one; check what was understood of it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import LanguageLevel
from visavis.common import clock
from visavis.cvs.reading.dates import COMPLETES, ONE, point
from visavis.cvs.reading.document import MOST_CHARACTERS, Why
from visavis.cvs.wording import date_words, end_words, sentence
from visavis.jobseekers.forms.experience import FIRST_YEAR, LATER_THAN_NOW
from visavis.jobseekers.forms.learning import CHOOSE
from visavis.jobseekers.forms.question import Choice, Words

ACCEPTED = ".pdf,.docx,.odt,.xml,.json,.txt,.jpg,.jpeg,.png,.webp,.heic,.heif"


class Pasted(forms.CharField):
    """A long text. It has no limit in the page: a browser would cut what is pasted without a word."""

    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 8}), **more)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if len(value) > MOST_CHARACTERS:
            raise forms.ValidationError(sentence(Why.TOO_LONG))


class ReadForm(forms.Form):
    """A file or a text: one of the two."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("Your CV, as a file"),
        help_text=_(
            "PDF, Word, OpenDocument, Europass or JSON Resume; or a sharp photo. 15 MB at most. "
            "The file itself is not kept."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    text = Pasted(label=_("Or paste its text here"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        has_file, has_text = cleaned.get("file") is not None, bool((cleaned.get("text") or "").strip())
        if has_file and has_text:
            self.add_error(
                "file", _("Choose a file or paste a text, not both: we would not know which to read.")
            )
        elif not has_file and not has_text and not self.errors:
            self.add_error("file", _("Choose a file, or paste the text of your CV below."))
        return cleaned


class Year(forms.CharField):
    """A date as a person writes it: a month and a year, or a year."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})
        super().__init__(required=False, max_length=40, widget=widget, **more)


class CheckForm(forms.Form):
    """What was understood, each with a tick; titles and dates can be corrected."""

    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, facts: list[dict[str, Any]], known: set[int], unticked: set[int]
    ) -> None:
        super().__init__(data)
        self.facts, self.known = facts, known
        for number, fact in enumerate(facts):
            if number in known:
                continue
            fields = FIELDS.get(fact["kind"], no_fields)(fact)
            self.fields[f"on_{number}"] = forms.BooleanField(
                label=_("Put into my profile"), required=False, initial=number not in unticked
            )
            for name, field in fields.items():
                self.fields[f"{name}_{number}"] = field

    def is_on(self, number: int) -> bool:
        return bool(self.cleaned_data.get(f"on_{number}"))

    def value(self, name: str, number: int) -> Any:
        value = self.cleaned_data.get(f"{name}_{number}")
        return value.strip() if isinstance(value, str) else value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for number, fact in enumerate(self.facts):
            if number not in self.known and self.is_on(number):
                CHECKS.get(fact["kind"], no_check)(self, number)
        return cleaned

    def check_job(self, number: int) -> None:
        self.check_name("title", number, _("Write the name of the job, or take the tick away."))
        start = self.check_date("start", number)
        end = "" if is_now(self.value("end", number)) else self.check_date("end", number)
        if start and end and (start[:4] > end[:4] or (len(start) == len(end) and start > end)):
            self.add_error(f"end_{number}", _("The end comes before the beginning. Check the two dates."))

    def check_study(self, number: int) -> None:
        self.check_name("title", number, _("Write the name of the diploma, or take the tick away."))
        self.check_date("year", number, most_years_ahead=8)

    def check_language(self, number: int) -> None:
        if not self.value("level", number) and f"level_{number}" not in self.errors:
            self.add_error(f"level_{number}", _("Choose the level, or take the tick away."))

    def check_name(self, name: str, number: int, missing: Any) -> None:
        if not self.value(name, number) and f"{name}_{number}" not in self.errors:
            self.add_error(f"{name}_{number}", missing)

    def check_date(self, name: str, number: int, *, most_years_ahead: int = 0) -> str:
        """Return the date as "2019-03" or "2019", nothing when none is given, with an error when it is not one."""
        typed = self.value(name, number) or ""
        found = ONE.fullmatch(typed)
        if typed and not found:
            self.add_error(
                f"{name}_{number}", _("Write a month and a year, such as 03/2019, or a year alone.")
            )
            return ""
        date = point(typed) if found else ""
        today = clock.today()
        if date and not FIRST_YEAR <= int(date[:4]) <= today.year + most_years_ahead + 1:
            self.add_error(f"{name}_{number}", _("Check this year: we expect one between 1940 and today."))
        elif date and not most_years_ahead and dt.date(int(date[:4]), int(date[5:] or 1), 1) > today:
            self.add_error(f"{name}_{number}", LATER_THAN_NOW)
        return date


def is_now(typed: str | None) -> bool:
    """Say whether the end of a job says that it goes on."""
    words = (typed or "").strip()
    return bool(words) and (
        words == gettext("today") or (bool(COMPLETES.fullmatch(words)) and not ONE.search(words))
    )


def job_fields(fact: dict[str, Any]) -> dict[str, forms.Field]:
    return {
        "title": Words(label=_("Job"), max_length=250, initial=fact["name"]),
        "employer": Words(label=_("Employer"), max_length=160, initial=fact["employer"]),
        "start": Year(label=_("Beginning"), initial=date_words(fact["start"])),
        "end": Year(label=_("End"), initial=end_words(fact)),
    }


def study_fields(fact: dict[str, Any]) -> dict[str, forms.Field]:
    return {
        "title": Words(label=_("Diploma or training"), max_length=250, initial=fact["name"]),
        "year": Year(label=_("Year"), initial=fact["year"] or ""),
    }


def language_fields(fact: dict[str, Any]) -> dict[str, forms.Field]:
    levels = [CHOOSE, *((str(value), label) for value, label in LanguageLevel.choices)]
    level = Choice(label=_("Level"), choices=levels, widget=forms.Select(attrs={"class": "medium"}))
    level.initial = str(fact["level"] or "")
    return {"level": level}


def no_fields(_fact: dict[str, Any]) -> dict[str, forms.Field]:
    return {}


def no_check(_form: CheckForm, _number: int) -> None:
    """Accept what only has a tick."""


FIELDS = {"job": job_fields, "study": study_fields, "language": language_fields}
CHECKS = {"job": CheckForm.check_job, "study": CheckForm.check_study, "language": CheckForm.check_language}
