"""What the head fills in when the door is closed for a time, or open on a day by hours of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.agencies.forms.team import day_field
from visavis.agencies.forms.week import MIDNIGHT, minute_of
from visavis.agencies.hours import Span, spans_written
from visavis.agencies.models import Agency
from visavis.agencies.zones import instant

WRITE_A_TIME = _("“%(text)s” is not a time. Write for instance 8:30.")


class HourField(forms.CharField):
    """A time as people write it; empty is none. Where something ends, midnight is the end of the day: 0 h is 24 h."""

    def __init__(
        self, label: Any, help_text: Any = "", *, required: bool = False, is_end: bool = False
    ) -> None:
        self.is_end = is_end
        super().__init__(
            label=label,
            help_text=help_text,
            required=required,
            max_length=20,
            widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
            error_messages={"required": _("Write a time, for instance 8:30.")},
        )

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        minute = minute_of(text)
        if minute is None:
            raise forms.ValidationError(WRITE_A_TIME % {"text": text})
        return MIDNIGHT if self.is_end and minute == 0 else minute


def why_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Why?"),
        help_text=_("In a few words: everybody reads them on the page of the agency."),
        required=required,
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say why the door is closed: everybody reads it.")},
    )


class ClosureForm(forms.Form):
    """From a day and an hour to a day and an hour, by the clock of the agency, and why."""

    use_required_attribute = False

    first_day = day_field(_("Closed from"))
    first_hour = HourField(_("From which hour?"), _("Leave it empty to close from the morning on."))
    last_day = day_field(_("Closed until"), _("The last day on which the door is closed."))
    last_hour = HourField(
        _("Until which hour?"), _("Leave it empty to close until the evening."), is_end=True
    )
    reason = why_field(required=True)

    def __init__(self, agency: Agency, data: Any = None) -> None:
        self.agency = agency
        super().__init__(data)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            first, last = cleaned["first_hour"] or 0, cleaned["last_hour"]
            cleaned["starts_at"] = instant(cleaned["first_day"], first, self.agency.zone)
            cleaned["ends_at"] = instant(
                cleaned["last_day"], 1440 if last is None else last, self.agency.zone
            )
        return cleaned


class OpenDayForm(forms.Form):
    """A day, one or two spans, and why."""

    use_required_attribute = False

    day = day_field(_("Which day?"))
    opens = HourField(_("Opens at"), required=True)
    closes = HourField(_("Closes at"), required=True, is_end=True)
    opens_again = HourField(_("Opens again at"))
    closes_again = HourField(_("Closes again at"), is_end=True)
    reason = why_field(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        spans = [Span(cleaned["opens"], cleaned["closes"])]
        again = cleaned["opens_again"], cleaned["closes_again"]
        if (again[0] is None) != (again[1] is None):
            self.add_error(
                "closes_again" if again[1] is None else "opens_again",
                _("Write both times, or none of the two."),
            )
        elif again[0] is not None:
            spans.append(Span(*again))
        for name, span in zip(("closes", "closes_again"), spans, strict=False):
            if span.start >= span.end:
                self.add_error(name, _("Closing comes before opening. Check both times."))
        if len(spans) == 2 and spans[1].start < spans[0].end:
            self.add_error("opens_again", _("The second opening comes before the first closing."))
        if not self.errors:
            cleaned["spans"] = spans_written(tuple(spans))
        return cleaned
