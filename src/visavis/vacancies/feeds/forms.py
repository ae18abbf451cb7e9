"""Forms of the page where a feed's file is put, looked at and read."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visavis.ui.dates import hour_of_minute
from visavis.vacancies.feeds import formats, mapping
from visavis.vacancies.models import FeedAddress, FeedUpload
from visavis.vacancies.questions.form import Words

MOST_BYTES = 50_000_000


class FileForm(forms.Form):
    """A file, and the source it comes from."""

    TOO_BIG = _("This file is bigger than 50 MB: read it with the command import_feed.")

    use_required_attribute = False
    name = Words(
        label=_("Which source does it come from?"),
        help_text=_("The same name each time: what the source no longer brings is then closed."),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
        error_messages={"required": _("Give the source a name.")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "A table (CSV), a web page or JSON with JobPostings, PositionOpenings in XML; or France Travail’s "
            "JSON. At most 50 MB here; the command import_feed reads more."
        ),
        max_length=200,
        error_messages={
            "required": _("Choose a file."),
            "invalid": _("Choose a file."),
            "empty": _("This file is empty: choose another one."),
            "max_length": _("The name of this file is too long: shorten it."),
        },
    )
    format = forms.ChoiceField(
        label=_("Format"),
        required=False,
        choices=[
            ("", _("See from the file")),
            *((code, one.label) for code, one in formats.FORMATS.items()),
        ],
        error_messages={"invalid_choice": _("Choose one of these formats.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(self.TOO_BIG)
        return file


class AddressForm(forms.Form):
    """Where a source is fetched from, and at which hour of the day."""

    use_required_attribute = False
    name = Words(
        label=_("Which source is it?"),
        help_text=_("The same name each time: what the source no longer brings is then closed."),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
        error_messages={"required": _("Give the source a name.")},
    )
    address = forms.CharField(
        label=_("Address of its file"),
        help_text=_("An https:// address that the source gave you, with its key if it has one."),
        max_length=500,
        widget=forms.URLInput,
        error_messages={"required": _("Write the whole address: https://source.example/offres.json.")},
    )
    hour = forms.TypedChoiceField(
        label=_("Fetched each day at"),
        coerce=int,
        initial=4,
        choices=[(number, hour_of_minute(number * 60)) for number in range(24)],
        error_messages={
            "invalid_choice": _("Choose one of these hours."),
            "required": _("Choose one of these hours."),
        },
    )
    is_partial = forms.BooleanField(
        label=_("This file is only a part of the source: close nothing."), required=False
    )

    def __init__(self, data: Any = None, *, row: FeedAddress | None = None) -> None:
        told = {name: getattr(row, name) for name in ("address", "hour", "is_partial")} if row else None
        super().__init__(data, initial=told)
        if row is not None:
            del self.fields["name"]

    def clean_address(self) -> str:
        """Read the address as far as it can be judged without asking the network."""
        given: str = self.cleaned_data["address"].strip()
        wrong = forms.ValidationError(_("Write the whole address: https://source.example/offres.json."))
        try:
            parts = urlsplit(given)
            _port = parts.port
        except ValueError as error:
            raise wrong from error
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username or parts.fragment:
            raise wrong
        return given


class ColumnsForm(forms.Form):
    """One choice a column: what it holds."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, upload: FeedUpload) -> None:
        super().__init__(data)
        self.names: list[str] = upload.preview.get("columns", [])
        self.values: list[list[str]] = upload.preview.get("values", [])
        choices = [("", pgettext_lazy("column", "Leave it out")), *mapping.FIELDS.items()]
        for place, name in enumerate(self.names):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=name,
                required=False,
                choices=choices,
                initial=upload.columns.get(name, ""),
                error_messages={"invalid_choice": _("Choose one of these fields.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        chosen = self.columns()
        if not {"title", "occupation"} & set(chosen.values()):
            raise forms.ValidationError(_("Say which column holds the title."))
        if doubled := mapping.twice(chosen):
            labels = ", ".join(str(mapping.FIELDS[field]) for field in doubled)
            raise forms.ValidationError(
                _("Two columns cannot hold the same thing: %(fields)s.") % {"fields": labels}
            )
        return cleaned

    def columns(self) -> dict[str, str]:
        """Return what each column was said to hold."""
        return {name: self.cleaned_data.get(f"c{place}", "") for place, name in enumerate(self.names)}

    def rows(self) -> list[dict[str, Any]]:
        """Return each column with its choice and its first values."""
        return [
            {
                "field": self[f"c{place}"],
                "values": [value for value in self.values[place] if value.strip()]
                if place < len(self.values)
                else [],
            }
            for place in range(len(self.names))
        ]


class ReadForm(forms.Form):
    """What to do with the file."""

    use_required_attribute = False
    is_partial = forms.BooleanField(
        label=_("This file is only a part of the source: close nothing."), required=False
    )
