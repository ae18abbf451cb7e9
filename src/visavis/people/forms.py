"""What people type about themselves."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm as AllauthAuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm as AllauthActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm as AllauthAddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from visavis.people import addresses, limits, second_factor, services, wording
from visavis.people.addresses import Address
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.people.second_factor import factor_account
from visavis.tries.limits import forgive

CODE_HELP = _("All the digits of the message. Spaces do not matter.")
CODE_ATTRIBUTES = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "medium"}


class AddressField(forms.CharField):
    """An e-mail or a mobile number: gives an Address."""

    def clean(self, value: Any) -> Any:
        kept = super().clean(value)
        return addresses.read(kept) if kept else None


class AnyPhoneField(forms.CharField):
    """A number that somebody can call, a landline too: gives it in E.164."""

    def clean(self, value: Any) -> str:
        kept: str = super().clean(value)
        try:
            return addresses.read_phone(kept) if kept else ""
        except ValidationError as error:
            raise ValidationError(
                _("This is not a whole phone number. Write it such as 04 75 12 34 56."), code="phone"
            ) from error


class LetterForm(forms.Form):
    """What stands on a letter from the counter."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Your name, as on the letter"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name as it stands on the letter.")},
    )
    code = forms.CharField(
        label=_("The code on the letter"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "medium", "spellcheck": "false"}),
        error_messages={"required": _("Write the code that stands on the letter.")},
    )


class AskedBack(forms.Form):
    """A form whose e-mail address is asked back once where it is a letter off a known carrier: no code would arrive."""

    as_typed = forms.CharField(required=False, max_length=254, widget=forms.HiddenInput)

    def ask_back(self, address: Address | None) -> Address | None:
        """Return the address. Raises a ValidationError with the likely one; who sends it again means it."""
        likely = addresses.likely(address.value) if address and address.kind == "email" else ""
        if address is None or not likely or self.data.get("as_typed") == address.value:
            return address
        data: Any = self.data
        self.data = data = data.copy()
        data["as_typed"] = address.value
        raise ValidationError(
            _("Do you mean %(likely)s? Correct it. If what you typed is right, send it once more."),
            code="likely",
            params={"likely": likely},
        )


class AddressForm(AskedBack):
    """Where a code can reach her."""

    address = AddressField(
        label=_("Your e-mail or your mobile number"),
        help_text=_("We send you a code there. You need no password."),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Give your e-mail or your mobile number.")},
    )

    def clean_address(self) -> Address | None:
        return self.ask_back(self.cleaned_data["address"])


class CodeForm(forms.Form):
    """The code she received."""

    code = forms.CharField(
        label=_("The code you received"),
        help_text=CODE_HELP,
        max_length=20,
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
        error_messages={"required": _("Type the digits of the code you received.")},
    )


class CodeAndNameForm(CodeForm):
    """The code, and the name of whoever has no account yet: the same for known and unknown."""

    name = forms.CharField(
        label=_("Your name, if you have no account yet"),
        help_text=_(
            "First name and last name, as you want us to write them. With an account, leave this empty."
        ),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class NameForm(forms.Form):
    """What we call her."""

    name = forms.CharField(
        label=_("What is your name?"),
        help_text=_("First name and last name, as you want us to write them."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tell us your name.")},
    )


class PasswordSignInForm(AddressForm):
    """An address and a password."""

    address = AddressField(
        label=_("Your e-mail or your mobile number"),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Give your e-mail or your mobile number.")},
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password.")},
    )


class PasswordAgainForm(forms.Form):
    """The password, to prove that it is still her."""

    password = PasswordSignInForm.base_fields["password"]


class NewPasswordForm(forms.Form):
    """A password, typed twice."""

    password = forms.CharField(
        label=_("Your new password"),
        help_text=_("At least 12 characters. A sentence of four or five words is easy to keep in mind."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type the password you want.")},
    )
    again = forms.CharField(
        label=_("The same password again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Type the password a second time.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("The two passwords are not the same. Type this one again."))
        return given


class EmailForm(AskedBack):
    """A new e-mail address."""

    address = forms.CharField(
        label=_("Your new e-mail"),
        help_text=_("We send a code there, to be sure that it is yours."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Type your new e-mail.")},
    )

    def clean_address(self) -> Address | None:
        return self.ask_back(Address("email", addresses.read_email(self.cleaned_data["address"])))


class PhoneForm(forms.Form):
    """A new mobile number."""

    address = forms.CharField(
        label=_("Your new mobile number"),
        help_text=_("We send a code there by text message. To add a landline, call us."),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "medium"}),
        error_messages={"required": _("Type your new number.")},
    )

    def clean_address(self) -> Address:
        return Address("phone", addresses.read_mobile(self.cleaned_data["address"]))


class LanguageForm(forms.Form):
    """The language of the pages and of our messages."""

    language = forms.ChoiceField(
        label=_("Which language do you want to read?"),
        help_text=_("Our pages, our messages and our letters follow it."),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
    )


class ChannelForm(forms.Form):
    """How she wants to be reached."""

    channel = forms.TypedChoiceField(
        coerce=Channel,
        label=_("How do you want us to reach you?"),
        help_text=_(
            "We use this way for everything we have to tell you. You can change it whenever you like."
        ),
        choices=[
            (Channel.WEB, _("On the site, with an e-mail that says something is waiting for you")),
            (Channel.SMS, _("By text message: a short word, and the number to call")),
            (Channel.PHONE, _("By phone: a person calls you, and calls again if you were busy")),
            (Channel.POST, _("By letter: everything comes on paper, and you answer on paper")),
            (Channel.COUNTER, _("At the counter: we tell you when you come, nothing is sent")),
        ],
        widget=forms.RadioSelect,
    )


class PostalAddressField(forms.CharField):
    """Where letters go: gives the lines, without the name."""

    def __init__(self, **kwargs: Any) -> None:
        defaults = {
            "label": _("Postal address"),
            "max_length": 250,
            "widget": forms.Textarea(attrs={"rows": 4, "autocomplete": "street-address", "class": "medium"}),
        }
        super().__init__(**{**defaults, **kwargs})

    def clean(self, value: Any) -> str:
        return addresses.read_postal(super().clean(value) or "")


class PostalAddressForm(forms.Form):
    """Where letters reach her."""

    postal_address = PostalAddressField(
        label=_("Where do letters reach you?"),
        help_text=_("Without your name: street, postcode and town. Leave it empty if you have no address."),
        required=False,
    )


# Second factors: allauth's forms, in our words ------------------------------------------------------


class FactorTried(forms.Form):
    """What is the same of both: a try is counted in the database, and the step of an application works once."""

    user: User

    def clean_code(self) -> str:
        request, account = context.request, factor_account(self.user)
        if refusal := limits.refusal(request, limits.FACTORS, account):
            raise ValidationError(refusal, code="too_many")
        code: str = self.cleaned_data["code"]
        self.authenticator = second_factor.taken(self.user, code)
        if self.authenticator is None:
            services.note_refused_sign_in(user=self.user, how="second-factor")
            raise ValidationError(wording.WRONG_CODE, code="incorrect_code")
        forgive(request, limits.FACTORS, account)
        return code


class AuthenticateForm(FactorTried, AllauthAuthenticateForm):
    """The code of an application, or a recovery code, while signing in."""

    code = forms.CharField(
        label=_("The code of your application"),
        help_text=_("Six digits that change every 30 seconds. A recovery code works too."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "class": "medium"}),
        error_messages={"required": _("Type the code your application shows.")},
    )


class ReauthenticateForm(FactorTried, AllauthReauthenticateForm):
    """The same, to prove that it is still her."""

    code = AuthenticateForm.base_fields["code"]


class ActivateTOTPForm(AllauthActivateTOTPForm):
    """The first code of an application, to be sure that it is set up."""

    code = forms.CharField(
        label=_("The code your application shows now"),
        help_text=_("Six digits. Spaces do not matter."),
        max_length=20,
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
        error_messages={"required": _("Type the six digits your application shows.")},
    )

    def clean_code(self) -> str:
        """Take the first code: it is used then, and opens nothing in another browser."""
        if refusal := limits.refusal(context.request, limits.FACTORS, factor_account(self.user)):
            raise ValidationError(refusal, code="too_many")
        code: str = self.cleaned_data["code"]
        if not second_factor.step_taken(self.user, self.secret, code):
            raise ValidationError(wording.WRONG_CODE, code="incorrect_code")
        return code


class AddWebAuthnForm(AllauthAddWebAuthnForm):
    """A passkey: this phone, this computer or a security key."""

    name = forms.CharField(
        label=_("What do you call this device?"),
        help_text=_("For instance: my phone, the blue key."),
        max_length=60,
        required=False,
    )


class JournalForm(forms.Form):
    """What to look for in the journal."""

    person = forms.IntegerField(label=_("About person number"), required=False, min_value=1)
    actor = forms.IntegerField(label=_("By person number"), required=False, min_value=1)
    action = forms.ChoiceField(label=_("What was done"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("Everything"))]
        self.fields["action"].choices = everything + list(wording.ACTIONS.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            raise ValidationError(_("The first day comes after the last one."))
        return given
