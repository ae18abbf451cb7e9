"""Take everything away; close the account; open it again."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.leaving import kept, quiet, services, taking
from visavis.leaving.models import UNDONE_FOR
from visavis.people.requests import PersonRequest


@login_not_required
@require_GET
def kept_of_people(request: HttpRequest) -> HttpResponse:
    """Say what is kept, until when, why and by which law: to anybody."""
    context = {
        "title": _("What is kept, and until when"),
        "back_url": reverse("portal:privacy"),
        "of_people": kept.rows(about_people=True),
        "of_nobody": kept.rows(about_people=False),
        "years": quiet.YEARS,
        "days": quiet.TOLD_BEFORE.days,
        "key_days": settings.VISAVIS_CONTINUOUS_DAYS,
    }
    return render(request, "leaving/kept.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def data(request: PersonRequest) -> HttpResponseBase:
    """Say what can be taken away, and give it."""
    if request.method != "POST":
        return render(request, "leaving/take.html", {"back_url": reverse("people:account")})
    return taking.download(request.user, by=request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PersonRequest) -> HttpResponse:
    """Say what ends and what stays until when, then close, and show the way back."""
    user = request.user
    if request.method == "POST":
        try:
            closing = services.close(user=user, by=user)
        except services.StillAtWork as refusal:
            messages.error(request, str(refusal))
            return redirect("leaving:close")
        logout(request)
        context = {"closing": closing, "reopen_url": services.reopen_url(user)}
        return render(request, "leaving/closed.html", context)
    context = {
        "days": UNDONE_FOR.days,
        "endings": services.endings(user),
        "back_url": reverse("people:account"),
    }
    return render(request, "leaving/close.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, token: str) -> HttpResponse:
    """Open an account again by the link that its closing gave."""
    closing = services.closing_of(token)
    if closing is None:
        raise Http404
    if request.method == "POST":
        services.reopen(user=closing.user, by=closing.user)
        messages.success(request, _("Your account is open again. Sign in as before."))
        return redirect("account_login")
    return render(request, "leaving/reopen.html", {"closing": closing})
