"""What is filled in about appointments by who gives them."""

import datetime as dt
import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.agencies.forms.times import WRITE_A_TIME, HourField
from visavis.agencies.zones import instant
from visavis.appointments.busy.codes import why
from visavis.appointments.enums import Channel
from visavis.appointments.inviting import services as inviting
from visavis.appointments.models import Kind
from visavis.appointments.models.kind import LONGEST_MINUTES, MOST_PLACES, STEP_MINUTES
from visavis.appointments.receiving import counsellors_of
from visavis.common import clock
from visavis.people.models import User
from visavis.ui.fields import DayToCome

MOST_BYTES = 10_000_000
WRITE_AN_ADDRESS = gettext_lazy("Write the whole address: https://agenda.example/secret.ics.")


class Minute(HourField):
    """An hour at which an appointment may begin or end."""

    def clean(self, value: Any) -> int | None:
        minute = super().clean(value)
        if minute is not None and minute % STEP_MINUTES:
            raise forms.ValidationError(WRITE_A_TIME % {"text": value}, code="invalid")
        return minute


class HoursOfDayForm(forms.Form):
    """From when to when, on one day."""

    use_required_attribute = False

    day = DayToCome(label=gettext_lazy("Day"))
    start = Minute(gettext_lazy("From which hour?"), required=True)
    end = Minute(gettext_lazy("Until which hour?"), required=True, is_end=True)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start is not None and end is not None and end <= start:
            self.add_error("end", _("The end comes before the beginning. Check both times."))
        return cleaned


MONTHLY = "month"


class OtherDayForm(HoursOfDayForm):
    """One day on which a counsellor receives besides, or does not."""

    is_there = forms.TypedChoiceField(
        label=gettext_lazy("In these hours"),
        choices=[("no", gettext_lazy("I do not receive")), ("yes", gettext_lazy("I receive besides"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    every = forms.ChoiceField(
        label=gettext_lazy("How often?"),
        choices=[
            ("0", gettext_lazy("On this day only")),
            ("2", gettext_lazy("Every two weeks from this day on")),
            ("3", gettext_lazy("Every three weeks from this day on")),
            ("4", gettext_lazy("Every four weeks from this day on")),
            ("8", gettext_lazy("Every eight weeks from this day on")),
            (MONTHLY, gettext_lazy("Every month from this day on, in the same week of the month")),
        ],
        required=False,
        initial="0",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        often = given.get("every") or "0"
        return given | {"every": 0 if often == MONTHLY else int(often), "is_monthly": often == MONTHLY}


class OutsideAddressForm(forms.Form):
    """Where a counsellor's own calendar is."""

    use_required_attribute = False

    address = forms.CharField(
        label=gettext_lazy("Secret address of your calendar, as iCal"),
        help_text=gettext_lazy(
            "Your calendar program gives it: “private address in iCal format”, “publish a calendar”."
        ),
        max_length=1000,
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": WRITE_AN_ADDRESS},
    )

    def clean_address(self) -> str:
        """Read the address as far as it can be judged without asking the network; webcal is https."""
        given: str = self.cleaned_data["address"].strip()
        given = re.sub(r"^webcals?://", "https://", given, flags=re.IGNORECASE)
        try:
            parts = urlsplit(given)
            _port = parts.port
        except ValueError:
            raise forms.ValidationError(WRITE_AN_ADDRESS) from None
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
            raise forms.ValidationError(WRITE_AN_ADDRESS)
        return given


class CalendarFileForm(forms.Form):
    """A calendar as a file."""

    use_required_attribute = False

    file = forms.FileField(
        label=gettext_lazy("File of your calendar (.ics)"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "invalid": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty: choose another one."),
            "max_length": gettext_lazy("The name of this file is too long: shorten it."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(why("big"))
        return file


class KindForm(forms.ModelForm[Kind]):
    """One kind of appointment."""

    use_required_attribute = False

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("How to meet"),
        choices=Channel.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one way to meet.")},
    )

    class Meta:
        model = Kind
        fields = (
            "name", "name_en", "nature", "minutes", "channels", "books", "bring", "bring_en", "is_open",
        )  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "minutes": forms.NumberInput(attrs={"class": "short"}),
            "name": forms.TextInput(attrs={"lang": "fr"}),
            "bring": forms.TextInput(attrs={"lang": "fr"}),
            "name_en": forms.TextInput(attrs={"lang": "en"}),
            "bring_en": forms.TextInput(attrs={"lang": "en"}),
        }

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if not STEP_MINUTES <= minutes <= LONGEST_MINUTES or minutes % STEP_MINUTES:
            raise forms.ValidationError(_("Choose whole five minutes, eight hours at most: 30 or 45."))
        return minutes

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Kind.objects.filter(agency=self.instance.agency, name=name).exclude(pk=self.instance.pk)
        if same.exists():
            raise forms.ValidationError(_("Another kind has this name. Choose another name."))
        return name


class WorkshopForm(forms.Form):
    """When a workshop takes place, who leads it, and for how many."""

    use_required_attribute = False

    day = DayToCome(label=gettext_lazy("Day"))
    start = Minute(gettext_lazy("From which hour?"), required=True)
    places = forms.IntegerField(
        label=gettext_lazy("How many places"), min_value=1, max_value=MOST_PLACES, initial=10
    )
    holder = forms.ModelChoiceField(label=gettext_lazy("Who leads it"), queryset=User.objects.none())

    def __init__(self, kind: Kind, data: Any = None) -> None:
        super().__init__(data)
        self.kind = kind
        holder: Any = self.fields["holder"]
        holder.queryset = counsellors_of(kind.agency).order_by("name")
        holder.label_from_instance = lambda user: user.name

    def clean(self) -> dict[str, Any]:
        """Return when it begins, by the clock on the wall of the agency."""
        cleaned: dict[str, Any] = super().clean() or {}
        day: dt.date | None = cleaned.pop("day", None)
        minute = cleaned.pop("start", None)
        if day is None or minute is None:
            return cleaned
        cleaned["starts_at"] = instant(day, minute, self.kind.agency.zone)
        if cleaned["starts_at"] <= clock.now():
            self.add_error("start", _("This time is past. Choose a time to come."))
        return cleaned


class InviteForm(forms.Form):
    """To which kind people are invited, and how long they have to choose."""

    use_required_attribute = False

    kind = forms.ModelChoiceField(
        label=gettext_lazy("To what do you invite?"),
        queryset=Kind.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose to what you invite."),
            "invalid_choice": gettext_lazy("Choose to what you invite."),
        },
    )
    days = forms.IntegerField(
        label=gettext_lazy("How many days to choose"),
        help_text=gettext_lazy("A reminder leaves after three days. Letters have five days more."),
        min_value=inviting.FEWEST_DAYS,
        max_value=inviting.MOST_DAYS,
        initial=inviting.DAYS,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def __init__(self, kinds: Any, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        field: Any = self.fields["kind"]
        field.queryset = kinds
        if len(kinds) == 1:
            field.initial = kinds[0].pk


class MoreForm(HoursOfDayForm):
    """The hours of one day in which somebody receives besides."""

    counsellor = forms.ModelChoiceField(label=gettext_lazy("Who receives"), queryset=User.objects.none())
    field_order = ("counsellor", "day", "start", "end")

    def __init__(self, counsellors: Any, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["counsellor"]
        field.queryset = counsellors
        field.label_from_instance = lambda user: user.name
        if len(counsellors) == 1:
            field.initial, field.widget = counsellors[0].pk, forms.HiddenInput()
