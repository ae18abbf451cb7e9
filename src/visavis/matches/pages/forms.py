"""Forms of matches."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.catalog.models import Occupation
from visavis.matches.ideal import corrections
from visavis.matches.models import Correction
from visavis.matches.models.ideal import LONGEST_REASON
from visavis.matches.pages import wording


class CorrectionForm(forms.Form):
    """Which line of an ideal profile, what to do with it, and why."""

    use_required_attribute = False

    what = forms.ChoiceField(
        label=_("What to do with it?"),
        choices=Correction.What.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what to do with the line."),
            "invalid_choice": _("Choose what to do with the line."),
        },
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("In a sentence. Everybody can read it: write no name."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
        error_messages={"required": _("Say why.")},
    )

    def __init__(self, data: Any = None, *, occupation: Occupation) -> None:
        super().__init__(data)
        traits = corrections.traits_shown(occupation)
        if not corrections.traits_stopped(occupation):
            self.fields["what"].choices = [  # type: ignore[attr-defined]
                choice for choice in Correction.What.choices if choice[0] != Correction.What.KEPT
            ]
        labels = wording.labels_of_traits(traits)
        self.fields["trait"] = forms.ChoiceField(
            label=_("Which line?"),
            choices=[("", _("Choose the line")), *((code, wording.trait(code, labels)) for code in traits)],
            error_messages={"required": _("Choose the line."), "invalid_choice": _("Choose the line.")},
        )
        self.order_fields(["trait", "what", "reason"])
