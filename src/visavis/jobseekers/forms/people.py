"""Opening a file for somebody who stands at the counter or is on the phone."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.jobseekers import finding
from visavis.jobseekers.forms.question import NOT_OFFERED, Words
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.services import Newcomer, same_address
from visavis.people import addresses
from visavis.people.enums import Channel, Role
from visavis.people.forms import PostalAddressField
from visavis.people.models import Membership, User
from visavis.people.names import in_any_order

HAS_FILE = _("This person has a file already. Open that file rather than a second one.")
HAS_ACCOUNT = _(
    "Somebody is known by this e-mail or phone, and you may not open that file. Ask the head of the agency."
)
NEEDS_EMAIL = _("To reach the person by e-mail, write the address, or choose another way.")
NEEDS_PHONE = _("To reach the person by phone or text message, write the number, or choose another way.")
NEEDS_POSTAL = _("To reach the person by letter, write the postal address, or choose another way.")


class ByName(forms.ModelChoiceField[Any]):
    """A row shown by its name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class NewcomerForm(forms.Form):
    """A name is enough: a person without e-mail and phone has a file like anybody else."""

    use_required_attribute = False

    name = Words(label=_("First name and last name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Language of the letters and pages"),
        choices=settings.LANGUAGES,
        initial="fr",
        widget=forms.RadioSelect(attrs={"class": "two"}),
        error_messages={"invalid_choice": NOT_OFFERED, "required": NOT_OFFERED},
    )
    email = Words(
        label=_("E-mail"),
        help_text=_("Leave it empty if the person has none."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = Words(
        label=_("Phone"),
        help_text=_("Leave it empty if the person has none."),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "class": "medium"}),
    )
    channel = forms.ChoiceField(
        label=_("How does the person want to be reached?"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_OFFERED, "required": _("Choose how to reach the person.")},
    )
    postal_address = PostalAddressField(
        help_text=_("Without the name: street, postcode and town. Leave it empty if the person has none."),
        required=False,
    )
    agency = ByName(
        label=_("Agency"),
        queryset=Agency.objects.none(),
        error_messages={"invalid_choice": NOT_OFFERED, "required": _("Choose the agency.")},
    )
    counsellor = ByName(
        label=_("Counsellor"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Not chosen yet"),
        error_messages={"invalid_choice": NOT_OFFERED},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = Agency.objects.of(by)
        organisations = list(agencies.values_list("organisation", flat=True))
        counsellors = Membership.objects.current().filter(
            role=Role.COUNSELLOR, organisation__in=organisations
        )
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["agency"].initial = agencies.first()
        self.fields["counsellor"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            pk__in=counsellors.values("user"), is_active=True
        ).order_by("name")
        self.by = by
        self.namesakes: list[Jobseeker] = []
        self.visible: set[int] = set()
        self.marks: dict[int, str] = {}
        self.known: list[Jobseeker] = []
        if self.is_bound:
            self.look_for_namesakes(organisations)

    def look_for_namesakes(self, organisations: list[int]) -> None:
        """When the agency knows somebody of this name, ask whether it is the same person."""
        name = " ".join(str(self.data.get("name", "")).replace("\0", "").split())[:120]
        if not name:
            return
        here = Jobseeker.objects.filter(agency__organisation__in=organisations)
        key = in_any_order(name)
        known = finding.known(here.filter(user__name_key=key)) if key else []
        same = {one.pk: finding.marks(one) for one in known}
        rows = Jobseeker.objects.filter(pk__in=list(same)).select_related("user", "counsellor")
        self.namesakes = list(rows.order_by("user__name", "pk")[:5])
        self.marks = same
        visible = Jobseeker.objects.visible_to(self.by).filter(pk__in=[one.pk for one in self.namesakes])
        self.visible = set(visible.values_list("pk", flat=True))
        if self.namesakes:
            self.fields["is_another"] = forms.BooleanField(
                label=_("I have checked: this is another person"),
                error_messages={
                    "required": _(
                        "The agency knows somebody of this name. Check that it is not the same person."
                    )
                },
            )

    def clean_name(self) -> str:
        name = " ".join((self.cleaned_data["name"] or "").split())
        if not name:
            raise forms.ValidationError(_("Write the name of the person."))
        return name

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        return addresses.read_email(email) if email else ""

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        return addresses.read_phone(phone) if phone else ""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        channel = cleaned.get("channel")
        if channel == Channel.WEB and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", NEEDS_EMAIL)
        if (
            channel in {Channel.SMS, Channel.PHONE}
            and not cleaned.get("phone")
            and "phone" not in self.errors
        ):
            self.add_error("phone", NEEDS_PHONE)
        if (
            channel == Channel.POST
            and not cleaned.get("postal_address")
            and "postal_address" not in self.errors
        ):
            self.add_error("postal_address", NEEDS_POSTAL)
        if not self.errors:
            self.check_addresses()
        return cleaned

    def check_addresses(self) -> None:
        """Say that a file exists, and keep it for the page to link to when the actor may open it."""
        same = same_address(self.newcomer)
        seen = Jobseeker.objects.visible_to(self.by).filter(user__in=same).exclude(user=self.by)
        self.known = list(seen.select_related("user"))
        linked = {one.user_id for one in self.known}
        for user in same:
            name = "email" if user.email and user.email == self.cleaned_data["email"].lower() else "phone"
            self.add_error(name, HAS_FILE if user.pk in linked else HAS_ACCOUNT)

    def known_by_name(self) -> list[tuple[Jobseeker, str]]:
        """Return who has this name, in whatever order it is written, and what tells them apart."""
        return [(one, self.marks[one.pk]) for one in self.namesakes]

    @property
    def newcomer(self) -> Newcomer:
        return Newcomer(
            name=self.cleaned_data["name"],
            language=self.cleaned_data["language"],
            channel=Channel(self.cleaned_data["channel"]),
            email=self.cleaned_data["email"],
            phone=self.cleaned_data["phone"],
            postal_address=self.cleaned_data["postal_address"],
        )


class ReachForm(forms.Form):
    """By what channel a person is reached, and where letters go."""

    use_required_attribute = False

    channel = forms.TypedChoiceField(
        coerce=Channel,
        label=_("How does the person want to be reached?"),
        choices=Channel.choices,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": NOT_OFFERED, "required": _("Choose how to reach the person.")},
    )
    phone = NewcomerForm.base_fields["phone"]
    postal_address = NewcomerForm.base_fields["postal_address"]

    def clean_phone(self) -> str | None:
        """Return the number as it is kept; nothing where the page did not ask for it."""
        if "phone" not in self.data:
            return None
        return addresses.read_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("channel") in {Channel.SMS, Channel.PHONE} and given.get("phone") == "":
            self.add_error("phone", NEEDS_PHONE)
        return given
