"""The agency: who waits for a check, one account with what was checked, an employer on the phone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.employers import members, services, taking_down, wording
from visavis.employers.enums import TO_CHECK, Act, State
from visavis.employers.forms import CheckForm, NoForm, PersonFields, PhoneForm, SeenForm
from visavis.employers.models import Account, Joining
from visavis.employers.services import HasOne, Moved, NotNow
from visavis.journal import services as journal
from visavis.people import services as people
from visavis.people.accounts import find
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.vacancies.models import Vacancy

A_PAGE = 30
reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def allow(actor: User) -> None:
    if not actor.has_role(Role.COUNSELLOR, Role.HEAD):
        raise Http404


def handled(request: PersonRequest, account_id: int) -> Account:
    """Return an account that the agency handles, or answer 404."""
    rows = Account.objects.handled_by(request.user).select_related("contact", "employer")
    return get_object_or_404(rows, pk=account_id)


@require_GET
def listed(request: PersonRequest) -> HttpResponse:
    """List the accounts: those to check first, the oldest first."""
    allow(request.user)
    every = Account.objects.handled_by(request.user)
    asked = request.GET.get("state", "")
    show = asked if asked in SHOWN else "to-check"
    rows = every.filter(state__in=SHOWN[show]).select_related("contact")
    rows = rows.order_by("asked_at", "pk") if show == "to-check" else rows.order_by("name", "pk")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    journal.listed("employers", by=request.user.pk, shown=len(page), asked=(show, page.number))
    context = {
        "title": _("Employers"),
        "filters": filters(show),
        "page_obj": page,
        "show": show,
        "density": "staff",
    }
    return render(request, "employers/desk.html", context)


SHOWN: dict[str, list[State]] = {
    "to-check": sorted(TO_CHECK),
    "open": [State.OPEN],
    "no": [State.REFUSED, State.WITHDRAWN],
    "down": [State.DOWN],
}


def filters(show: str) -> list[dict[str, object]]:
    counts = dict(Account.objects.order_by().values_list("state").annotate(Count("pk")))
    labels = {
        "to-check": _("To check"),
        "open": pgettext("accounts", "Open"),
        "no": _("Refused or taken back"),
        "down": pgettext("accounts", "Taken down"),
    }
    return [
        {
            "url": f"{reverse('employers:desk')}?state={code}",
            "label": labels[code],
            "count": sum(counts.get(state, 0) for state in states),
            "is_current": code == show,
            "is_hot": code == "to-check",
        }
        for code, states in SHOWN.items()
    ]


@reads_and_posts
def one(request: PersonRequest, account_id: int) -> HttpResponse:
    """Show an account, and do what the agency decides of it; reading it is in the journal."""
    account = handled(request, account_id)
    if request.method != "POST":
        journal.read(account.THING, account.pk, by=request.user.pk, person_id=account.contact_id)
        return show(request, account)
    act = act_asked(request.POST.get("act", ""))
    if act is None:
        messages.error(
            request, _("We did not understand this answer. Nothing was changed: please choose again.")
        )
        return redirect(account.url)
    form = form_of(act, account, request.POST)
    if not form.is_valid():
        return show(request, account, form)
    try:
        perform(account, form, request.user)
    except Refused as refusal:
        return refused(request, account, form, refusal)
    messages.success(request, DONE[act]())
    return redirect(account.url)


FIELDS: dict[type[Refused], str] = {
    services.SameNumber: "number",
    services.NotSaidWhere: "details",
    services.PapersAlone: "way",
}


def field_of(refusal: Refused) -> str | None:
    """Return the field of a check that a refusal is about."""
    return FIELDS.get(type(refusal))


def refused(request: PersonRequest, account: Account, form: SeenForm, refusal: Refused) -> HttpResponse:
    """Show the page as it stands now, with why, and what was typed."""
    fresh = handled(request, account.pk)
    data = request.POST.copy()
    data["seen"] = str(fresh.version)
    again = form_of(form.asked_act, fresh, data)
    again.is_valid()
    again.add_error(field_of(refusal), str(refusal))
    return show(request, fresh, again, status=409 if isinstance(refusal, Moved | NotNow) else 200)


FORMS: dict[Act, type[SeenForm]] = {
    Act.TAKE_UP: SeenForm,
    Act.CHECK: CheckForm,
    Act.OPEN: SeenForm,
    Act.REFUSE: NoForm,
    Act.TAKE_DOWN: NoForm,
    Act.UNDO: SeenForm,
}
DONE: dict[Act, Callable[[], str]] = {
    Act.TAKE_UP: lambda: _("You check it: your colleagues see it."),
    Act.CHECK: lambda: _("The check is written down."),
    Act.OPEN: lambda: _("The account is open, and the employer is told."),
    Act.REFUSE: lambda: _("The account is refused, and the employer reads why."),
    Act.TAKE_DOWN: lambda: _(
        "The employer is taken down: nobody sees its vacancies, and who answered them is told."
    ),
    Act.UNDO: lambda: _("The last decision is taken back: everything stands as before."),
}


def act_asked(said: str) -> Act | None:
    return Act(said) if said in {act.value for act in FORMS} else None


def form_of(act: Act, account: Account, data: Any = None) -> SeenForm:
    return FORMS[act](data, act=act, account=account)


def perform(account: Account, form: SeenForm, by: User) -> None:
    """Call the one service of an act. Raises what it refuses."""
    who: dict[str, Any] = {"account": account, "by": by, "seen": form.cleaned_data["seen"]}
    match form:
        case CheckForm():
            services.note_check(check=form.check_seen(), **who)
        case NoForm():
            no = {"reason": form.cleaned_data["reason"], "words": form.cleaned_data["words"]}
            decide = services.refuse if form.asked_act == Act.REFUSE else taking_down.take_down
            decide(**no, **who)
        case _:
            plain: dict[Act, Callable[..., object]] = {
                Act.TAKE_UP: services.take_up,
                Act.OPEN: services.open_account,
                Act.UNDO: taking_down.take_back,
            }
            plain[form.asked_act](**who)


def offered(account: Account) -> list[Act]:
    """Return what the agency can do now."""
    has_yes = services.learnt(account).filter(outcome="confirmed").exists()
    may = {
        Act.TAKE_UP: account.state == State.ASKED,
        Act.OPEN: account.state == State.CHECKING and has_yes,
        Act.CHECK: account.is_to_check,
        Act.REFUSE: account.is_to_check,
        Act.TAKE_DOWN: account.is_open,
        Act.UNDO: taking_down.can_take_back(account),
    }
    return [act for act, is_offered in may.items() if is_offered]


def show(
    request: PersonRequest, account: Account, form: SeenForm | None = None, status: int = 200
) -> HttpResponse:
    forms = {
        act.name.lower(): form if form is not None and form.asked_act == act else form_of(act, account)
        for act in offered(account)
    }
    context = {
        "title": account.name,
        "account": account,
        "story": wording.story(account),
        "before": taking_down.taken_down_before(account),
        "checks": account.checks.select_related("by"),
        "lines": wording.steps_told(account),
        "members": account.members(),
        "joinings": account.joinings.filter(state=Joining.State.ASKED).select_related("user"),
        "vacancies": Vacancy.objects.filter(employer=account.employer_id).live().count(),
        "forms": forms,
        "form": form,
        "back_url": reverse("employers:desk"),
        "density": "staff",
    }
    return render(request, "employers/account.html", context, status=status)


# On the phone ----------------------------------------------------------------------------------------


@reads_and_posts
def on_the_phone(request: PersonRequest) -> HttpResponse:
    """Ask, check and open while the employer telephones; then write the vacancy."""
    allow(request.user)
    form = PhoneForm(request.POST if request.method == "POST" else None)
    known = None
    if request.method == "POST" and form.is_valid():
        try:
            account = opened_by_phone(form, request.user)
        except HasOne as refusal:
            known = refusal.account
            form.add_error("siret", str(refusal))
        except Refused as refusal:
            form.add_error(field_of(refusal), str(refusal))
        else:
            return redirect(after_phone(request, account))
    context = {
        "form": form,
        "title": _("An employer on the phone"),
        "known": known,
        "back_url": reverse("employers:desk"),
        "density": "staff",
    }
    return render(request, "employers/phone.html", context)


@transaction.atomic
def opened_by_phone(form: PhoneForm, by: User) -> Account:
    """Open the account where the check said yes; else keep the request, with the check."""
    contact = person_of(form, by)
    check, asked = form.check_seen(), form.asked()
    if check.outcome == "confirmed":
        return services.open_on_the_phone(asked=asked, contact=contact, check=check, by=by)
    row = services.ask(asked=asked, contact=contact, by=by)
    if isinstance(row, Joining):
        raise HasOne(row.account)
    services.note_check(account=row, check=check, by=by)
    return row


def after_phone(request: PersonRequest, account: Account) -> str:
    """Lead to the vacancy when the account is open."""
    if Account.objects.get(pk=account.pk).is_open:
        messages.success(request, _("The account is open. Write the vacancy now, while you talk."))
        return f"{reverse('vacancies:new')}?employer={account.employer_id}"
    messages.success(
        request, _("The request is kept, with your check. It opens after a check that says yes.")
    )
    return account.url


def person_of(form: PersonFields, by: User) -> User:
    """Return the account of the person by the e-mail or the phone, else a new one. Raises AddressTaken."""
    said, address = form.cleaned_data, form.address()
    known = find(address) if address else None
    if known is not None:
        return known
    user = people.open_account(
        name=said["contact"],
        address=address,
        language=get_language() or "fr",
        by=by,
        channel=Channel(said["channel"]),
    )
    if said["postal_address"]:
        people.change_postal_address(user=user, postal_address=said["postal_address"], by=by)
    if said["phone"] and address is not None and address.kind == "email":
        people.note_phone(user=user, phone=said["phone"], by=by)
    return user


@reads_and_posts
def add_person(request: PersonRequest, account_id: int) -> HttpResponse:
    """Let somebody act for an employer, on the agency's word: where nobody is left to say yes."""
    account = handled(request, account_id)
    if not account.is_open:
        raise Http404
    form = PersonFields(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                members.add(account=account, user=person_of(form, request.user), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This person belongs to the team now."))
            return redirect(account.url)
    context = {
        "form": form,
        "title": _("Add a person"),
        "hint": account.name,
        "kept": _("Call the establishment first: who is added may answer for it at once."),
        "save_label": _("Add this person"),
        "back_url": account.url,
        "density": "staff",
    }
    return render(request, "ui/question.html", context)
