"""Closing a person's account for her, at the counter or after her letter, and the way back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.jobseekers import opened, permissions
from visavis.jobseekers.forms.holding import HoldForm
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.views.people import desk
from visavis.journal import services as journal
from visavis.leaving import holding, services, taking
from visavis.leaving.models import UNDONE_FOR, Closing, Hold
from visavis.people.models import User

MOST_DIGITS = 19


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Close her account, or open it again: by reception and the head of her agency, and her counsellor."""
    actor = desk(request)
    jobseeker = opened.visible(actor, jobseeker_id)
    if not may_close(actor, jobseeker):
        raise Http404
    if request.method == "POST":
        try:
            if "reopen" in request.POST:
                services.reopen(user=jobseeker.user, by=actor)
                messages.success(request, _("The account is open again."))
            else:
                services.close(user=jobseeker.user, by=actor)
                messages.success(
                    request, _("The account is closed. Give the person the last day to come back.")
                )
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("jobseekers:person_leaving", jobseeker_id=jobseeker.pk)
    journal.read("jobseeker", jobseeker.pk, by=actor.pk, person_id=jobseeker.user_id)
    context = {
        "jobseeker": jobseeker,
        "closing": Closing.objects.filter(user=jobseeker.user).first(),
        "days": UNDONE_FOR.days,
        "may_take": permissions.follows(actor, jobseeker.user),
        "density": "staff",
    }
    return render(request, "jobseekers/leaving.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Hold her account, so that it is neither closed by itself nor erased; or end that."""
    actor = desk(request)
    jobseeker = opened.visible(actor, jobseeker_id)
    if not may_close(actor, jobseeker):
        raise Http404
    standing = Hold.objects.in_force().filter(user=jobseeker.user)
    is_ending = "end" in request.POST
    form = HoldForm(request.POST if request.method == "POST" and not is_ending else None)
    if is_ending:
        for held in standing.filter(pk=number_of(request.POST["end"])):
            holding.end(held=held, by=actor)
        return redirect(request.path)
    if form.is_bound and form.is_valid():
        try:
            holding.hold(user=jobseeker.user, by=actor, **form.cleaned_data)
        except holding.TooLong as refusal:
            form.add_error("until", str(refusal))
        else:
            messages.success(request, _("Noted: the account is held until this day."))
            return redirect(request.path)
    journal.read("jobseeker", jobseeker.pk, by=actor.pk, person_id=jobseeker.user_id)
    context = {
        "form": form,
        "title": _("Hold this account"),
        "hint": _(
            "While it is held, the account is neither closed by itself nor erased."
            " The person reads why in what she takes away."
        ),
        "save_label": _("Hold the account"),
        "jobseeker": jobseeker,
        "holds": standing,
    }
    return render(request, "jobseekers/hold.html", context)


def number_of(typed: str) -> int:
    """Return the number of a row as a button gives it; none of ours for anything else."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < MOST_DIGITS else 0


@require_POST
def take(request: HttpRequest, jobseeker_id: int) -> HttpResponseBase:
    """Take all that is kept of her away for her: her counsellor only, who reads it anyway."""
    sheet = opened.file(request, jobseeker_id, "data-out")
    if sheet.is_hers or not permissions.follows(sheet.by, sheet.jobseeker.user):
        raise Http404
    return taking.download(sheet.jobseeker.user, by=sheet.by)


def may_close(actor: User, jobseeker: Jobseeker) -> bool:
    """Say whether somebody may close an account for a person who asks it."""
    return permissions.can_assign(actor, jobseeker) or permissions.follows(actor, jobseeker.user)
