"""Question 5: in a few sentences."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions.form import QuestionForm, Words

MOST = 6000


class WordsForm(QuestionForm):
    title = _("Describe the work in a few sentences")
    hint = _("What one does in a day, with whom, and what you offer. Plain words are best.")

    description = Words(
        label=_("Description"),
        required=False,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={
            "max_length": _(
                "This text is too long: %(show_value)s characters. We can keep %(limit_value)s: shorten it."
            )
        },
    )
    positions = forms.IntegerField(
        label=_("How many people do you look for?"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages={"invalid": _("Write a number, for example 1.")},
    )
    is_open_to_disability = forms.BooleanField(
        label=_("We can adapt this work to a person with a disability."), required=False
    )

    def prepare(self) -> None:
        # A pasted original may be longer than what is asked here.
        field = self.fields["description"]
        longest = max(MOST, len(self.vacancy.description))
        field.max_length = longest  # type: ignore[attr-defined]
        for validator in field.validators:
            if getattr(validator, "limit_value", None) == MOST:
                validator.limit_value = longest  # type: ignore[attr-defined]

    @classmethod
    def given(cls, vacancy: Vacancy) -> dict[str, Any]:
        return {
            "description": vacancy.description,
            "positions": vacancy.positions,
            "is_open_to_disability": vacancy.is_open_to_disability,
        }

    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "description": cleaned.get("description", ""),
            "positions": cleaned.get("positions") or 1,
            "is_open_to_disability": bool(cleaned.get("is_open_to_disability")),
        }
