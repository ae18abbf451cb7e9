"""What is asked to prepare a mandate, to begin it, and to end it for somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.mandates.enums import Days, Way
from visavis.mandates.errands import CHOICES, whole
from visavis.mandates.services import Asked, Named
from visavis.people.addresses import read_email

CHOOSE = _("Choose at least one thing that the helper may do.")
NOT_OFFERED = _("Choose among the answers of the page.")


class AskedForm(forms.Form):
    """What for, and how long."""

    use_required_attribute = False

    errands = forms.MultipleChoiceField(
        label=_("What may the helper do?"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": CHOOSE, "invalid_choice": NOT_OFFERED},
    )
    days = forms.TypedChoiceField(
        label=_("For how long?"),
        choices=Days.choices,
        coerce=int,
        initial=Days.MONTH,
        widget=forms.RadioSelect,
        help_text=_("It ends at midnight on the last day, and before when the person wants."),
        error_messages={"required": NOT_OFFERED, "invalid_choice": NOT_OFFERED},
    )

    @property
    def asked(self) -> Asked:
        return Asked(self.cleaned_data["days"], whole(self.cleaned_data["errands"]))


class Email(forms.CharField):
    """An e-mail address, as our own pages read it."""

    def clean(self, value: Any) -> Any:
        kept = super().clean(value)
        return read_email(kept) if kept else kept


class PaperForm(AskedForm):
    """The same at the counter, with who the helper is."""

    name = forms.CharField(
        label=_("First name and last name of the helper"),
        max_length=120,
        error_messages={"required": _("Write the name of the helper.")},
    )
    email = Email(
        label=_("E-mail of the helper"),
        help_text=_("The helper signs in with it. Without an account, one is opened now."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the e-mail of the helper.")},
    )
    organisation = forms.CharField(
        label=_("Association or service for which the helper works"),
        help_text=_("Leave it empty for a relative or a friend."),
        max_length=160,
        required=False,
    )

    field_order = ("name", "email", "organisation", "errands", "days")

    @property
    def named(self) -> Named:
        given = self.cleaned_data
        return Named(given["email"], given["name"].strip(), given["organisation"].strip())


class CodeForm(forms.Form):
    """The code that a person handed to her helper; a visitor says who she is as well."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("The code that the person gave you"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "medium"}),
        error_messages={"required": _("Write the code as it stands on the paper.")},
    )
    name = forms.CharField(
        label=_("Your first name and last name"),
        max_length=120,
        error_messages={"required": _("Write your name: the person sees who acts for her.")},
    )
    email = Email(
        label=_("Your e-mail"),
        help_text=_("You sign in with it. We send you a code each time."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write your e-mail.")},
    )

    def __init__(self, *args: Any, is_known: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        if is_known:
            del self.fields["name"], self.fields["email"]


class EndForm(forms.Form):
    """By which way the person said that a mandate ends."""

    way = forms.ChoiceField(
        label=_("How did the person say so?"),
        choices=[(one.value, one.label) for one in (Way.COUNTER, Way.PHONE, Way.POST)],
        widget=forms.RadioSelect,
        error_messages={"required": NOT_OFFERED, "invalid_choice": NOT_OFFERED},
    )
