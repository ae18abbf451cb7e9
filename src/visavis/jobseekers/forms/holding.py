"""Why an account is held, and until when."""

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.leaving.models import Hold


class HoldForm(forms.Form):
    """A reason of the list, and a last day."""

    use_required_attribute = False

    why = forms.ChoiceField(
        label=_("Why is it held?"),
        choices=Hold.Why,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers of the page."),
            "invalid_choice": _("Choose one of the answers of the page."),
        },
    )
    until = forms.DateField(
        label=_("Until which day?"),
        help_text=_("A year from now at most. It can be held again."),
        widget=forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 31/12/2026.")},
    )
