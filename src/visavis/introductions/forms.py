"""What a side fills in to act. Every form says which page it answers (`seen`) and for which side."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import ContractKind
from visavis.introductions import hires, reasons
from visavis.introductions.enums import Act, Place, Side
from visavis.introductions.models import FollowUp, Introduction
from visavis.vacancies.questions.form import Number

CHOOSE = _("Choose one of the answers of the page.")
A_MOMENT = _("Write a day and an hour, for example 15/01/2027 14:30.")
A_DAY = _("Write a date, for example 15/01/2027.")
MOMENTS = [
    "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M", "%d/%m/%Y %H h %M",
]  # fmt: skip


class ActForm(forms.Form):
    """One tap: the act, the side it is done for, and the version of the page."""

    use_required_attribute = False

    act = forms.CharField(widget=forms.HiddenInput, required=False)
    side = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)

    def __init__(self, act: Act, side: Side, row: Introduction, data: Any = None) -> None:
        self.asked, self.for_side = act, side
        initial = {"act": act.value, "side": side.value, "seen": row.version, **self.suggested(row)}
        super().__init__(data, initial=initial, auto_id=f"{act}-%s")
        self.prepare()

    def prepare(self) -> None:
        """Add what depends on the act."""

    def suggested(self, row: Introduction) -> dict[str, Any]:
        """Return what the form proposes."""
        return {}

    def arguments(self) -> dict[str, Any]:
        """Return what the service is given beside the introduction, the side and who acts."""
        return {}

    def again(self, row: Introduction, refusal: str) -> "ActForm":
        """Return the same answer for the page as it stands now, with why it was refused."""
        data: dict[str, Any] = dict(self.data.items())
        data["act"], data["side"], data["seen"] = self.asked, self.for_side, str(row.version)
        form = type(self)(self.asked, self.for_side, row, data)
        form.add_error(None, refusal)
        return form

    @property
    def page_is_odd(self) -> bool:
        """Say whether what the page itself carries is not what we put there."""
        return any(field.errors for field in self.hidden_fields())

    def typed(self) -> list[tuple[str, str]]:
        """Return what was chosen or typed, in words, where its form is no longer on the page."""
        said = []
        for field in self.visible_fields():
            value = str(field.value() or "")
            words = {str(code): str(label) for code, label in getattr(field.field, "choices", [])}
            if value:
                said.append((str(field.label), words.get(value, value)))
        return said


class ReasonForm(ActForm):
    """A no, with a reason of the list."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        help_text=_("It helps us to propose better. The other side reads a kind reason, or none."),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a reason: it helps to propose better next time."),
            "invalid_choice": CHOOSE,
        },
    )

    def prepare(self) -> None:
        self.fields["reason"].choices = reasons.choices(self.for_side, self.asked)  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {"reason": self.cleaned_data["reason"]}


class TimeForm(ActForm):
    """A time to meet, and how."""

    at = forms.DateTimeField(
        label=_("Which day, at what time?"),
        help_text=_("For example 15/01/2027 14:30."),
        input_formats=MOMENTS,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "medium"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"required": A_MOMENT, "invalid": A_MOMENT},
    )
    place = forms.ChoiceField(
        label=_("How do you meet?"),
        choices=Place.choices,
        widget=forms.RadioSelect(attrs={"class": "two"}),
        error_messages={"required": _("Choose how to meet."), "invalid_choice": CHOOSE},
    )

    def suggested(self, row: Introduction) -> dict[str, Any]:
        return {"place": row.meeting_place or Place.ON_SITE}

    def arguments(self) -> dict[str, Any]:
        return {"at": self.cleaned_data["at"], "place": self.cleaned_data["place"]}


class HireForm(ActForm):
    """What the hire is."""

    kind = forms.ChoiceField(
        label=_("Contract"),
        choices=ContractKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the kind of contract."), "invalid_choice": CHOOSE},
    )
    starts_on = forms.DateField(
        label=_("First day of work"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"),
        error_messages={"required": A_DAY, "invalid": A_DAY},
    )
    hours_week = Number(
        label=_("Hours a week, if you know them"),
        max_digits=4,
        decimal_places=1,
        error_messages={
            "invalid": _("Write a number, for example 35 or 12.50."),
            "max_digits": _("Write the hours a week, between 1 and 48."),
            "max_whole_digits": _("Write the hours a week, between 1 and 48."),
            "max_decimal_places": _("One figure after the comma is enough, for example 17.5."),
        },
    )

    def suggested(self, row: Introduction) -> dict[str, Any]:
        vacancy = row.vacancy
        return {
            "kind": vacancy.contract or None,
            "hours_week": vacancy.hours_min if vacancy.hours_min == vacancy.hours_max else None,
        }

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"terms": hires.Terms(said["kind"], said["starts_on"], said.get("hours_week"))}


FORMS: dict[Act, type[ActForm]] = {
    Act.DECLINE: ReasonForm,
    Act.REFUSE: ReasonForm,
    Act.WITHDRAW: ReasonForm,
    Act.NOT_HIRE: ReasonForm,
    Act.SET_TIME: TimeForm,
    Act.DECLARE: HireForm,
}


def form_for(act: Act, side: Side, row: Introduction, data: Any = None) -> ActForm:
    """Return the form of an act."""
    return FORMS.get(act, ActForm)(act, side, row, data)


STILL_THERE_OF_HER = [
    (FollowUp.Answer.STILL_THERE.value, _("I am still there")),
    (FollowUp.Answer.LEFT.value, _("I left")),
    (FollowUp.Answer.ENDED.value, _("The employer ended it")),
    (FollowUp.Answer.OVER.value, _("The contract came to its end")),
]


class StillThereForm(forms.Form):
    """One question, asked once."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("What is so today?"),
        choices=FollowUp.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, data: Any = None, *, is_hers: bool, months: int, day: dt.date) -> None:
        super().__init__(data)
        self.months, self.day = months, day
        if is_hers:
            self.fields["answer"].choices = STILL_THERE_OF_HER  # type: ignore[attr-defined]
