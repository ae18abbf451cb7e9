"""What a side fills in to act. Every form says which page it answers (`seen`) and for which side."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.catalog.enums import ContractKind
from visavis.introductions import hires, meetings, reasons
from visavis.introductions.enums import Act, Place, Side
from visavis.introductions.meetings import Plan, Where
from visavis.introductions.models import FollowUp, Introduction
from visavis.people.addresses import phone_as_written
from visavis.people.forms import AnyPhoneField
from visavis.ui import dates
from visavis.vacancies.questions.form import Number, Words

CHOOSE = _("Choose one of the answers of the page.")
CLOCKS_CHANGE = _("The clocks change at that hour: it comes twice, or not at all. Choose another time.")
A_MOMENT = _("Write a day and an hour, for example 15/01/2027 14:30.")
A_DAY = _("Write a date, for example 15/01/2027.")
MOMENTS = [
    "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d/%m/%Y %Hh%M", "%d/%m/%Y %H h %M",
    "%d/%m/%Y %Hh", "%d/%m/%Y %H h",
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


class MomentField(forms.DateTimeField):
    """A day and a time by the clock: one that a change of clocks skips or repeats is asked again, in a sentence."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as refused:
            if getattr(refused, "code", None) != "ambiguous_timezone":
                raise
            raise forms.ValidationError(CLOCKS_CHANGE, code="ambiguous_timezone") from refused


def moment(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateTimeField:
    return MomentField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=MOMENTS,
        widget=forms.DateTimeInput(
            attrs={"type": "datetime-local", "class": "medium"}, format="%Y-%m-%dT%H:%M"
        ),
        error_messages={"required": A_MOMENT, "invalid": A_MOMENT},
    )


def place_words(plan: Plan) -> dict[str, str]:
    """Return where one meets, whom to ask for and which number to call, as a page shows them."""
    phone = phone_as_written(plan.phone) if plan.phone else ""
    return {"address": plan.address, "contact": plan.contact, "phone": phone}


def said_of_all(form: forms.Form, needed: Iterable[str]) -> None:
    """Leave an error at each thing that an employer says of a meeting and has not said."""
    for name in needed:
        if not form.cleaned_data.get(name) and name not in form.errors:
            form.add_error(name, str(meetings.TO_SAY[name]))


class TimeForm(ActForm):
    """One to three times to meet, and how. The employer also says where, with whom and how long."""

    OF_EMPLOYER = ("minutes", "address", "contact", "phone")

    at = moment(_("Which day, at what time?"), required=True, help_text=_("For example 15/01/2027 14:30."))
    second = moment(_("Or else"), help_text=_("Two or three times let the other side choose."))
    third = moment(_("Or else, a third time"))
    place = forms.ChoiceField(
        label=_("How do you meet?"),
        choices=Place.choices,
        widget=forms.RadioSelect(attrs={"class": "two"}),
        error_messages={"required": _("Choose how to meet."), "invalid_choice": CHOOSE},
    )
    address = Words(
        label=_("Which address?"),
        help_text=_("Street and town, and the entrance if it is hard to find."),
        max_length=200,
        required=False,
    )
    contact = Words(label=_("Whom to ask for?"), max_length=120, required=False)
    phone = AnyPhoneField(
        label=_("Which number to call, for example when late?"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "class": "medium"}),
    )
    minutes = forms.TypedChoiceField(
        label=_("How long does it last?"),
        choices=[(15, _("15 minutes")), (30, _("30 minutes")), (45, _("45 minutes")), (60, _("1 hour")),
                 (90, _("1 hour and a half")), (120, _("2 hours")), (240, _("half a day"))],
        coerce=int,
        required=False,
        empty_value=str(meetings.USUAL_MINUTES),
        error_messages={"invalid_choice": CHOOSE},
    )  # fmt: skip
    is_sure = forms.BooleanField(label=_("I mean it, even on a Sunday or a public holiday"), required=False)

    def prepare(self) -> None:
        if self.for_side != Side.EMPLOYER:
            for name in self.OF_EMPLOYER:
                del self.fields[name]

    def suggested(self, row: Introduction) -> dict[str, Any]:
        plan = meetings.suggested(row)
        return {
            "place": plan.place,
            "minutes": plan.minutes,
            **place_words(plan),
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if self.for_side == Side.EMPLOYER:
            said_of_all(self, meetings.NEEDED.get(said.get("place", ""), ()))
        return said

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        times = tuple(said[name] for name in ("at", "second", "third") if said.get(name))
        more = {name: said[name] for name in (*self.OF_EMPLOYER, "is_sure") if name in said}
        more["minutes"] = int(said.get("minutes") or meetings.USUAL_MINUTES)
        return {"plan": Plan(times, said["place"], **more)}


class TakeForm(ActForm):
    """One of the times proposed; the only one is taken in one tap. An employer says what he has not said of it."""

    slot = forms.TypedChoiceField(
        label=_("Which time suits?"),
        coerce=dt.datetime.fromisoformat,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the times."), "invalid_choice": CHOOSE},
    )
    address = TimeForm.base_fields["address"]
    contact = TimeForm.base_fields["contact"]
    phone = TimeForm.base_fields["phone"]

    def __init__(self, act: Act, side: Side, row: Introduction, data: Any = None) -> None:
        self.times, self.needed = row.times_left(), meetings.asked_of_taker(row, side)
        super().__init__(act, side, row, data)

    def prepare(self) -> None:
        for name in ("address", "contact", "phone"):
            if name not in self.needed:
                del self.fields[name]
        if len(self.times) < 2:
            del self.fields["slot"]
            return
        choices = [(at.isoformat(), dates.weekday_moment(at)) for at in self.times]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    def suggested(self, row: Introduction) -> dict[str, Any]:
        return place_words(meetings.suggested(row)) if self.needed else {}

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        said_of_all(self, self.needed)
        return said

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"at": said.get("slot"), "where": Where(**{name: said[name] for name in self.needed})}


class OtherTimeForm(ActForm):
    """None of the times suits: when would?"""

    words = Words(
        label=_("When could you?"),
        help_text=_("For example: Tuesday or Thursday, in the morning."),
        max_length=300,
        error_messages={"required": _("Say when you could, in a few words.")},
    )

    def arguments(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"]}


class CancelForm(ReasonForm):
    """Why an agreed meeting does not take place."""

    def prepare(self) -> None:
        super().prepare()
        self.fields["reason"].help_text = _("The other side reads it, and you both choose another time.")


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
    Act.CANCEL: CancelForm,
    Act.SET_TIME: TimeForm,
    Act.TAKE_TIME: TakeForm,
    Act.OTHER_TIME: OtherTimeForm,
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
