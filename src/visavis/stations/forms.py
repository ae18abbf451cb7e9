"""What is typed at a station, and what the head decides."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.stations.models import Rules

HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
MOST_SITES = 60


class TicketForm(forms.Form):
    """The number on a ticket."""

    use_required_attribute = False

    number = forms.IntegerField(
        label=_("Number of your ticket"),
        min_value=1,
        max_value=99_999,
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Write the number of your ticket."),
            "invalid": _("Write the number only, such as 12."),
            "min_value": _("Write the number only, such as 12."),
            "max_value": _("Write the number only, such as 12."),
        },
    )


class BadgeForm(forms.Form):
    """What is on a card, and the PIN that goes with it."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("What is written under the picture of your card"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Show your card to the camera, or write what is under its picture.")},
    )
    pin = forms.CharField(
        label=_("Your PIN: four figures"),
        max_length=12,
        widget=forms.PasswordInput(
            attrs={"class": "short", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        error_messages={"required": _("Write the four figures of your PIN.")},
    )


class EnrolForm(forms.Form):
    """The code that the head was shown."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Code of the station"),
        help_text=_("The head of the agency makes it on the page of the stations. It works half an hour."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Write the code that the page of the stations shows.")},
    )


class StationForm(forms.Form):
    """What a station is called."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("What is the station called?"),
        help_text=_("As it stands on it: Station 3, By the window."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write what the station is called.")},
    )
    is_booth = forms.BooleanField(
        label=_("It is a booth: camera, headset and a private corner"),
        help_text=_("Who books an interview by video may have the booth kept."),
        required=False,
    )


class RulesForm(forms.Form):
    """How one sits at the stations of an agency."""

    use_required_attribute = False

    minutes = forms.IntegerField(
        label=_("How many minutes does one sit there?"),
        min_value=5,
        max_value=240,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    more = forms.IntegerField(
        label=_("How many minutes more while nobody waits?"),
        min_value=5,
        max_value=120,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    pages = forms.IntegerField(
        label=_("How many pages may one print a day?"),
        min_value=0,
        max_value=500,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    sites = forms.CharField(
        label=_("Which other sites are open there?"),
        help_text=_(
            "One name a line, such as mail.example.fr. Only machines that “visavis station” runs open them."
        ),
        required=False,
        max_length=6_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_sites(self) -> str:
        """Keep names of hosts, each once, whatever stands around them."""
        found: list[str] = []
        for line in self.cleaned_data["sites"].split():
            host = re.sub(r"^https?://", "", line.strip().lower()).split("/")[0].strip(".,;")
            if not HOST.fullmatch(host):
                raise forms.ValidationError(
                    _("“%(line)s” is not the name of a site. Write it as mail.example.fr, one a line."),
                    params={"line": line[:60]},
                )
            if host not in found:
                found.append(host)
        if len(found) > MOST_SITES:
            raise forms.ValidationError(_("These are too many sites: sixty at most."))
        return "\n".join(found)

    def initial_of(self, rules: Rules) -> None:
        """Show what holds today."""
        self.initial = {name: getattr(rules, name) for name in ("minutes", "more", "pages", "sites")}
