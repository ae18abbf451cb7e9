"""A person's card: reception gives it, blocks it and replaces it; she herself blocks one that she has lost."""

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.requests import PersonRequest, actor_of
from visavis.stations import badges
from visavis.stations.models import Badge

GIVEN = "badge-given"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Show the card of who stands there, and give, replace or block it. Code and PIN are shown this once."""
    actor = actor_of(request)
    jobseeker = opened.visible(actor, jobseeker_id)
    person = jobseeker.user
    if acts_for(actor, person, Capacity.COUNSELLOR, Capacity.COUNTER) is None or person.pk == actor.pk:
        raise Http404
    opened.note_reading(request, "badge", jobseeker.pk, jobseeker)
    if request.method == "POST":
        if request.POST.get("act") == "block":
            badges.block(person=person, by=actor)
            messages.success(request, _("The card opens nothing any more."))
        else:
            try:
                row, code, pin = badges.issue(person=person, by=actor)
            except Refused as refusal:
                messages.error(request, str(refusal))
            else:
                request.session[GIVEN] = {"badge": row.pk, "code": code, "pin": pin}
        return redirect("stations:badge_of", jobseeker_id=jobseeker.pk)
    badge = Badge.objects.valid().of(person).first()
    given = request.session.pop(GIVEN, None)
    if given and (badge is None or given["badge"] != badge.pk):
        given = None
    context = {
        "person": person,
        "badge": badge,
        "given": given,
        "qr": picture(given["code"]) if given else "",
        "back_url": reverse("jobseekers:person", args=[jobseeker.pk]),
        "density": "staff",
    }
    return render(request, "stations/badge_of.html", context)


def picture(code: str) -> str:
    return str(segno.make_qr(code, error="m").svg_data_uri(border=2, scale=6, dark="#000", light="#fff"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show her own card, and let her block it."""
    if not request.user.has_role(Role.JOBSEEKER):
        raise Http404
    if request.method == "POST":
        badges.block(person=request.user, by=request.user)
        messages.success(request, _("Your card opens nothing any more. Reception gives you another."))
        return redirect("stations:mine")
    context = {
        "badge": Badge.objects.valid().of(request.user).first(),
        "back_url": reverse("people:account"),
    }
    return render(request, "stations/mine.html", context)
