"""An employer comes: asks for an account, or joins with a colleague's code. What was typed waits in the session."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from visavis.common.errors import Refused
from visavis.employers import members, services, siret
from visavis.employers.forms import AskForm, JoinForm
from visavis.employers.models import Joining
from visavis.employers.services import Asked
from visavis.people import codes, limits
from visavis.people import services as people
from visavis.people.accounts import find
from visavis.people.addresses import Address
from visavis.people.codes import Purpose
from visavis.people.forms import CodeForm
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.people.views.signing_in import reads_and_posts
from visavis.tries.once import Outcome

KEPT = "employers_asked"


def signed_in(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@login_not_required
@require_GET
def i_hire(request: HttpRequest) -> HttpResponse:
    """Say how an employer comes, and by which three ways."""
    return render(request, "employers/door.html", {"title": _("I hire")})


@login_not_required
@never_cache
@reads_and_posts
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for an account."""
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, user=signed_in(request), initial=kept(request).get("form"))
    if data is not None and form.is_valid():
        return go_on(request, form, {"what": "ask"}, "employers/ask.html")
    return render(request, "employers/ask.html", asking(form))


def asking(form: AskForm) -> dict[str, Any]:
    return {
        "form": form,
        "title": _("Ask for an account"),
        "hint": _("Five answers. Then we call your establishment, and open the account."),
        "save_label": _("Continue"),
        "back_url": reverse("employers:door"),
    }


@login_not_required
@never_cache
@reads_and_posts
def join(request: HttpRequest) -> HttpResponse:
    """Join an employer with a code that a colleague gave."""
    data = request.POST if request.method == "POST" else None
    user = signed_in(request)
    refusal = "" if data is None else limits.refusal(request, limits.HANDED, typed_by(user, data))
    form = JoinForm(data, user=user, refusal=refusal, initial=kept(request).get("form"))
    if data is not None and form.is_valid():
        return go_on(request, form, {"what": "join"}, "employers/join.html")
    return render(request, "employers/join.html", joining(form))


def typed_by(user: User | None, data: QueryDict) -> str:
    """Return for whom tries of a code are counted: an account, else the address that was typed with it."""
    return f"user-{user.pk}" if user else str(data.get("address", "")).strip().lower()


def joining(form: JoinForm) -> dict[str, Any]:
    return {
        "form": form,
        "title": _("Join your colleagues"),
        "hint": _("A colleague who has an account gave you a code. He then says yes, once you are here."),
        "save_label": _("Continue"),
        "back_url": reverse("employers:door"),
    }


def go_on(request: HttpRequest, form: Any, said: dict[str, str], template: str) -> HttpResponse:
    """Keep what was typed; who is not signed in proves her address first."""
    address: Address | None = form.cleaned_data.get("address")
    typed = {name: str(form.data.get(name, "")) for name in form.fields}
    request.session[KEPT] = said | {"form": typed}
    if address is None:
        return redirect("employers:send")
    known = find(address)
    try:
        codes.send(request, address, purpose=Purpose.EMPLOYER, language=known.language if known else None)
    except Refused as refusal:
        form.add_error("address", str(refusal))
        shown = asking(form) if said["what"] == "ask" else joining(form)
        return render(request, template, shown)
    return redirect("employers:code")


def kept(request: HttpRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.session.get(KEPT, {})
    return found


def began(request: HttpRequest) -> str:
    """Return the page on which what is kept was typed: who joins has a colleague's code, and maybe no SIRET."""
    return "employers:join" if kept(request).get("what") == "join" else "employers:ask"


@login_not_required
@never_cache
@reads_and_posts
def code(request: HttpRequest) -> HttpResponse:
    """Try the code; then sign in, or open an account without a role yet."""
    if request.user.is_authenticated:
        return redirect("employers:send")
    address = codes.pending(request, Purpose.EMPLOYER)
    if address is None or not kept(request):
        messages.warning(request, _("This code no longer works. Ask for a new one."))
        return redirect(began(request))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = codes.check(request, form.cleaned_data["code"], purpose=Purpose.EMPLOYER)
        if outcome is Outcome.RIGHT:
            return come_in(request, address)
        people.note_refused_sign_in(user=find(address), how=f"code-{address.kind}")
        if outcome is Outcome.OVER:
            messages.warning(request, _("There were too many tries. This code is gone: ask for a new one."))
            return redirect(began(request))
        form.add_error("code", _("This is not the code we expect. Check it and try again."))
    context = {
        "form": form,
        "address": address,
        "is_late": codes.is_late(request),
        "save_label": _("Continue"),
        "back_url": reverse(began(request)),
    }
    return render(request, "employers/code.html", context)


def come_in(request: HttpRequest, address: Address) -> HttpResponse:
    """Let in who proved an address, and lead on to what was typed."""
    user = find(address)
    if user is None:
        name = str(kept(request)["form"].get("contact", ""))
        user = people.open_account(name=name, address=address, language=get_language() or "fr", by=None)
    record_authentication(request, user, method="code")
    led_on: HttpResponse = perform_login(request, Login(user=user, redirect_url=reverse("employers:send")))
    return led_on


@never_cache
@reads_and_posts
def send(request: PersonRequest) -> HttpResponse:
    """Show what was typed, then send it."""
    held = kept(request)
    if not held:
        return redirect("employers:mine")
    form: AskForm | JoinForm
    form = (AskForm if held["what"] == "ask" else JoinForm)(held["form"], user=request.user)
    if not form.is_valid():
        return redirect(began(request))
    if request.method == "POST":
        return sent(request, form)
    context = {
        "title": _("Is this right?"),
        "answers": answers(request.user, form),
        "save_label": _("Send my request"),
        "kept": _("We keep it to check it, and tell you what we decide.")
        if held["what"] == "ask"
        else _("Your colleague reads your name, and says yes or no."),
        "back_url": reverse(began(request)),
    }
    return render(request, "ui/check_answers.html", context)


def answers(user: User, form: AskForm | JoinForm) -> list[dict[str, str]]:
    said = form.cleaned_data
    shown = [{"label": _("Your name"), "value": user.name}]
    if isinstance(form, JoinForm):
        invitation = members.invitation_of(said["code"])
        name = invitation.account.name if invitation else ""
        return [{"label": _("Employer"), "value": name}, *shown]
    return [
        {"label": _("Name of the employer"), "value": said["name"]},
        {"label": _("SIRET of the establishment"), "value": siret.as_written(said["siret"])},
        *shown,
        {"label": _("Whom do you look for?"), "value": said["looking_for"]},
    ]


def sent(request: PersonRequest, form: AskForm | JoinForm) -> HttpResponse:
    """Send a request, or a wish to join."""
    user = request.user
    try:
        if isinstance(form, JoinForm):
            members.join_by_code(code=form.cleaned_data["code"], user=user)
            messages.success(request, _("Sent. Your colleague says yes, and you can begin."))
        else:
            asked: Asked = form.asked()
            row = services.ask(asked=asked, contact=user, by=user)
            messages.success(request, what_follows(row))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    request.session.pop(KEPT, None)
    return redirect("employers:mine")


def what_follows(row: object) -> str:
    if isinstance(row, Joining):
        return _("This employer has an account, or has asked for one. Its people or the agency answer you.")
    return _("Your request is sent. We call your establishment within two working days.")
