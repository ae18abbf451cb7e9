"""The mark on a file: a colour with its word, and a day on which to be reminded."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.casefiles import marking
from visavis.casefiles.forms import MarkForm
from visavis.casefiles.models import Mark
from visavis.jobseekers import opened
from visavis.jobseekers.followed import person_url
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity
from visavis.people.requests import PersonRequest


@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Mark the file of a person one accompanies, or whose counsellor one stands in for."""
    sheet = opened.file(request, jobseeker_id, "mark")
    person = sheet.jobseeker.user
    if sheet.is_hers or acts_for(request.user, person, Capacity.COUNSELLOR) is None:
        raise Http404
    row = Mark.objects.visible_to(request.user).filter(person=person).select_related("by").first()
    initial = (
        {"colour": row.colour, "remind_on": row.remind_on, "words": row.words} if row else {"colour": ""}
    )
    form = MarkForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        kept = marking.put(person=person, wanted=form.wanted, by=request.user)
        messages.success(request, _("The mark is kept.") if kept else _("The mark is taken away."))
        return redirect(person_url(sheet.jobseeker))
    context = {
        "title": _("Mark and reminder"),
        "person": person,
        "row": row,
        "form": form,
        "back_url": person_url(sheet.jobseeker),
        "density": "staff",
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "casefiles/mark.html", context, status=status)
