"""Fields that several forms ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.common import clock

A_DAY = _("Write a date, for example 15/01/2027.")


class DayToCome(forms.DateField):
    """A day from today on, as browsers send it or as people write it."""

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
