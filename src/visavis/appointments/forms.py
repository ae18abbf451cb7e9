"""What is filled in about appointments by who gives them."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.agencies.forms.week import minute_of
from visavis.agencies.zones import instant
from visavis.appointments.enums import Channel
from visavis.appointments.models import Kind
from visavis.appointments.models.kind import LONGEST_MINUTES, MOST_PLACES, STEP_MINUTES
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User

A_DAY = gettext_lazy("Write a date, for example 15/01/2027.")
A_TIME = gettext_lazy("“%(text)s” is not a time. Write for instance 8:30.")


class Day(forms.DateField):
    """A day from today on."""

    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "medium"})
        formats = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"]
        errors = {"invalid": A_DAY, "required": A_DAY}
        super().__init__(widget=widget, input_formats=formats, error_messages=errors, **more)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and day < clock.today():
            raise forms.ValidationError(_("This day is past. Choose a day from today on."), code="past")
        return day


class Minute(forms.CharField):
    """An hour of the clock on the wall, as people write it."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"class": "short", "autocomplete": "off"})
        errors = {"required": gettext_lazy("Write a time, for instance 8:30.")}
        super().__init__(max_length=20, widget=widget, error_messages=errors, **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        minute = minute_of(text)
        if minute is None or minute % STEP_MINUTES:
            raise forms.ValidationError(A_TIME % {"text": text}, code="invalid")
        return minute


class OtherDayForm(forms.Form):
    """One day on which a counsellor receives besides, or does not."""

    use_required_attribute = False

    day = Day(label=gettext_lazy("Day"))
    start = Minute(label=gettext_lazy("From"))
    end = Minute(label=gettext_lazy("To"))
    is_there = forms.TypedChoiceField(
        label=gettext_lazy("In these hours"),
        choices=[("no", gettext_lazy("I do not receive")), ("yes", gettext_lazy("I receive besides"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("start"), cleaned.get("end")
        if start is not None and end is not None and end <= start:
            self.add_error("end", _("The end comes before the beginning. Check both times."))
        return cleaned


class KindForm(forms.ModelForm[Kind]):
    """One kind of appointment."""

    use_required_attribute = False

    channels = forms.MultipleChoiceField(
        label=gettext_lazy("How to meet"),
        choices=Channel,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one way to meet.")},
    )

    class Meta:
        model = Kind
        fields = ("name", "nature", "minutes", "channels", "books", "bring", "is_open")
        widgets: ClassVar[dict[str, Any]] = {"minutes": forms.NumberInput(attrs={"class": "short"})}

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

    day = Day(label=gettext_lazy("Day"))
    start = Minute(label=gettext_lazy("From"))
    places = forms.IntegerField(
        label=gettext_lazy("How many places"), min_value=1, max_value=MOST_PLACES, initial=10
    )
    holder = forms.ModelChoiceField(label=gettext_lazy("Who leads it"), queryset=User.objects.none())

    def __init__(self, kind: Kind, data: Any = None) -> None:
        super().__init__(data)
        self.kind = kind
        works = User.objects.filter(
            memberships__organisation=kind.agency.organisation_id,
            memberships__role=Role.COUNSELLOR,
            is_active=True,
        )
        holder: Any = self.fields["holder"]
        holder.queryset = works.distinct().order_by("name")
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
