"""Answer who opens many files: a question first, then a page that says when it goes on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.defaults import permission_denied

from visavis.noticing.forms import ReasonForm
from visavis.noticing.limits import ReasonAsked, Stopped


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer whatever was forbidden (`handler403`): the two refusals of files have pages of their own."""
    if isinstance(exception, ReasonAsked):
        here = request.get_full_path() if request.method == "GET" else "/"
        form = ReasonForm(initial={"next": here})
        return render(request, "noticing/reason.html", {"form": form}, status=403)
    if isinstance(exception, Stopped):
        return render(request, "noticing/stopped.html", {"until": exception.until}, status=403)
    return permission_denied(request, exception)
