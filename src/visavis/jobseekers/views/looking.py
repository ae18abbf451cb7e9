"""Whether she looks for work: found, paused, or looking again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.jobseekers import opened, services


@require_http_methods(["GET", "POST"])
def looking(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Ask before stopping or starting again: it ends what waits, or has the lists made anew."""
    sheet = opened.profile(request, jobseeker_id)
    jobseeker = sheet.jobseeker
    if jobseeker.pk is None:
        return redirect(sheet.url("profile"))
    if request.method == "POST":
        services.look(jobseeker=jobseeker, is_looking="again" in request.POST, by=sheet.by)
        messages.success(request, _looks() if jobseeker.is_looking else _stopped())
        return redirect(sheet.url("profile"))
    context = {
        "title": _("I have found work, or I stop looking")
        if jobseeker.is_looking
        else _("I am looking for work again"),
        "is_looking": jobseeker.is_looking,
        "sheet": sheet,
        "back_url": sheet.url("profile"),
    }
    return render(request, "jobseekers/looking.html", context)


def _looks() -> str:
    return _("Noted: work is looked for. The list of openings is being made.")


def _stopped() -> str:
    return _("Noted: no work is looked for at present. Nothing else of the profile has changed.")
