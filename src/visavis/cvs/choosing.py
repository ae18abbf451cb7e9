"""What one chooses before taking a CV: the format, the language, with a name or without."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.cvs import writing
from visavis.jobseekers.models import Jobseeker

# Format: writer, type of the file, its neutral name.
FILES: dict[str, tuple[Any, str, str]] = {
    "pdf": (writing.pdf, "application/pdf", "cv.pdf"),
    "europass": (writing.europass, "application/xml", "cv.xml"),
    "json": (writing.json_resume, "application/json", "cv.json"),
}


@dataclass(frozen=True)
class Taken:
    """A CV as a file."""

    content: bytes
    content_type: str
    name: str


class ChoiceForm(forms.Form):
    use_required_attribute = False
    error_css_class = "error"

    format = forms.ChoiceField(
        label=_("Which file?"),
        choices=[
            ("pdf", _("PDF: to print, or to send to an employer. On one page when it fits.")),
            ("europass", _("Europass: to go on with it on the European site Europass.")),
            ("json", _("JSON Resume: to take it to another site or program.")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a kind of file."),
            "invalid_choice": _("Choose a kind of file."),
        },
    )
    language = forms.ChoiceField(
        label=_("In which language?"),
        help_text=_("Titles and headings are translated; what was typed stays as it was typed."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect(attrs={"class": "two"}),
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language.")},
    )
    identity = forms.ChoiceField(
        label=_("With the name?"),
        choices=[
            ("yes", _("With the name, the phone number, the e-mail, the town and the former employers.")),
            ("no", _("Without the name: occupations, skills and years, and the department only.")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the two."),
            "invalid_choice": _("Choose one of the two."),
        },
    )
    own_words = forms.BooleanField(
        label=_("Add what is written under “In your own words” of the profile"),
        help_text=_(
            "What is under “In your own words” was written for the counsellor: read it again before it goes "
            "to an employer."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("own_words") and cleaned.get("identity") == "no":
            self.add_error(
                "own_words",
                _("Own words may say who it is: they only go into a CV with the name. Untick this."),
            )
        return cleaned

    def take(self, jobseeker: Jobseeker) -> Taken:
        """Make the CV that was chosen; the form is valid."""
        chosen = self.cleaned_data
        write, content_type, name = FILES[chosen["format"]]
        content = write(
            jobseeker,
            identity=chosen["identity"] == "yes",
            language=chosen["language"],
            own_words=chosen["own_words"],
        )
        return Taken(content, content_type, name)
