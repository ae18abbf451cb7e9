"""What is given and chosen of paper: a scan, what a cover sheet is for, who is looked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.documents.models import Expected
from visavis.scans.enums import Purpose

TAKEN = "application/pdf,image/tiff,image/jpeg,image/png,.tif,.tiff,.pdf"


class DropForm(forms.Form):
    """A scan of many sheets."""

    use_required_attribute = False

    scan = forms.FileField(
        label=_("A scan: PDF, TIFF or a photo"),
        help_text=_(
            "As many sheets as you like, with a cover sheet before each person’s paper. 60 MB at most."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": TAKEN}),
        error_messages={
            "required": _("Choose the file that the scanner made."),
            "empty": _("The file is empty. Scan the pages again."),
        },
    )


class CoverForm(forms.Form):
    """What lies behind a cover sheet: a document that is asked for, another one, or a letter."""

    use_required_attribute = False

    purpose = forms.ChoiceField(
        label=_("What do you want to hand in?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is."), "invalid_choice": _("Choose what it is.")},
    )

    def __init__(self, *args: Any, missing: list[Expected], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = {f"{Purpose.DOCUMENT}-{one.pk}": one for one in missing}
        self.fields["purpose"].choices = [  # type: ignore[attr-defined]
            *((key, one.named) for key, one in self.missing.items()),
            (str(Purpose.MESSAGE), Purpose.MESSAGE.label),
            (str(Purpose.DOCUMENT), _("Another document")),
        ]

    @property
    def chosen(self) -> tuple[Purpose, Expected | None]:
        """Return the purpose, and for which request it is."""
        said = self.cleaned_data["purpose"]
        expected = self.missing.get(said)
        return (Purpose.DOCUMENT if expected else Purpose(said)), expected
