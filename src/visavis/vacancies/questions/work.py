"""Question 1: what work."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from visavis.catalog.models import Occupation
from visavis.catalog.titles import search_occupations
from visavis.ui.widgets import SuggestInput
from visavis.vacancies.models import Vacancy
from visavis.vacancies.occupations import others
from visavis.vacancies.questions.form import QuestionForm, Words

SUGGESTED = 4
LEAST_SCORE = 0.35


class WorkForm(QuestionForm):
    title = _("What work do you offer?")
    hint = _("Write the title as you would say it, for example “baker” or “home help”.")

    name = Words(
        label=_("Title of the vacancy"),
        max_length=250,
        widget=SuggestInput(url=reverse_lazy("catalog:suggest_occupations")),
        error_messages={
            "required": _("Write a title: people find the vacancy by it."),
            "max_length": _("This title is too long. Keep it under %(limit_value)s characters."),
        },
    )

    @classmethod
    def given(cls, vacancy: Vacancy) -> dict[str, Any]:
        return {"name": vacancy.title}

    def values(self) -> dict[str, Any]:
        return {"title": " ".join(self.cleaned_data["name"].split())}


class OccupationForm(QuestionForm):
    title = _("Which of these is it?")
    hint = _("We show your vacancy to people who look for this work. Your own title stays.")
    without = _("Without it, we look for people by the words of your title.")

    occupation = forms.ChoiceField(label=_("The work"), required=False, widget=forms.RadioSelect)
    other = Words(
        label=_("Another occupation"),
        help_text=_("Write it here if none of these is right."),
        required=False,
        max_length=250,
        widget=SuggestInput(url=reverse_lazy("catalog:suggest_occupations"), into="id_other_code"),
    )
    other_code = forms.CharField(required=False, widget=forms.HiddenInput, max_length=5)

    def prepare(self) -> None:
        found = [one.occupation for one in suggested(self.vacancy.title)]
        stored = self.vacancy.occupation
        if stored and stored not in found:
            found.insert(0, stored)
        self.fields["occupation"].choices = [(one.pk, one.label) for one in found]  # type: ignore[attr-defined]
        if not self.initial["occupation"] and found:
            self.initial["occupation"] = found[0].pk

    @classmethod
    def given(cls, vacancy: Vacancy) -> dict[str, Any]:
        return {"occupation": vacancy.occupation_id or ""}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        code, typed = cleaned.get("other_code"), cleaned.get("other")
        chosen = cleaned.get("occupation") or None
        if typed:
            known = Occupation.objects.filter(pk=code).first() if code else None
            found = known or next((one.occupation for one in suggested(typed)), None)
            if found is None:
                self.add_error("other", _("We know no work by this name. Try another word for it."))
            chosen = found.pk if found else None
        cleaned["chosen"] = chosen
        return cleaned

    def values(self) -> dict[str, Any]:
        chosen = Occupation.objects.filter(pk=self.cleaned_data["chosen"]).first()
        return {
            "occupation_id": chosen.pk if chosen else None,
            "occupation_from": "confirmed" if chosen else "",
            "other_occupations": list(others(chosen, self.vacancy.title)) if chosen else [],
        }


def suggested(words: str) -> list[Any]:
    """Return the occupations that a title may mean, best first."""
    if not words.strip():
        return []
    found = search_occupations(words, language=get_language() or "fr", limit=SUGGESTED)
    return [one for one in found if one.score >= LEAST_SCORE] or found[:1]
