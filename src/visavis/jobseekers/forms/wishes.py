"""The occupations she wants, one to five, in order."""

from collections.abc import Container
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.catalog.models import Occupation
from visavis.folding import fold_words
from visavis.jobseekers import lookup
from visavis.jobseekers.forms.question import HiddenCode, QuestionForm, Words
from visavis.ui.widgets import SuggestInput

MOST_WISHES = 5
NONE = "none"
GONE = _("We no longer know the occupation that was chosen. Type its name again.")


def occupation_input(into: str) -> SuggestInput:
    return SuggestInput(url=lookup.OCCUPATIONS_URL, into=into)


def occupation_of(form: forms.Form, name: str, code_name: str, kept: Container[tuple[str, str]]) -> str:
    """Return the code of the occupation chosen, or of the one whose title was typed exactly.

    `kept` are the words and codes that are stored already. Without JavaScript a code stays in the page
    when other words are typed: it only counts if the words may mean it. An unknown code is told.
    """
    typed = (form.cleaned_data.get(name) or "").strip()
    code = form.cleaned_data.get(code_name) or ""
    if not typed or (typed, code) in kept:
        return code if typed else ""
    if code and not Occupation.objects.filter(pk=code).exists():
        form.add_error(name, GONE)
        return ""
    if code and code in {found.pk for found in lookup.occupations(typed)}:
        return code
    exact = lookup.exact_occupation(typed)
    return exact.pk if exact else ""


class WishesForm(QuestionForm):
    """Rows of what is typed and of what was chosen; buttons move a row up or down."""

    answer_names = ("wishes",)

    def prepare(self) -> None:
        stored = list(self.stored["wishes"])
        if self.is_bound:
            self.rows = [n for n in range(1, MOST_WISHES + 1) if f"wish_{n}" in self.data] or [1]
        else:
            self.rows = list(range(1, min(MOST_WISHES, max(2, len(stored) + 1)) + 1))
        for number in self.rows:
            wish = stored[number - 1] if number <= len(stored) else {"typed": "", "occupation": ""}
            self.add_row(number, wish)

    def add_row(self, number: int, wish: dict[str, str]) -> None:
        self.fields[f"wish_{number}"] = Words(
            label=_("Occupation %(number)s") % {"number": number},
            max_length=250,
            widget=occupation_input(f"id_code_{number}"),
        )
        self.fields[f"code_{number}"] = HiddenCode()
        self.initial[f"wish_{number}"], self.initial[f"code_{number}"] = wish["typed"], wish["occupation"]

    @property
    def drawn_rows(self) -> list[dict[str, Any]]:
        """Return what the page draws, row by row."""
        last = max((n for n in self.rows if self[f"wish_{n}"].value()), default=0)
        return [
            {"number": n, "field": self[f"wish_{n}"], "can_rise": 1 < n <= last, "can_sink": n < last}
            for n in self.rows
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        wishes = []
        kept = [(wish["typed"], wish["occupation"]) for wish in self.stored["wishes"]]
        for number in self.rows:
            typed = (cleaned.get(f"wish_{number}") or "").strip()
            if not typed:
                continue
            occupation = occupation_of(self, f"wish_{number}", f"code_{number}", kept)
            wishes.append({"typed": typed, "occupation": occupation})
        cleaned["wishes"] = self.moved(wishes)
        return cleaned

    def moved(self, wishes: list[dict[str, str]]) -> list[dict[str, str]]:
        """Apply the button "up", "down" or "remove" of one row, and drop what is said twice."""
        number, _sign, way = str(self.data.get("move", "")).partition(":")
        at = int(number) - 1 if number.isdecimal() and len(number) < 3 else -1
        if 0 <= at < len(wishes):
            wish = wishes.pop(at)
            if way != "remove":
                wishes.insert(max(0, at + {"up": -1, "down": 1}.get(way, 0)), wish)
        keys = [wish["occupation"] or fold_words(wish["typed"]) for wish in wishes]
        return [wish for at, wish in enumerate(wishes) if keys.index(keys[at]) == at]


class ChooseOccupationForm(forms.Form):
    """What the words may mean; the words themselves are always one of the choices."""

    occupation = forms.ChoiceField(
        label=_("Which one is nearest?"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the occupations of the page.")},
    )

    def __init__(self, *args: Any, found: list[Occupation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupation"].choices = [  # type: ignore[attr-defined]
            *((occupation.pk, occupation.label) for occupation in found),
            (NONE, _("None of these: keep my words as they are")),
        ]
