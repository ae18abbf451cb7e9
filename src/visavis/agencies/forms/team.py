"""Who is invited, in which role, away when, and who takes over."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from visavis.people.enums import Role
from visavis.people.models import User

ROLES = [(role.value, role.label) for role in (Role.COUNSELLOR, Role.RECEPTION, Role.HEAD)]
CHOOSE = _("Choose one of the answers of the page.")


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date", "class": "medium"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 31/12/2026.")},
    )


def role_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=ROLES,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


class InviteForm(forms.Form):
    """Who comes to work in an agency."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("First name and name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the name of your colleague.")},
    )
    email = forms.EmailField(
        label=_("E-mail at work"),
        help_text=_("Your colleague signs in with it. We do not keep it before."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Write the e-mail of your colleague."),
            "invalid": _("This is no e-mail address. Write for instance name@example.org."),
        },
    )
    role = role_field(_("What will your colleague do?"))


class JoinForm(forms.Form):
    """What a new colleague was given: a code on paper, for her e-mail."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("Your e-mail at work"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write the e-mail for which you were given the code."),
            "invalid": _("This is no e-mail address. Write for instance name@example.org."),
        },
    )
    code = forms.CharField(
        label=_("The code on paper"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "medium", "spellcheck": "false"}),
        error_messages={"required": _("Write the code that the head of your agency gave you.")},
    )


class RoleForm(forms.Form):
    """The one role somebody has in an agency from now on."""

    use_required_attribute = False
    role = role_field(_("What does this person do here from now on?"))


class AbsenceForm(forms.Form):
    """Which days somebody is away, and who stands in."""

    use_required_attribute = False

    starts_on = day_field(_("First day away"))
    ends_on = day_field(_("Last day away"))
    substitute = forms.ChoiceField(
        label=_("Who stands in?"),
        help_text=_(
            "On these days this colleague reads and does for the caseload what the counsellor does. "
            "The people are told on the first day, and when it is over."
        ),
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )

    def __init__(self, colleagues: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        choices = [("", _("Nobody"))] + [(key, one.name) for key, one in self.colleagues.items()]
        self.fields["substitute"].choices = choices  # type: ignore[attr-defined]

    def clean_substitute(self) -> User | None:
        return self.colleagues.get(self.cleaned_data["substitute"])


class HandoverForm(forms.Form):
    """Who takes over: one, or several among whom it is shared out."""

    use_required_attribute = False

    to = forms.MultipleChoiceField(
        label=_("Who takes over?"),
        help_text=_("With several, people are shared out: first to who follows the fewest."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": CHOOSE},
    )

    def __init__(self, colleagues: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        self.fields["to"].choices = [(key, one.name) for key, one in self.colleagues.items()]  # type: ignore[attr-defined]

    def clean_to(self) -> list[User]:
        return [self.colleagues[key] for key in self.cleaned_data["to"]]
