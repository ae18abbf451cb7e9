"""The first page of everybody, and each role's home."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.agencies.words import doors
from visavis.people import waiting
from visavis.people.models import User
from visavis.portal import homes


@login_not_required
@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """Show the newest openings, who it is for and where the door is; a signed-in person goes home."""
    if request.user.is_authenticated:
        return redirect("portal:home")
    context = waiting.home(request, None) | {
        "title": _("Welcome"),
        "doors": doors(),
    }
    return render(request, "portal/door.html", context)


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Show what each of her roles has to see first."""
    if not isinstance(request.user, User):
        raise Http404
    sections = homes.sections(request)
    is_staff = request.user.is_service_staff
    context = {
        "title": _("Hello %(name)s") % {"name": request.user.name},
        "sections": sections,
        "density": "staff" if is_staff else "",
    }
    return render(request, "portal/home.html", context)


@login_not_required
@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept about people, for how long, and who reads it."""
    return render(
        request, "portal/privacy.html", {"title": _("What we keep about you"), "kept": homes.retention()}
    )


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is, honestly."""
    return render(request, "portal/accessibility.html", {"title": _("Accessibility")})
