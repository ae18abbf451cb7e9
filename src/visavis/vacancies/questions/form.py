"""What every question's form does."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.vacancies.models import Vacancy
from visavis.vacancies.words.text import clean


@dataclass(frozen=True)
class Question:
    """One page of the five questions; `then` is the next page, nothing when it was the last."""

    slug: str
    number: int
    form: "type[QuestionForm]"
    then: str


class Number(forms.DecimalField):
    """A number as people type it: a comma is a point, spaces and euro signs do not matter."""

    def __init__(self, **more: Any) -> None:
        wrong = {"invalid": _("Write a number, for example 35 or 12.50.")}
        attrs = {"inputmode": "decimal", "class": "short", "autocomplete": "off"}
        more = {"required": False, "error_messages": wrong, "widget": forms.TextInput(attrs=attrs), **more}
        super().__init__(**more)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").strip("€")
        return super().to_python(value)


class Words(forms.CharField):
    """A text; signs that no database keeps are taken out."""

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value))


class QuestionForm(forms.Form):
    """One question about one vacancy. `version` says which stored answer the page showed."""

    title: ClassVar[str | Promise] = ""
    hint: ClassVar[str | Promise] = ""
    # What is so as long as the question is skipped.
    without: ClassVar[str | Promise] = ""
    use_required_attribute = False
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, data: Mapping[str, Any] | None = None, *, vacancy: Vacancy) -> None:
        self.vacancy = vacancy
        stored = self.given(vacancy)
        super().__init__(data, initial={**stored, "version": digest(stored)})
        self.prepare()

    def prepare(self) -> None:
        """Add what depends on the vacancy."""

    @classmethod
    def given(cls, vacancy: Vacancy) -> dict[str, Any]:
        """Return the stored answer, as the form shows it."""
        raise NotImplementedError

    def values(self) -> dict[str, Any]:
        """Return the columns to write; `skills` and `languages` are lists of rows."""
        raise NotImplementedError


def digest(stored: Mapping[str, Any]) -> str:
    """Return a short mark of a stored answer: it changes when the answer does."""
    return hashlib.sha256(json.dumps(stored, sort_keys=True, default=str).encode()).hexdigest()[:16]
