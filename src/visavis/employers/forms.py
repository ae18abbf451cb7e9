"""What an employer fills in to come, and the agency to check him."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from visavis.employers import members, siret
from visavis.employers.enums import Act, Found, Kind, Outcome, Reason, Way
from visavis.employers.models import Account
from visavis.employers.services import Asked, NotSaidWhere, Seen
from visavis.employers.taking_down import REASONS
from visavis.people import addresses
from visavis.people.addresses import Address
from visavis.people.enums import Channel
from visavis.people.forms import AddressField, AnyPhoneField, PostalAddressField
from visavis.people.models import User
from visavis.vacancies.questions.form import Words

CHOOSE = _("Choose one of the answers of the page.")
CALLED = {"autocomplete": "off", "type": "tel", "class": "medium"}


class SiretField(forms.CharField):
    """Fourteen digits that go together, however they are spaced."""

    def __init__(self, **kwargs: Any) -> None:
        said: dict[str, Any] = {
            "label": _("SIRET of the establishment"),
            "help_text": _("Fourteen digits. They stand on your invoices and your payslips."),
            "max_length": 40,
            "widget": forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "class": "medium"}
            ),
            "error_messages": {"required": _("Write the SIRET, or call us if there is none.")},
        }
        super().__init__(**said | kwargs)

    def clean(self, value: Any) -> str:
        digits = siret.digits_of(super().clean(value) or "")
        if not digits:
            return ""
        if not siret.is_number(digits):
            raise ValidationError(_("A SIRET has digits only. It stands on your invoices."), code="letters")
        if len(digits) != siret.LENGTH:
            raise ValidationError(
                ngettext(
                    "A SIRET has 14 digits: here is %(number)s.",
                    "A SIRET has 14 digits: here are %(number)s.",
                    len(digits),
                )
                % {"number": len(digits)},
                code="length",
            )
        if not siret.has_its_key(digits):
            raise ValidationError(
                _("These 14 digits do not go together: one is mistyped. Compare them with an invoice."),
                code="key",
            )
        return digits


class EmployerFields(forms.Form):
    """Which employer, and for what."""

    use_required_attribute = False

    name = Words(
        label=_("Name of the employer"),
        help_text=_("As it stands on its door or its papers."),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Write the name of the employer.")},
    )
    siret = SiretField()

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            name=said["name"],
            siret=said.get("siret", ""),
            kind=Kind(said.get("kind") or Kind.COMPANY),
            phone=said.get("phone", ""),
            looking_for=said.get("looking_for", ""),
        )


class AskForm(EmployerFields):
    """Ask for an account. Who is signed in gives no address again."""

    contact = Words(
        label=_("Your name"),
        help_text=_("First name and last name: the agency asks for you."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Tell us your name.")},
    )
    address = AddressField(
        label=_("Your e-mail or your mobile number"),
        help_text=_("We send a code there, to be sure that it is yours. You need no password."),
        max_length=254,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": _("Give your e-mail or your mobile number.")},
    )
    looking_for = Words(
        label=_("Whom do you look for?"),
        help_text=_("In a word: “a baker, in January”."),
        max_length=300,
        required=False,
    )

    def __init__(self, data: Any = None, *, user: User | None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        if user is not None:
            del self.fields["contact"], self.fields["address"]


class JoinForm(forms.Form):
    """Join with a code that a colleague gave."""

    use_required_attribute = False

    code = Words(
        label=_("The code that your colleague gave you"),
        help_text=_("Ten letters and digits. It works for a week, once."),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "class": "medium"}
        ),
        error_messages={"required": _("Type the code that your colleague gave you.")},
    )
    contact = AskForm.base_fields["contact"]
    address = AskForm.base_fields["address"]

    def __init__(
        self, data: Any = None, *, user: User | None, refusal: str = "", initial: Any = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.refusal = refusal
        self.fields["contact"].help_text = _("First name and last name: your colleague knows you by it.")
        if user is not None:
            del self.fields["contact"], self.fields["address"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if self.refusal:
            # Before it is looked at: who has to wait learns nothing of the code.
            raise ValidationError(self.refusal, code="wait")
        if members.invitation_of(code) is None:
            raise ValidationError(members.WrongCode.words, code="wrong")
        return code


# The agency's ----------------------------------------------------------------------------------------


class SeenForm(forms.Form):
    """The version of the page that is answered."""

    use_required_attribute = False

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)
    act = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, act: Act, account: Account | None = None) -> None:
        self.asked_act = act
        version = account.version if account else None
        super().__init__(data, initial={"act": act.value, "seen": version}, auto_id=f"{act}-%s")


class CheckFields(forms.Form):
    """Whom the agency called, at which number, found where."""

    way = forms.ChoiceField(
        label=_("How did you check?"),
        choices=Way.choices,
        initial=Way.CALL,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    number = AnyPhoneField(
        label=_("Which number did you call?"),
        help_text=_("Find it yourself. The number of the request proves nothing: whoever asked answers it."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs=CALLED),
    )
    found = forms.ChoiceField(
        label=_("Where did you find this number?"),
        choices=[("", _("Choose")), *Found.choices],
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )
    details = Words(
        label=_("Which papers, or where exactly"),
        help_text=_("For example: CESU number seen on the card, or the address of the site."),
        max_length=200,
        required=False,
    )
    spoken_to = Words(
        label=_("With whom did you speak?"),
        max_length=120,
        error_messages={"required": _("Write with whom you spoke, or “nobody”.")},
    )
    outcome = forms.ChoiceField(
        label=_("What did you learn?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    is_published = forms.BooleanField(
        label=_("The number is the one of the request, and I saw it published where I say above"),
        help_text=_("Then write above where exactly: the page, the directory, the sign on the door."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        is_call = said.get("way") == Way.CALL
        if is_call and not said.get("number") and "number" not in self.errors:
            self.add_error("number", _("Write the number that you called."))
        if is_call and not said.get("found") and "found" not in self.errors:
            self.add_error("found", _("Say where you found this number."))
        needs_words = said.get("way") == Way.PAPERS or (is_call and said.get("found") == Found.OTHER)
        if needs_words and not said.get("details") and "details" not in self.errors:
            self.add_error("details", _("Write which papers you saw, or where you found the number."))
        elif (
            is_call and said.get("is_published") and not said.get("details") and "details" not in self.errors
        ):
            self.add_error("details", str(NotSaidWhere.words))
        return said

    def check_seen(self) -> Seen:
        said = self.cleaned_data
        return Seen(
            way=Way(said["way"]),
            spoken_to=said["spoken_to"],
            outcome=Outcome(said["outcome"]),
            number=said["number"],
            found=said["found"],
            details=said["details"],
            is_published=said["is_published"],
        )


class CheckForm(SeenForm, CheckFields):
    """A check, on the page of an account."""


class NoForm(SeenForm):
    """A no, with the reason that the employer reads."""

    reason = forms.ChoiceField(
        label=_("Why?"),
        help_text=_("The employer reads it in kind words."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason: the employer reads it."), "invalid_choice": CHOOSE},
    )
    words = Words(
        label=_("A word to the employer"),
        help_text=_("It is read as you write it. Name nobody else."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, act: Act, account: Account | None = None) -> None:
        super().__init__(data, act=act, account=account)
        choices = [(code.value, Reason(code).label) for code in REASONS[act]]
        self.fields["reason"].choices = choices  # type: ignore[attr-defined]


class PersonFields(forms.Form):
    """Somebody of an employer, as the agency writes it down."""

    use_required_attribute = False

    contact = Words(
        label=_("Name of the person"),
        max_length=120,
        error_messages={"required": _("Write the name of the person.")},
    )
    email = forms.CharField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )
    phone = AnyPhoneField(
        label=_("Phone"), max_length=40, required=False, widget=forms.TextInput(attrs=CALLED)
    )
    channel = forms.ChoiceField(
        label=_("How shall we tell what is new?"),
        choices=[(one.value, one.label) for one in Channel],
        initial=Channel.WEB,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    postal_address = PostalAddressField(
        help_text=_("For letters: the company if it is one, street, postcode and town. Without the name."),
        required=False,
    )

    def clean_email(self) -> str:
        given: str = self.cleaned_data["email"]
        return addresses.read_email(given) if given.strip() else ""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("channel") == Channel.WEB and not said.get("email") and "email" not in self.errors:
            self.add_error("email", _("Write the e-mail, or choose another way to tell."))
        by_phone = said.get("channel") in {Channel.SMS, Channel.PHONE}
        if by_phone and not said.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Write the phone number, or choose another way to tell."))
        is_lost = said.get("channel") == Channel.POST and not said.get("postal_address")
        if is_lost and "postal_address" not in self.errors:
            self.add_error("postal_address", _("Write the postal address, or choose another way to tell."))
        return said

    def address(self) -> Address | None:
        """Return the address that opens the account: the e-mail, else the phone."""
        said = self.cleaned_data
        if said["email"]:
            return Address("email", said["email"])
        return Address("phone", said["phone"]) if said["phone"] else None


class PhoneForm(EmployerFields, PersonFields, CheckFields):
    """An employer on the phone: who, who answers, the check, the account, on one page."""

    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=Kind.choices,
        initial=Kind.COMPANY,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    siret = SiretField(required=False)
    looking_for = AskForm.base_fields["looking_for"]

    OF_EMPLOYER = ("kind", "name", "siret", "looking_for")
    OF_PERSON = ("contact", "email", "phone", "channel", "postal_address")

    @property
    def parts(self) -> list[tuple[Any, list[Any]]]:
        """Return the fields under their headings."""
        named: tuple[tuple[Any, Iterable[str]], ...] = (
            (_("The employer"), self.OF_EMPLOYER),
            (_("Who speaks for it"), self.OF_PERSON),
            (_("The check: hang up, and call back a number that you find"), list(CheckFields.base_fields)),
        )
        return [(title, [self[name] for name in names]) for title, names in named]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        is_company = said.get("kind") == Kind.COMPANY
        if is_company and not said.get("siret") and "siret" not in self.errors:
            self.add_error("siret", _("Write the SIRET, or choose what has none."))
        return said
