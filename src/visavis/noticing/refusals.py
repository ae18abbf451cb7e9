"""Answer who opens many files, or one outside his own people: a question first, then when it goes on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import permission_denied

from visavis.noticing.admissions import LASTS, WhyAsked
from visavis.noticing.forms import ReasonForm, WhyForm
from visavis.noticing.limits import ReasonAsked, Stopped


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer whatever was forbidden (`handler403`): the refusals of files have pages of their own."""
    here = request.get_full_path() if request.method == "GET" else "/"
    if isinstance(exception, ReasonAsked):
        form = ReasonForm(initial={"next": here})
        return render(request, "noticing/reason.html", {"form": form}, status=403)
    if isinstance(exception, Stopped):
        return render(request, "noticing/stopped.html", {"until": exception.until}, status=403)
    if isinstance(exception, WhyAsked):
        asked = WhyForm(initial={"next": here if request.method == "GET" else ""})
        more = {"url": exception.url, "was_sent": request.method == "POST"}
        return ask_why(request, asked, more, status=403)
    return permission_denied(request, exception)


def ask_why(request: HttpRequest, form: WhyForm, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """Show the page that asks why a file is needed; `more` names the page that takes the answer."""
    context = more | {"form": form, "hours": int(LASTS.total_seconds()) // 3600, "density": "staff"}
    return render(request, "noticing/why.html", context, status=status)
