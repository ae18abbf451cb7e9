"""The site's window: where the companion asks, and she answers. The companion never holds her session.

The page itself is the same for everybody of a role. What it asks of the service goes through the addresses below,
each for whoever is signed in; what it says to the companion is in `static/traces/window.js`.
"""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from visavis.catalog.models import Interest
from visavis.common.errors import Refused
from visavis.consents import services as consents
from visavis.jobseekers import permissions, questions
from visavis.jobseekers import services as jobseekers
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.traces import keys, periods, permits

INTERESTS = questions.BY_SLUG["interests"]
MOST_BODY = 8192


@login_not_required
@require_GET
def window(request: HttpRequest) -> HttpResponse:
    """Show the page that the companion opens. Works for whoever is signed in as a jobseeker."""
    user = request.user
    context = {
        "title": _("The companion asks"),
        "is_signed_in": isinstance(user, User),
        "is_jobseeker": isinstance(user, User) and permits.can_have_permits(user),
    }
    response = render(request, "traces/window.html", context)
    # The companion's page and this one speak with each other: this one may keep its opener, no other page may.
    response["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


@require_POST
def permit(request: PersonRequest) -> HttpResponse:
    """Sign a blinded message for her, or say why not in the companion's word."""
    if not permits.can_have_permits(request.user):
        raise Http404
    try:
        said = body_of(request)
        blinded, period = keys.from_b64(said["blinded"]), str(said["period"])
        signature = permits.give(blinded=blinded, period=period, by=request.user)
    except permits.NotGiven as refusal:
        return JsonResponse({"why": refusal.why, "words": str(refusal)})
    except (Refused, KeyError, ValueError, AttributeError):
        return JsonResponse({"words": str(keys.CannotBeSigned())}, status=400)
    return JsonResponse({"signature": keys.b64(signature)})


@require_POST
def interests(request: PersonRequest) -> HttpResponse:
    """Put what she ticked in her file beside what is there, as the ordinary form does, journal included."""
    if not permissions.can_have_profile(request.user):
        raise Http404
    try:
        sent = body_of(request)
        asked = [str(one) for one in sent["interests"]]
    except (KeyError, TypeError, ValueError):
        sent, asked = {}, []
    known = {one["code"] for one in periods.table()["interests"]}
    wanted = [code for code in dict.fromkeys(asked) if code in known]
    if wanted and not consents.is_read(INTERESTS.slug, sent.get(consents.SHOWN)):
        return JsonResponse({"words": str(consents.NOT_READ)}, status=400)
    if not wanted or not add(wanted, by=request.user):
        return JsonResponse({"words": _("Nothing was kept: tick at least one line.")}, status=400)
    return JsonResponse({"saved": wanted})


def add(wanted: list[str], *, by: User) -> bool:
    """Save the question on interests with what it holds and what is new; False when the catalogue knows none of it.

    What she has by another way, the letters of her type say, stays: the ordinary form has no line for it.
    """
    known = [code for code in wanted if Interest.objects.filter(pk=code, kind=Interest.Kind.CENTRE).exists()]
    if len(known) < len(wanted):
        return False
    with transaction.atomic():
        jobseeker = jobseekers.locked_after_yes(jobseekers.profile_of(by))
        stored = INTERESTS.answer.read(jobseeker)["interests"]
        held = [*stored, *(code for code in known if code not in stored)]
        if len(held) > len(stored):
            data = {"interests": held, "nothing": False}
            jobseekers.save_answer(jobseeker=jobseeker, question=INTERESTS, data=data, by=by)
    return True


def body_of(request: HttpRequest) -> dict[str, Any]:
    """Return the object that the page sends. Raises ValueError."""
    if len(request.body) > MOST_BODY:
        raise ValueError
    try:
        said = json.loads(request.body)
    except RecursionError as error:
        raise ValueError from error
    if not isinstance(said, dict):
        raise ValueError
    return said
