"""What every question's form does: take what is stored, keep what is typed, tell whether it says anything."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from visavis.jobseekers.models import Jobseeker

STRANGE_SIGN = _("This text contains a sign that we cannot keep. Type it again rather than pasting it.")
NOT_OFFERED = _("This choice is not one of those on the page. Choose again.")
NOT_A_NUMBER = _("Write a number, for example 12.")
TOO_LONG = ngettext_lazy(
    "This text is too long: %(show_value)s characters. We can keep %(limit_value)s: shorten it.",
    "This text is too long: %(show_value)s characters. We can keep %(limit_value)s: shorten it.",
    "limit_value",
)


class Words(forms.CharField):
    """A text that a person types; whatever is refused is said in a sentence."""

    def __init__(self, *, max_length: int, **more: Any) -> None:
        super().__init__(required=False, max_length=max_length, **more)
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = TOO_LONG
            elif isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = STRANGE_SIGN


class HiddenCode(forms.CharField):
    """What a suggestion puts in the page. Nobody types it: what is odd in it is dropped, not told."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)

    def clean(self, value: Any) -> str:
        return str(value or "").replace("\0", "")[:80]


class Choice(forms.ChoiceField):
    """One choice among those of the page, or none."""

    def __init__(self, *, choices: Any, **more: Any) -> None:
        more.setdefault("widget", forms.RadioSelect)
        super().__init__(
            choices=choices, required=False, error_messages={"invalid_choice": NOT_OFFERED}, **more
        )


class Choices(forms.MultipleChoiceField):
    """Any number of the choices of the page."""

    def __init__(self, *, choices: Any, **more: Any) -> None:
        more.setdefault("widget", forms.CheckboxSelectMultiple(attrs={"class": "two"}))
        wrong = {"invalid_choice": NOT_OFFERED, "invalid_list": NOT_OFFERED}
        super().__init__(choices=choices, required=False, error_messages=wrong, **more)


class Number(forms.DecimalField):
    """A number written with a point or a comma, as people write it."""

    def __init__(self, **more: Any) -> None:
        more.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "short", "autocomplete": "off"})
        )
        super().__init__(required=False, error_messages={"invalid": NOT_A_NUMBER}, **more)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = "".join(value.split()).replace(",", ".").rstrip("€")
        return super().to_python(value)


class QuestionForm(forms.Form):
    """One question. `stored` is what the profile holds, as the question's answer reads it."""

    use_required_attribute = False
    # Buttons beside Save that change the answer itself, such as "move up".
    answer_names: tuple[str, ...] = ()

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, jobseeker: Jobseeker, stored: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(stored))
        self.jobseeker = jobseeker
        self.stored = stored
        self.prepare()

    def prepare(self) -> None:
        """Add the fields that depend on what is stored or typed."""

    @property
    def answer(self) -> dict[str, Any]:
        """Return what is to be stored."""
        return {name: self.cleaned_data.get(name) for name in self.answer_names or self.fields}

    @property
    def says_something(self) -> bool:
        """Say whether she answered, be it "none"."""
        return any(value not in (None, "", [], False) for value in self.answer.values())
