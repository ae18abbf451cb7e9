"""My CV: choose how it is written, take it away. Her counsellor does the same for her."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from visavis.cvs import writing
from visavis.cvs.choosing import ChoiceForm
from visavis.jobseekers import opened
from visavis.jobseekers.opened import Opened
from visavis.journal import services as journal


def page(request: HttpRequest, sheet: Opened, form: ChoiceForm) -> HttpResponse:
    context = {
        "form": form,
        "sheet": sheet,
        "unshown": writing.unshown(sheet.jobseeker, language=(get_language() or "fr")[:2]),
        "is_empty": not sheet.jobseeker.answered,
        "download_url": sheet.url_of("cvs:download"),
        "profile_url": sheet.url("profile"),
        "back_url": sheet.url("profile"),
    }
    return render(request, "cvs/out.html", context)


@require_GET
def choose(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Ask which CV: its format, its language, with the name or without."""
    sheet = opened.profile(request, jobseeker_id)
    language = (get_language() or "fr")[:2]
    return page(
        request, sheet, ChoiceForm(initial={"format": "pdf", "language": language, "identity": "yes"})
    )


@require_GET
def download(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Give the CV as a file. That somebody else than herself took it is in the journal."""
    sheet = opened.profile(request, jobseeker_id)
    form = ChoiceForm(request.GET)
    if not form.is_valid():
        return page(request, sheet, form)
    taken = form.take(sheet.jobseeker)
    response = HttpResponse(taken.content, content_type=taken.content_type)
    response["Content-Disposition"] = f'attachment; filename="{taken.name}"'
    if not sheet.is_hers:
        journal.read("cv-out", sheet.jobseeker.pk, by=sheet.by.pk, person_id=sheet.jobseeker.user_id)
    return response
