"""The head's page: who works in the agency, who is away, who is invited, who left and what she held."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies import handing, roles
from visavis.agencies import team as services
from visavis.agencies.forms import InviteForm
from visavis.agencies.handing import Counted
from visavis.agencies.models import Absence, Agency, Handover, Invitation
from visavis.common.errors import Refused
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.people.requests import PersonRequest

CODE = "agency-code"
LEFT_SHOWN = 30
HANDED_SHOWN = 10


@dataclass
class Colleague:
    """One person of the agency: what she does there, since when, and when she is away."""

    user: User
    held: list[Membership] = field(default_factory=list)
    away: Absence | None = None
    lines: list[Counted] = field(default_factory=list)

    @property
    def roles(self) -> list[str]:
        return [str(Role(one.role).label) for one in self.held]


@dataclass(frozen=True)
class Handed:
    """What was handed over, and whether it may still come back."""

    row: Handover
    to: list[str]
    can_take_back: bool


@require_GET
def team(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Show the head everybody of the agency."""
    agency = headed(request, agency_id)
    code = request.session.get(CODE)
    context = {
        "agency": agency,
        "colleagues": colleagues(agency),
        "left": who_left(agency),
        "invitations": Invitation.objects.visible_to(request.user).working().filter(agency=agency),
        "code": code if code and code["agency"] == agency.pk else None,
        "handed": handed(agency),
        "back_url": reverse("agencies:page", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "agencies/team.html", context)


def headed(request: PersonRequest, agency_id: int) -> Agency:
    """Return an agency that the person heads, or answer 404."""
    return get_object_or_404(
        Agency.objects.headed_by(request.user).select_related("organisation"), pk=agency_id
    )


def colleagues(agency: Agency) -> list[Colleague]:
    """Return who works there today, by name, with the absence that is now or comes next."""
    found: dict[int, Colleague] = {}
    for held in roles.held(agency).select_related("user").order_by("user__name", "user", "role"):
        found.setdefault(held.user_id, Colleague(held.user)).held.append(held)
    for absence in Absence.objects.to_come().filter(agency=agency).select_related("substitute"):
        one = found.get(absence.user_id)
        if one is not None and one.away is None:
            one.away = absence
    return list(found.values())


def who_left(agency: Agency) -> list[Colleague]:
    """Return who worked there and does no more, the last first, with what is still in her name."""
    past = Membership.objects.filter(organisation=agency.organisation_id, role__in=roles.STAFF)
    ended = past.exclude(user__in=roles.held(agency).values("user")).select_related("user")
    found: dict[int, Colleague] = {}
    for held in ended.order_by("-ends_on")[: 3 * LEFT_SHOWN]:
        found.setdefault(held.user_id, Colleague(held.user)).held.append(held)
    left = list(found.values())[:LEFT_SHOWN]
    for one in left:
        one.lines = handing.preview(one.user, agency)
    return left


def handed(agency: Agency) -> list[Handed]:
    """Return what was handed over last."""
    rows = list(Handover.objects.filter(agency=agency).select_related("former", "agency")[:HANDED_SHOWN])
    takers = {number for row in rows for part in row.moved.values() for number in part.values()}
    names = dict(User.objects.filter(pk__in=takers).values_list("pk", "name"))
    return [
        Handed(
            row,
            sorted({names.get(number, "") for part in row.moved.values() for number in part.values()} - {""}),
            handing.can_take_back(row),
        )
        for row in rows
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Invite a colleague: the code is shown on the page that follows, in this session only."""
    agency = headed(request, agency_id)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        row, code = services.invite(
            agency=agency, name=given["name"], email=given["email"], role=Role(given["role"]), by=request.user
        )
        request.session[CODE] = {"agency": agency.pk, "code": code, "name": row.name}
        return redirect("agencies:team", agency_id=agency.pk)
    context = {
        "form": form,
        "title": _("Invite a colleague"),
        "hint": _("You get a code on paper. With it and the e-mail your colleague comes in, within a week."),
        "save_label": _("Make the code"),
        "back_url": reverse("agencies:team", args=[agency.pk]),
    }
    return render(request, "ui/question.html", context)


@require_POST
def end_invitation(request: PersonRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    row = get_object_or_404(
        Invitation.objects.visible_to(request.user).select_related("agency"), pk=invitation_id
    )
    services.take_invitation_back(invitation=row, by=request.user)
    if (request.session.get(CODE) or {}).get("name") == row.name:
        del request.session[CODE]
    messages.success(request, _("This code opens nothing any more."))
    return redirect("agencies:team", agency_id=row.agency_id)


@require_POST
def take_back(request: PersonRequest, handover_id: int) -> HttpResponse:
    """Take back what was handed over."""
    row = get_object_or_404(
        Handover.objects.visible_to(request.user).select_related("agency"), pk=handover_id
    )
    try:
        number = handing.take_back(handover=row, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        words = ngettext("%(number)s is back where it was.", "%(number)s are back where they were.", number)
        messages.success(request, words % {"number": number})
    return redirect("agencies:team", agency_id=row.agency_id)
