"""The receipt that a person takes home from the counter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.mailboxes import permissions
from visavis.mailboxes.forms import KeyForm
from visavis.mailboxes.receipts import acts, printing
from visavis.mailboxes.views.writing import person_of
from visavis.people.requests import PersonRequest


def _person(request: PersonRequest, jobseeker_id: int) -> Jobseeker:
    """Return a person for whom the reader does things, else 404; that it was read is in the journal."""
    jobseeker = person_of(request, jobseeker_id)
    if not permissions.can_note_for(request.user, jobseeker.user):
        raise Http404
    if request.method != "POST":
        journal.read("receipt", jobseeker.pk, by=request.user.pk, person_id=jobseeker.user_id)
    return jobseeker


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Show what one did for a person today; send it to her."""
    jobseeker = _person(request, jobseeker_id)
    back = reverse("jobseekers:person", kwargs={"jobseeker_id": jobseeker.pk})
    form = KeyForm(request.POST or None)
    if request.method == "POST":
        try:
            if not form.is_valid():
                raise acts.NothingDone
            acts.send(person=jobseeker, form=form.cleaned_data["form"], by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The receipt lies in her letterbox, and she is told by her channel."))
        return redirect(back)
    context = {
        "title": _("Receipt of today"),
        "jobseeker": jobseeker,
        "form": KeyForm(),
        "lines": acts.of(jobseeker.user, request.user, jobseeker.agency.zone if jobseeker.agency else None),
        "back_url": back,
        "density": "staff",
    }
    return render(request, "mailboxes/receipt.html", context)


@require_GET
def on_paper(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Give the receipt to print."""
    jobseeker = _person(request, jobseeker_id)
    try:
        made = printing.pdf(jobseeker, request.user)
    except acts.NothingDone as refusal:
        messages.error(request, str(refusal))
        return redirect("mailboxes:receipt", jobseeker_id=jobseeker.pk)
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="receipt.pdf"'},
    )
