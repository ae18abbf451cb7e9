"""A letter with a code, for whom no code reaches: made and printed at the counter, after a look at papers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.jobseekers.views.leaving import may_close
from visavis.jobseekers.views.people import desk
from visavis.journal import services as journal
from visavis.people import letters
from visavis.people.models import Letter


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Ask who stands there, then show the letter this once: by reception and the head, and her counsellor."""
    actor = desk(request)
    jobseeker = opened.visible(actor, jobseeker_id)
    if not may_close(actor, jobseeker):
        raise Http404
    context = {"jobseeker": jobseeker, "days": Letter.LIFE.days, "density": "staff"}
    if request.method == "POST":
        try:
            row, code = letters.make(user=jobseeker.user, by=actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("jobseekers:person", jobseeker_id=jobseeker.pk)
        return render(request, "jobseekers/letter.html", context | {"letter": row, "code": code})
    journal.read("jobseeker", jobseeker.pk, by=actor.pk, person_id=jobseeker.user_id)
    return render(request, "jobseekers/letter.html", context)
