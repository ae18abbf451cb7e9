"""What a person says when she makes a token."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from visavis.api.scopes import GRAVE, GRAVE_DAYS, Scope, grantable
from visavis.people.models import User

DAYS = [("7", _("7 days")), ("30", _("30 days")), ("90", _("90 days")), ("365", _("One year"))]


class ScopesField(forms.MultipleChoiceField):
    """What a program may do: as many as are ticked."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("invalid_choice", "invalid_list"), _("Choose among what your roles allow today.")
    )

    def __init__(self, **said: Any) -> None:
        super().__init__(required=False, **said)


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
    scopes = ScopesField(
        label=_("What may the program do in your name?"), help_text=_("Tick as little as it needs.")
    )
    grave = ScopesField(
        label=_("May it also do what hurts most in the wrong hands?"),
        help_text=_("Then the token lives 7 days at most, and each such act is told to you at once."),
    )
    days = forms.ChoiceField(
        label=_("For how long?"),
        choices=DAYS,
        initial="90",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers."),
            "invalid_choice": _("Choose one of the answers."),
        },
    )

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data)
        offered = grantable(user)
        for name, is_grave in (("scopes", False), ("grave", True)):
            shown = [(str(scope), scope.label) for scope in offered if (scope in GRAVE) == is_grave]
            self.fields[name].choices = shown  # type: ignore[attr-defined]
        if not GRAVE & set(offered):
            del self.fields["grave"]
        for validator in self.fields["name"].validators:
            if isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = _("This text contains a sign that we cannot keep. Type it again.")

    def clean(self) -> dict[str, Any]:
        """Ask for one thing at least; what is grave lives a week."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.chosen:
            self.add_error("scopes", _("Tick at least one."))
        if given.get("grave") and int(given.get("days") or 0) > GRAVE_DAYS:
            self.add_error(
                "days", _("For what changes your account, a token lives 7 days at most. Choose 7 days.")
            )
        return given

    @property
    def chosen(self) -> list[Scope]:
        given = self.cleaned_data
        return [Scope(code) for code in (*given.get("scopes", ()), *given.get("grave", ()))]
