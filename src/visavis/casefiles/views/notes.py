"""Notes for colleagues about a person: read, written and taken away by who accompanies her, and who was admitted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.casefiles import noting, permissions
from visavis.casefiles.forms import NoteForm
from visavis.casefiles.models import Note
from visavis.casefiles.models.note import READERS
from visavis.common.addresses import address
from visavis.jobseekers import opened
from visavis.jobseekers.followed import person_url
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity
from visavis.people.requests import PersonRequest

SHOWN = 100


def _file(request: PersonRequest, jobseeker_id: int) -> opened.Opened:
    """Open the file to write or read notes; her own is 404, a colleague who does not accompany her is asked why."""
    found = opened.FILE.first(jobseeker_id)
    if (
        found is None
        or found.user_id == request.user.pk
        or acts_for(request.user, found.user, *READERS) is None
    ):
        raise opened.closed(
            request.user, None if found is None or found.user_id == request.user.pk else found
        )
    opened.note_reading(request, "notes", found.pk, found)
    return opened.Opened(found, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Show the notes, the newest first, and write another."""
    sheet = _file(request, jobseeker_id)
    person = sheet.jobseeker.user
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        noting.write(person=person, **form.cleaned_data, by=request.user)
        messages.success(request, _("The note is kept: colleagues who open this file read it."))
        return redirect("casefiles:notes", jobseeker_id=jobseeker_id)
    rows = Note.objects.visible_to(request.user).filter(person=person).select_related("by")[:SHOWN]
    follows = acts_for(request.user, person, Capacity.COUNSELLOR) is not None
    context = {
        "title": _("Notes for colleagues"),
        "person": person,
        "jobseeker_id": jobseeker_id,
        "rows": [(row, permissions.can_take_away(request.user, row, follows=follows)) for row in rows],
        "form": form,
        "back_url": person_url(sheet.jobseeker) if follows else sheet.person_url,
        "density": "staff",
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "casefiles/notes.html", context, status=status)


@require_POST
def take_away(request: PersonRequest, jobseeker_id: int, note_id: int) -> HttpResponse:
    """Take a note away: who wrote it, and who accompanies the person."""
    sheet = _file(request, jobseeker_id)
    person = sheet.jobseeker.user
    rows = Note.objects.visible_to(request.user).filter(person=person)
    row = get_object_or_404(rows, pk=note_id)
    follows = acts_for(request.user, person, Capacity.COUNSELLOR) is not None
    if permissions.can_take_away(request.user, row, follows=follows):
        noting.take_away(note=row, by=request.user)
        messages.success(request, _("The note is taken away."))
    return redirect(address("casefiles:notes", jobseeker_id=jobseeker_id))
