"""My account: who I am to the service, and how it reaches me. One change, one page, one line in the journal."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from visavis.common.errors import Refused
from visavis.people import addresses, codes, delivery, outgoing, second_factor, services
from visavis.people.addresses import Address, Kind
from visavis.people.codes import Purpose
from visavis.people.enums import Channel, Role
from visavis.people.forms import (
    ChannelForm,
    CodeForm,
    EmailForm,
    LanguageForm,
    NameForm,
    NewPasswordForm,
    PhoneForm,
    PostalAddressForm,
)
from visavis.people.identity import providers
from visavis.people.identity.providers import Provider
from visavis.people.identity.services import linked
from visavis.people.models import Membership, User
from visavis.people.requests import PersonRequest
from visavis.people.second_factor import recently_proven
from visavis.people.views.signing_in import reads_and_posts
from visavis.tries.once import Outcome


@require_GET
def page(request: PersonRequest) -> HttpResponse:
    """Show the account, each line with its change."""
    user = request.user
    held = [membership_words(membership) for membership in user.current_memberships]
    answers = [
        {"label": _("You are here as"), "lines": held},
        {"label": _("Name"), "value": user.name, "url": reverse("people:name")},
        {
            "label": _("Language"),
            "value": dict(settings.LANGUAGES).get(user.language),
            "url": reverse("people:language"),
        },
        {
            "label": _("How we reach you"),
            "value": Channel(user.channel).label,
            "url": reverse("people:channel"),
        },
        {"label": _("E-mail"), "value": user.email, "url": reverse("people:email")},
        {
            "label": _("Phone"),
            "value": addresses.phone_as_written(user.phone) if user.phone else "",
            "url": reverse("people:phone"),
        },
        {
            "label": _("Postal address"),
            "lines": user.postal_address.splitlines(),
            "url": reverse("people:postal_address"),
        },
    ]
    ways = [
        {
            "label": _("Password"),
            "value": _("You have one") if user.has_usable_password() else _("None: we send you a code"),
            "url": reverse("people:password"),
        },
        {
            "label": _("Second factor"),
            "value": _("You have one") if second_factor.has_factor(user) else _("None"),
            "url": reverse("mfa_index"),
        },
        *(
            identity_line(user, provider)
            for provider in providers.all_of_them()
            if provider.is_offered_to(user)
        ),
    ]
    context = {"answers": answers, "ways": ways, "is_jobseeker": user.has_role(Role.JOBSEEKER)}
    return render(request, "people/account.html", context)


def identity_line(user: User, provider: Provider) -> dict[str, str]:
    """Say whether a provider is linked."""
    is_linked = provider.slot in linked(user)
    return {
        "label": provider.name,
        "value": _("Linked: it lets you in") if is_linked else _("Not linked"),
        "url": reverse("people:identity", kwargs={"slot": provider.slot}),
    }


def membership_words(membership: Membership) -> str:
    """Say a role, and where it is held."""
    role = Role(membership.role).label
    return f"{role}, {membership.organisation.name}" if membership.organisation else str(role)


def change(
    request: PersonRequest, form: Form, save: Callable[[], None], *, field: str, more: dict[str, str]
) -> HttpResponse:
    """Ask one question, keep the answer, go back to the account."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Refused as refusal:
            form.add_error(field, str(refusal))
        else:
            messages.success(request, _("Your change is kept."))
            return redirect("people:account")
    context = {"form": form, "back_url": reverse("people:account"), "save_label": _("Save"), **more}
    return render(request, "people/change.html", context)


def change_field(
    request: PersonRequest, kind: type[Form], field: str, save: Callable[..., None], **more: str
) -> HttpResponse:
    """Ask for another value of one field of her account."""
    user = request.user
    form = kind(request.POST or None, initial={field: getattr(user, field)})
    return change(
        request,
        form,
        lambda: save(user=user, by=user, **{field: form.cleaned_data[field]}),
        field=field,
        more=more,
    )


@reads_and_posts
def name(request: PersonRequest) -> HttpResponse:
    return change_field(request, NameForm, "name", services.change_name)


@reads_and_posts
def language(request: PersonRequest) -> HttpResponse:
    return change_field(request, LanguageForm, "language", services.change_language)


@reads_and_posts
def channel(request: PersonRequest) -> HttpResponse:
    note = "people/channel_note.html"
    return change_field(request, ChannelForm, "channel", services.change_channel, after=note)


@reads_and_posts
def postal_address(request: PersonRequest) -> HttpResponse:
    return change_field(request, PostalAddressForm, "postal_address", services.change_postal_address)


@recently_proven
@reads_and_posts
def email(request: PersonRequest) -> HttpResponse:
    return new_address(request, EmailForm(request.POST or None), "email")


@recently_proven
@reads_and_posts
def phone(request: PersonRequest) -> HttpResponse:
    return new_address(request, PhoneForm(request.POST or None), "phone")


def new_address(request: PersonRequest, form: Form, kind: Kind) -> HttpResponse:
    """Send a code to the address she wants to have."""
    user = request.user
    if request.method == "POST" and form.is_valid():
        address: Address = form.cleaned_data["address"]
        try:
            codes.send(request, address, purpose=Purpose.CHANGE, language=user.language)
        except Refused as refusal:
            form.add_error("address", str(refusal))
        else:
            return redirect("people:address_code")
    current = {"email": user.email, "phone": user.phone and addresses.phone_as_written(user.phone)}[kind]
    more = {"back_url": reverse("people:account"), "save_label": _("Send me a code")}
    kept = (
        _("Now: %(address)s. It stays until the new one is proven.") % {"address": current} if current else ""
    )
    return render(request, "people/change.html", {"form": form, "kept": kept, **more})


@recently_proven
@reads_and_posts
def address_code(request: PersonRequest) -> HttpResponse:
    """Try the code sent to the new address; when it is right the address changes."""
    address = codes.pending(request, Purpose.CHANGE)
    if address is None:
        messages.warning(request, _("This code no longer works. Ask for a new one."))
        return redirect("people:account")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = codes.check(request, form.cleaned_data["code"], purpose=Purpose.CHANGE)
        if outcome is Outcome.RIGHT:
            return take_address(request, address)
        if outcome is Outcome.OVER:
            messages.warning(request, _("There were too many tries. This code is gone: ask for a new one."))
            return redirect("people:account")
        form.add_error("code", _("This is not the code we expect. Check it and try again."))
    return render(
        request,
        "people/address_code.html",
        {
            "form": form,
            "address": address,
            "is_late": codes.is_late(request),
            "back_url": reverse("people:account"),
        },
    )


def take_address(request: PersonRequest, address: Address) -> HttpResponse:
    """Change the address, and warn on the former one."""
    user = User.objects.get(pk=request.user.pk)
    former = getattr(user, address.kind)
    # An address that is added leaves the other one to be told.
    told = Address(address.kind, former) if former else delivery.address_of(user)
    try:
        services.change_address(user=user, address=address, by=user)
    except services.AddressTaken as refusal:
        messages.error(request, str(refusal))
        return redirect("people:account")
    if told is not None:
        outgoing.warn(user, former=told)
    messages.success(request, _("Your change is kept."))
    return redirect("people:account")


@recently_proven
@sensitive_post_parameters("password", "again")
@reads_and_posts
def password(request: PersonRequest) -> HttpResponse:
    """Set a password or change it; other sessions end."""
    user = request.user
    form = NewPasswordForm(request.POST or None, user=user)

    def save() -> None:
        services.change_password(user=user, password=form.cleaned_data["password"], by=user)
        update_session_auth_hash(request, user)
        outgoing.warn(user)

    note = _("A password is one way more, never a duty: a code by e-mail or text message is enough.")
    return change(request, form, save, field="password", more={"title": _("Choose a password"), "hint": note})
