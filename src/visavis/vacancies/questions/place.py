"""Question 2: where and when."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import Condition
from visavis.catalog.models import Commune
from visavis.catalog.places import commune_for, search_communes
from visavis.ui.widgets import SuggestInput
from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions.form import Number, QuestionForm, Words

MOST_HOURS = 60


class PlaceForm(QuestionForm):
    title = _("Where and when is the work?")
    hint = _("Only the place is needed to publish. The rest helps the right people find you.")
    without = _("Without the place, the vacancy stays a draft: nobody sees it.")

    place = Words(
        label=_("Town or postcode"),
        required=False,
        max_length=120,
        widget=SuggestInput(url=reverse_lazy("catalog:suggest_communes"), into="id_code"),
    )
    code = forms.CharField(required=False, widget=forms.HiddenInput, max_length=5)
    starts_on = forms.DateField(
        label=_("First day of work"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date, for example 15/01/2027.")},
    )
    ends_on = forms.DateField(
        label=_("Last day of work, if the contract has one"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a date, for example 15/01/2027.")},
    )
    hours_min = Number(
        label=_("Hours a week, at least"),
        min_value=1,
        max_value=MOST_HOURS,
        decimal_places=1,
        help_text=_("For example 24, or 35 for full time."),
    )
    hours_max = Number(label=_("Hours a week, at most"), min_value=1, max_value=MOST_HOURS, decimal_places=1)
    is_annualised = forms.BooleanField(
        label=_("Hours are counted over the year: more in some weeks, fewer in others."), required=False
    )
    is_on_call = forms.BooleanField(
        label=_("One is on call at times, outside of working hours."), required=False
    )
    conditions = forms.MultipleChoiceField(
        label=_("Is there something special about the days, the hours or the work?"),
        choices=Condition.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "two"}),
    )

    @classmethod
    def given(cls, vacancy: Vacancy) -> dict[str, Any]:
        commune = vacancy.commune
        return {
            "place": place_words(commune) if commune else vacancy.place_text,
            "code": vacancy.commune_id or "",
            "starts_on": vacancy.starts_on,
            "ends_on": vacancy.ends_on,
            "is_annualised": vacancy.is_annualised,
            "is_on_call": vacancy.is_on_call,
            "hours_min": plain(vacancy.hours_min),
            "hours_max": plain(vacancy.hours_max),
            "conditions": list(vacancy.conditions),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["commune"] = self._commune(cleaned.get("place", ""), cleaned.get("code", ""))
        if cleaned.get("place") and cleaned["commune"] is None:
            self.add_error("place", unknown(cleaned["place"]))
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("This is before the first day of work. Check both dates."))
        low, high = cleaned.get("hours_min"), cleaned.get("hours_max")
        if low and high and high < low:
            self.add_error("hours_max", _("This is less than the hours at least. Exchange the two."))
        return cleaned

    def _commune(self, typed: str, code: str) -> Commune | None:
        """Return the town meant. Without JavaScript the code stays when another name is typed: the name decides."""
        if not typed:
            return None
        if typed == self.initial["place"] and self.vacancy.commune:
            return self.vacancy.commune
        if code and code != self.initial["code"]:
            return Commune.objects.filter(pk=code).first()
        found = commune_for(name=typed)
        return found.commune if found.how.is_exact or found.how == "postcode" else None

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        low, high = cleaned.get("hours_min"), cleaned.get("hours_max")
        return {
            **where(cleaned["commune"]),
            "starts_on": cleaned.get("starts_on"),
            "ends_on": cleaned.get("ends_on"),
            "is_annualised": bool(cleaned.get("is_annualised")),
            "is_on_call": bool(cleaned.get("is_on_call")),
            "hours_min": low,
            "hours_max": high or low,
            "conditions": cleaned.get("conditions", []),
        }


def unknown(typed: str) -> str:
    """Say that no town bears the name, and which one is spelt nearly so."""
    near = search_communes(typed, limit=1)
    if not near:
        return str(_("We know no town by this name. Check the spelling, or try the postcode."))
    told = _("We know no town by this name. Do you mean %(near)s? Write it, or try the postcode.")
    return str(told) % {"near": place_words(near[0])}


def where(commune: Commune | None) -> dict[str, Any]:
    """Return the columns of a place."""
    return {
        "commune": commune,
        "department_id": commune.department_id if commune else None,
        "latitude": commune.latitude if commune else None,
        "longitude": commune.longitude if commune else None,
        "precision_km": commune.precision_km if commune else 0,
        "place_text": "",
    }


def place_words(commune: Commune) -> str:
    """Name a commune so that it is not taken for its namesakes."""
    return f"{commune.name} ({commune.department_id})"


def plain(value: Any) -> str:
    """Write a stored number as a person would: 35, not 35.0."""
    return "" if value is None else f"{float(value):g}"
