"""What a person says when she makes a token."""

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from visavis.api.scopes import Scope, grantable
from visavis.people.models import User

DAYS = [("30", _("30 days")), ("90", _("90 days")), ("365", _("One year"))]


class TokenForm(forms.Form):
    """A name, what it may do, and for how long."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("What is it for?"),
        help_text=_("The name of the program, so that you know which token to revoke one day."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Give it a name."),
            "max_length": _("This name is too long. Keep it under %(limit_value)s characters."),
        },
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may the program do in your name?"),
        help_text=_("Tick as little as it needs."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one."),
            "invalid_choice": _("Choose among what your roles allow today."),
            "invalid_list": _("Choose among what your roles allow today."),
        },
    )
    days = forms.ChoiceField(
        label=_("For how long?"),
        choices=DAYS,
        initial="90",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three."),
            "invalid_choice": _("Choose one of the three."),
        },
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        choices = [(str(scope), scope.label) for scope in grantable(user)]
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]
        for validator in self.fields["name"].validators:
            if isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = _("This text contains a sign that we cannot keep. Type it again.")

    @property
    def chosen(self) -> list[Scope]:
        return [Scope(code) for code in self.cleaned_data["scopes"]]
