"""Choosing who follows a person: for the head and the reception of her agency."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers import assigning, opened, permissions
from visavis.jobseekers.forms.counsellor import CounsellorForm
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.views.people import UNASSIGNED, desk
from visavis.journal import services as journal


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Show the counsellors of the agency, or keep the one chosen."""
    actor = desk(request)
    jobseeker = opened.visible(actor, jobseeker_id)
    if not permissions.can_assign(actor, jobseeker):
        raise Http404
    form = CounsellorForm(request.POST or None, jobseeker=jobseeker, by=actor)
    if request.method != "POST":
        journal.read("jobseeker", jobseeker.pk, by=actor.pk, person_id=jobseeker.user_id)
    elif form.is_valid():
        try:
            saved = assigning.assign(
                jobseeker=jobseeker,
                agency=form.cleaned_data["agency"],
                counsellor=form.chosen_counsellor,
                by=actor,
                seen=form.cleaned_data["seen"],
            )
        except assigning.ChosenMeanwhile as refusal:
            messages.warning(request, str(refusal))
            return redirect("jobseekers:choose_counsellor", jobseeker_id=jobseeker.pk)
        except Refused as refusal:
            form.add_error("counsellor", str(refusal))
        else:
            messages.success(request, outcome(saved))
            return redirect(reverse("jobseekers:people") + UNASSIGNED)
    context = {"form": form, "jobseeker": jobseeker, "density": "staff"}
    return render(request, "jobseekers/choose_counsellor.html", context)


def outcome(jobseeker: Jobseeker) -> str:
    """Say who follows the person now."""
    facts = {"name": jobseeker.user.name, "agency": jobseeker.agency}
    if jobseeker.counsellor:
        facts["counsellor"] = jobseeker.counsellor.name
        return _("%(counsellor)s, of %(agency)s, now follows %(name)s.") % facts
    return _("%(name)s belongs to %(agency)s. Nobody follows this person yet.") % facts
