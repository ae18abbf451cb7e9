"""One colleague: her role, when she is away, what she hands over, that she leaves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies import absences, handing, roles, team
from visavis.agencies.forms import AbsenceForm, HandoverForm, RoleForm
from visavis.agencies.models import Absence, Agency
from visavis.agencies.views.team import headed
from visavis.common.errors import Refused
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest


@require_GET
def page(request: PersonRequest, agency_id: int, user_id: int) -> HttpResponse:
    """Show the head what one colleague does, holds and when she is away."""
    agency = headed(request, agency_id)
    user = colleague_of(agency, user_id)
    held = list(roles.held(agency, user))
    context = {
        "agency": agency,
        "colleague": user,
        "held": [Role(one.role).label for one in held],
        "lines": handing.preview(user, agency),
        "absences": absences_of(agency, user),
        "can_hand_over": bool(handing.takers(agency, user)),
        "back_url": reverse("agencies:team", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "agencies/colleague.html", context)


def colleague_of(agency: Agency, user_id: int) -> User:
    """Return who works or worked in an agency, or answer 404."""
    people = User.objects.filter(
        memberships__organisation=agency.organisation_id, memberships__role__in=roles.STAFF
    )
    return get_object_or_404(people.distinct(), pk=user_id)


def absences_of(agency: Agency, user: User) -> list[Absence]:
    return list(Absence.objects.to_come().filter(agency=agency, user=user).select_related("substitute"))


@require_http_methods(["GET", "HEAD", "POST"])
def role(request: PersonRequest, agency_id: int, user_id: int) -> HttpResponse:
    """Give a colleague another role."""
    agency = headed(request, agency_id)
    user = colleague_of(agency, user_id)
    held = roles.held(agency, user).order_by("pk").first()
    form = RoleForm(
        request.POST if request.method == "POST" else None, initial={"role": held.role if held else None}
    )
    if form.is_bound and form.is_valid():
        try:
            team.change_role(agency=agency, user=user, role=Role(form.cleaned_data["role"]), by=request.user)
        except Refused as refusal:
            form.add_error("role", str(refusal))
        else:
            messages.success(request, _("The role is changed. This person signs in again."))
            return redirect("agencies:team", agency_id=agency.pk)
    said = {"title": _("Another role for %(name)s") % {"name": user.name}, "save_label": _("Change the role")}
    return question(request, agency, user, form, **said)


@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: PersonRequest, agency_id: int, user_id: int) -> HttpResponse:
    """Note when somebody is away and who stands in: the head of anybody, everybody of herself."""
    agency, user = away(request, agency_id, user_id)
    is_own = user.pk == request.user.pk
    form = AbsenceForm(handing.takers(agency, user), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            absences.add(agency=agency, user=user, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            named = "substitute" if isinstance(refusal, absences.NotASubstitute) else "ends_on"
            form.add_error(named, str(refusal))
        else:
            messages.success(request, _("The absence is noted."))
            return redirect(request.path)
    context = {
        "form": form,
        "title": _("My absences") if is_own else _("Absences of %(name)s") % {"name": user.name},
        "save_label": _("Note the absence"),
        "absences": absences_of(agency, user),
        "back_url": back_url(agency, user, is_own=is_own),
    }
    return render(request, "agencies/absences.html", context)


def away(request: PersonRequest, agency_id: int, user_id: int) -> tuple[Agency, User]:
    """Return an agency and somebody whose absences the person may note there, or answer 404."""
    if user_id != request.user.pk:
        agency = headed(request, agency_id)
        return agency, colleague_of(agency, user_id)
    return get_object_or_404(Agency.objects.of(request.user), pk=agency_id), request.user


def back_url(agency: Agency, user: User, *, is_own: bool) -> str:
    if is_own:
        return reverse("agencies:page", args=[agency.pk])
    return reverse("agencies:colleague", args=[agency.pk, user.pk])


@require_POST
def end_absence(request: PersonRequest, absence_id: int) -> HttpResponse:
    """End an absence, or take back one that has not begun."""
    row = get_object_or_404(
        Absence.objects.visible_to(request.user).to_come().select_related("agency", "user"), pk=absence_id
    )
    try:
        absences.end(absence=row, by=request.user)
    except Refused as refusal:
        raise Http404 from refusal
    said = _("The absence is over.")
    if row.substitute_id:
        said += " " + _("Appointments that were given for these days come back, where the hour is free.")
    messages.success(request, said)
    return redirect("agencies:absences", agency_id=row.agency_id, user_id=row.user_id)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: PersonRequest, agency_id: int, user_id: int) -> HttpResponse:
    """Show what somebody holds, ask who takes over, and give all of it in one act."""
    agency = headed(request, agency_id)
    user = colleague_of(agency, user_id)
    form = HandoverForm(handing.takers(agency, user), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            handing.hand_over(agency=agency, former=user, to=form.cleaned_data["to"], by=request.user)
        except Refused as refusal:
            form.add_error("to", str(refusal))
        else:
            messages.success(request, _("All of it is handed over. For a week it can be taken back here."))
            return redirect("agencies:team", agency_id=agency.pk)
    said = {
        "title": _("Hand over what %(name)s holds") % {"name": user.name},
        "save_label": _("Hand it over"),
    }
    return question(request, agency, user, form, template="agencies/hand_over.html", **said)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: PersonRequest, agency_id: int, user_id: int) -> HttpResponse:
    """Say what ends when somebody leaves and who could take over, then end it at once."""
    agency = headed(request, agency_id)
    user = colleague_of(agency, user_id)
    form = HandoverForm(handing.takers(agency, user), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            team.let_go(agency=agency, user=user, by=request.user, to=form.cleaned_data["to"])
        except Refused as refusal:
            form.add_error("to", str(refusal))
        else:
            messages.success(request, _("This person has left. Every way in is closed."))
            is_own = user.pk == request.user.pk
            return redirect("account_login") if is_own else redirect("agencies:team", agency_id=agency.pk)
    said = {
        "title": _("%(name)s leaves the agency") % {"name": user.name},
        "save_label": _("End everything now"),
    }
    return question(request, agency, user, form, template="agencies/leave.html", **said)


def question(
    request: PersonRequest,
    agency: Agency,
    user: User,
    form: Any,
    template: str = "ui/question.html",
    **said: str,
) -> HttpResponse:
    """Render one question about a colleague, with what she holds."""
    context = {
        "form": form,
        "lines": handing.preview(user, agency),
        "told": handing.told(user, agency),
        "colleagues": bool(handing.takers(agency, user)),
        "back_url": reverse("agencies:colleague", args=[agency.pk, user.pk]),
        **said,
    }
    return render(request, template, context)
