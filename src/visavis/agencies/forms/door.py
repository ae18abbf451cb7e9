"""What the head of an agency fills in of its door: what it is called, where it is, which number rings there."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.catalog.places import How, commune_for
from visavis.people import addresses
from visavis.ui.widgets import SuggestInput

# A name alone may be that of several towns; with a postcode or a department it is one.
SURE = frozenset({How.NAME_AND_POSTCODE, How.NAME_AND_DEPARTMENT, How.NAME})


def words_field(label: Any, most: int, missing: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, error_messages={"required": missing}, **more)


class DoorForm(forms.Form):
    """The name, the address and the phone of an agency, as everybody reads them."""

    use_required_attribute = False

    name = words_field(_("Name of the agency"), 160, _("Write the name of the agency."))
    address = words_field(_("Street and number"), 200, _("Write the street and the number of the door."))
    town = words_field(
        _("Town"),
        120,
        _("Write the town in which the door is."),
        help_text=_("With its postcode where several towns have this name: 26000 Valence."),
        widget=SuggestInput(url=reverse_lazy("catalog:suggest_communes")),
    )
    phone = words_field(
        _("Phone number that rings at the door"),
        40,
        _("Write the number that people call."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "medium"}),
    )

    def __init__(self, agency: Agency, data: Any = None) -> None:
        self.agency = agency
        self.town_before = f"{agency.commune.name} ({agency.commune.department_id})"
        told = {"name": agency.name, "address": agency.address, "town": self.town_before}
        super().__init__(data, initial=told | {"phone": agency.phone_shown})

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_address(self) -> str:
        return " ".join(self.cleaned_data["address"].split())

    def clean_phone(self) -> str:
        return addresses.read_phone(self.cleaned_data["phone"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("town", "")
        if typed == self.town_before:
            cleaned["commune"] = self.agency.commune
        elif typed:
            found = commune_for(name=typed)
            if found.commune is None or found.how not in SURE:
                self.add_error("town", _("We know no town of this name. Write it with its postcode."))
            cleaned["commune"] = found.commune
        return cleaned
