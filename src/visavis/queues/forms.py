"""What reception fills in for somebody who came, and at which desk one sits."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.agencies import roles
from visavis.agencies.models import Agency
from visavis.people.models import User
from visavis.queues.enums import Priority


def colleagues(agency: Agency) -> list[User]:
    """Return who works in an agency today, by name."""
    people = User.objects.filter(memberships__in=roles.held(agency), is_active=True)
    return list(people.order_by("name", "pk").distinct())


class DeskForm(forms.Form):
    """The desk to which people are called."""

    use_required_attribute = False

    desk = forms.CharField(
        label=_("My desk"),
        max_length=12,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
        error_messages={"required": _("Write the number of your desk, as it stands on it.")},
    )


class ComeInForm(forms.Form):
    """How urgent it is, whether it is short, and for whom."""

    use_required_attribute = False

    priority = forms.TypedChoiceField(
        label=_("Why now?"),
        choices=[(str(one.value), one.label) for one in reversed(Priority)],
        coerce=lambda value: Priority(int(value)),
        initial=str(Priority.USUAL.value),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one.")},
    )
    is_short = forms.BooleanField(
        label=_("A short matter: a paper, a card or a letter, one question"),
        required=False,
        help_text=_(
            "Any desk calls it between the others. Who comes first, or to one colleague, keeps her turn."
        ),
    )
    to = forms.ChoiceField(
        label=_("For one colleague only"),
        required=False,
        help_text=_("Leave it empty: whoever is free calls."),
    )

    def __init__(self, agency: Agency, data: Any = None) -> None:
        super().__init__(data)
        self.people = {str(one.pk): one for one in colleagues(agency)}
        field: Any = self.fields["to"]
        field.choices = [("", _("Whoever is free")), *((key, one.name) for key, one in self.people.items())]

    def clean_to(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])
