"""What is mine: where my requests stand, and the team of each employer I belong to."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.employers import members, services, wording
from visavis.employers.enums import State
from visavis.employers.models import Account, Joining
from visavis.people.models import Membership, User
from visavis.people.requests import PersonRequest

CODE = "employers_code"


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """Show the team of each of her employers, then where her requests stand."""
    actor = request.user
    teams = [team(account, actor) for account in Account.objects.joined_by(actor).select_related("employer")]
    shown = {one["account"].pk for one in teams}  # type: ignore[attr-defined]
    asked = Account.objects.filter(contact=actor).exclude(pk__in=shown)
    context = {
        "title": _("Your team") if teams else _("Your request"),
        "teams": teams,
        "code": code_made(request),
        "requests": [{"row": row, "story": wording.story(row)} for row in asked if not has_left(row, actor)],
        "joinings": Joining.objects.filter(user=actor, state=Joining.State.ASKED).select_related("account"),
    }
    return render(request, "employers/mine.html", context)


def code_made(request: PersonRequest) -> dict[str, object] | None:
    """Return the code that she made, as long as somebody can still use it."""
    made: dict[str, object] | None = request.session.get(CODE)
    return made if made and members.invitation_of(str(made["code"])) else None


def has_left(row: Account, actor: User) -> bool:
    """Say whether she asked for an account that is open, and no longer belongs to it."""
    return row.state == State.OPEN and not row.members().filter(user=actor).exists()


def team(account: Account, actor: User) -> dict[str, object]:
    held = list(account.members())
    return {
        "account": account,
        "members": held,
        "joinings": list(Joining.objects.answerable_by(actor).filter(account=account).select_related("user")),
        "is_last": len(held) == 1,
        "leave_url": reverse("employers:leave", kwargs={"membership_id": own.pk})
        if (own := of(held, actor))
        else "",
    }


def of(held: list[Membership], actor: User) -> Membership | None:
    return next((one for one in held if one.user_id == actor.pk), None)


@require_POST
def withdraw(request: PersonRequest, account_id: int) -> HttpResponse:
    """Take one's request back."""
    row = get_object_or_404(Account.objects.filter(contact=request.user), pk=account_id)
    try:
        services.withdraw(account=row, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("Your request is taken back."))
    return redirect("employers:mine")


@require_POST
def invite(request: PersonRequest, account_id: int) -> HttpResponse:
    """Make a code for a colleague; it is shown on the page that follows, in this session only."""
    account = get_object_or_404(Account.objects.joined_by(request.user), pk=account_id)
    try:
        made = members.invite(account=account, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        request.session[CODE] = {"account": account.pk, "code": made}
    return redirect("employers:mine")


@require_POST
def answer(request: PersonRequest, joining_id: int) -> HttpResponse:
    """Say yes or no to who asks to join: one of the employer's people, or the agency."""
    joining = get_object_or_404(Joining.objects.visible_to(request.user), pk=joining_id)
    accepted = request.POST.get("answer") == "yes"
    try:
        members.answer(joining=joining, accepted=accepted, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        said = _("This person belongs to the team now.") if accepted else _("This person does not join.")
        messages.success(request, said)
    return redirect((request.POST.get("back") == "desk" and joining.account.url) or "employers:mine")


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PersonRequest, membership_id: int) -> HttpResponse:
    """Ask whether somebody really leaves, or is taken off; then end it at once."""
    account, held = belonging(request.user, membership_id)
    is_own = held.user_id == request.user.pk
    if request.method == "POST":
        try:
            closed = members.leave(account=account, user=held.user, by=request.user)
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("employers:mine")
        if is_own:
            # Her own session is over as well: she reads the sentence on the page where one signs in.
            logout(request)
        messages.success(request, left(closed, is_own))
        return redirect("account_login" if is_own else "employers:mine")
    context = {
        "title": _("Leave this employer?") if is_own else _("Take this person off the team?"),
        "text": f"{held.user.name} – {account.name}",
        "warning": what_follows(account, is_own),
        "save_label": _("Yes, leave") if is_own else _("Yes, take off"),
        "danger": True,
        "back_url": reverse("employers:mine"),
    }
    return render(request, "employers/leave.html", context)


def belonging(actor: User, membership_id: int) -> tuple[Account, Membership]:
    """Return a membership that the actor may end, with its account, or answer 404."""
    may = Account.objects.joined_by(actor) | Account.objects.handled_by(actor)
    held = get_object_or_404(
        Membership.objects.current().select_related("user"),
        pk=membership_id,
        organisation__employer__accounts__in=may.filter(state=State.OPEN),
    )
    account = get_object_or_404(may, state=State.OPEN, employer__organisation=held.organisation_id)
    return account, held


def what_follows(account: Account, is_own: bool) -> str:
    if account.members().count() == 1:
        return _(
            "Nobody is left after that: the open vacancies are closed, and the people who wait are told. "
            "Call us to come back."
        )
    if is_own:
        return _("You are signed out everywhere, at once. A colleague can give you a new code later.")
    return _("This person is signed out everywhere, at once, and reads nothing of yours any more.")


def left(closed: int, is_own: bool) -> str:
    said = _("You have left.") if is_own else _("This person has left the team.")
    if closed:
        said += " " + ngettext(
            "%(number)s vacancy is closed.", "%(number)s vacancies are closed.", closed
        ) % {"number": closed}
    return said
