"""Read a CV, check what was understood, put it into the profile."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.uploading import MOST_REQUEST, SmallFile
from visavis.cvs import checking, services, wording
from visavis.cvs.forms import ReadForm
from visavis.cvs.models import CvReading
from visavis.cvs.reading import alone, text
from visavis.cvs.reading.document import Document, Unreadable, Why
from visavis.jobseekers import opened
from visavis.jobseekers.opened import Opened
from visavis.tries import uploads
from visavis.tries.uploads import Allowance, Allowances
from visavis.ui.dates import day


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Take care of the size first; `reading_page`, inside, checks the token as every page does.

    The token stands in the body, so whoever checks it has read the whole body: this comes before.
    """
    if request.method != "POST":
        return reading_page(request, jobseeker_id)
    sheet = opened.profile(request, jobseeker_id)
    upload = SmallFile(request)
    request.upload_handlers = [upload]
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MOST_REQUEST:
        return refused(request, sheet, ReadForm(), Why.TOO_BIG, status=413)
    try:
        request.POST  # noqa: B018  (reading it is what raises)
    except RequestDataTooBig:
        return refused(request, sheet, ReadForm(), Why.TOO_LONG, status=413)
    if upload.is_too_big:
        return refused(
            request, sheet, ReadForm(initial={"text": request.POST.get("text", "")}), Why.TOO_BIG, status=413
        )
    return reading_page(request, jobseeker_id)


@csrf_protect
def reading_page(request: HttpRequest, jobseeker_id: int | None) -> HttpResponse:
    sheet = opened.profile(request, jobseeker_id)
    if request.method != "POST":
        return shown(request, sheet, ReadForm())
    form = ReadForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, sheet, form)
    if form.cleaned_data["file"] and not may_read_one(sheet):
        form.add_error("file", wording.sentence(Why.TOO_MANY))
        return shown(request, sheet, form, status=429)
    try:
        document = document_of(form)
    except Unreadable as refusal:
        form.add_error("file" if form.cleaned_data["file"] else "text", wording.sentence(refusal.why))
        return shown(request, sheet, form)
    reading = services.keep(jobseeker=sheet.jobseeker, document=document, by=sheet.by)
    return redirect(sheet.url_of("cvs:check", reading_id=reading.pk))


ALLOWED = Allowances(hers=Allowance(12, 40), for_others=Allowance(60, 200))


def may_read_one(sheet: Opened) -> bool:
    """Count a file for who sends it: a counsellor reads those of a class, a person her own."""
    by, person = sheet.by.pk, sheet.jobseeker.user_id
    return uploads.take("cv", by, ALLOWED.of(by=by, person=person))


def document_of(form: ReadForm) -> Document:
    """Read the file in a process of its own, the pasted text here: it is only text."""
    file = form.cleaned_data["file"]
    return alone.read(file.read()) if file else text.read_text(form.cleaned_data["text"])


def refused(request: HttpRequest, sheet: Opened, form: ReadForm, why: Why, status: int) -> HttpResponse:
    """Say why before the form was looked at; the text typed beside the file is kept."""
    kept = ReadForm(form.initial)
    kept.full_clean()
    kept.errors.clear()
    kept.add_error("file", wording.sentence(why))
    return shown(request, sheet, kept, status=status)


def shown(request: HttpRequest, sheet: Opened, form: ReadForm, status: int = 200) -> HttpResponse:
    waiting = CvReading.objects.visible_to(sheet.by).filter(jobseeker=sheet.jobseeker.pk)
    context = {
        "sheet": sheet,
        "form": form,
        "title": _("Read my CV") if sheet.is_hers else _("Read %(name)s’s CV") % {"name": sheet.name},
        "back_url": sheet.url("profile"),
        "save_label": _("Read this CV"),
        "readings": [
            (sheet.url_of("cvs:check", reading_id=one.pk), one) for one in waiting[: services.MOST_READINGS]
        ],
    }
    return render(request, "cvs/read.html", context, status=status)


def own_reading(sheet: Opened, reading_id: int) -> CvReading:
    """Return a reading of this profile that the reader may see, or 404."""
    readings = CvReading.objects.visible_to(sheet.by).select_related("jobseeker__user")
    return get_object_or_404(readings, pk=reading_id, jobseeker=sheet.jobseeker.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, reading_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Show what was understood, each thing with its words in the CV; put what is ticked into the profile."""
    sheet = opened.profile(request, jobseeker_id)
    reading = own_reading(sheet, reading_id)
    form = checking.form_of(reading, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        added = services.put(reading=reading, additions=checking.additions_of(form), by=sheet.by)
        messages.success(request, said(len(added)))
        return redirect(sheet.url_of("cvs:check", reading_id=reading.pk))
    return render(request, "cvs/check.html", surroundings(sheet, reading, form))


def said(number: int) -> str:
    if not number:
        return _("Nothing was added: what you ticked is in the profile already.")
    return ngettext(
        "%(n)s thing was added to the profile.", "%(n)s things were added to the profile.", number
    ) % {"n": number}


def surroundings(sheet: Opened, reading: CvReading, form: Any) -> dict[str, Any]:
    return {
        "sheet": sheet,
        "reading": reading,
        "form": form,
        "groups": checking.groups(form, reading),
        "has_ticks": len(form.known) < len(form.facts),
        "title": _("Check what we understood"),
        "back_url": sheet.url_of("cvs:read"),
        "profile_url": sheet.url("profile"),
        "undo_url": sheet.url_of("cvs:undo", reading_id=reading.pk),
        "discard_url": sheet.url_of("cvs:discard", reading_id=reading.pk),
        "until": day(reading.expires_at),
        "pages": reading.pages > reading.pages_read,
    }


@require_POST
def undo(request: HttpRequest, reading_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Take away from the profile what this CV put there."""
    sheet = opened.profile(request, jobseeker_id)
    reading = own_reading(sheet, reading_id)
    services.take_back(reading=reading, by=sheet.by)
    messages.success(request, _("What this CV had added was taken out of the profile."))
    return redirect(sheet.url_of("cvs:check", reading_id=reading.pk))


@require_POST
def discard(request: HttpRequest, reading_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Delete what was read of a CV."""
    sheet = opened.profile(request, jobseeker_id)
    services.discard(reading=own_reading(sheet, reading_id), by=sheet.by)
    messages.success(request, _("What we had read of this CV was deleted. The profile is as it was."))
    return redirect(sheet.url_of("cvs:read"))
