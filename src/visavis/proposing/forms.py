"""What a counsellor writes with a proposal, and whom she looks for."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.folding import fold_words
from visavis.introductions import limits
from visavis.jobseekers.followed import followed
from visavis.people.models import User

LAST_DAY = _("Choose a last day between tomorrow and 30 days from now.")


class ProposalForm(forms.Form):
    """The last day to answer, told with the proposal, and a few words to the person."""

    use_required_attribute = False

    answer_by = forms.DateField(
        label=_("Last day to answer"),
        help_text=_("Each person reads this day. Without an answer by then, the proposal ends by itself."),
        widget=forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"),
        error_messages={"required": LAST_DAY, "invalid": LAST_DAY},
    )
    note = forms.CharField(
        label=_("Your words to the person"),
        help_text=_("Whoever you propose it to reads them. The employer never does. They may stay empty."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Write 500 characters at most.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer_by"].initial = clock.today() + dt.timedelta(days=limits.ANSWER_DAYS)

    def clean_answer_by(self) -> dt.date:
        day: dt.date = self.cleaned_data["answer_by"]
        if not clock.today() < day <= clock.today() + dt.timedelta(days=limits.MOST_ANSWER_DAYS):
            raise forms.ValidationError(LAST_DAY)
        return day


class PersonForm(forms.Form):
    """One of the people she follows."""

    use_required_attribute = False

    person = forms.ChoiceField(
        label=_("Which person?"),
        help_text=_("The people you accompany, by name."),
        error_messages={
            "required": _("Choose a person of the list."),
            "invalid_choice": _("Choose a person of the list."),
        },
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = followed(by).values_list("pk", "user__name")
        named = sorted(((str(pk), name) for pk, name in people), key=lambda one: fold_words(one[1]))
        self.people = named
        self.fields["person"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
