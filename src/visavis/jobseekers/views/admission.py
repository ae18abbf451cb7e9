"""A file outside one's own people: who it is of, why it is needed; and closed again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.addresses import address
from visavis.jobseekers import finding, opened, permissions
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.noticing import admissions
from visavis.noticing.enums import Why
from visavis.noticing.forms import WhyForm
from visavis.noticing.refusals import ask_why
from visavis.people.acting import acts_for
from visavis.people.models import User
from visavis.people.requests import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Ask why a file is needed, show of it the name alone, and open it once it is said."""
    actor, found = asked(request, jobseeker_id)
    file_url = address("jobseekers:person", jobseeker_id=found.pk)
    if acts_for(actor, found.user) is not None:
        return redirect(file_url)
    form = WhyForm(request.POST if request.method == "POST" else None, initial={"next": file_url})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        admissions.admit(by=actor, person=found.user, why=Why(said["why"]), words=said["words"])
        return redirect(said["next"] if said["next"] != "/" else file_url)
    journal.read("file-name", found.pk, by=actor.pk, person_id=found.user_id)
    more = {
        "url": address("jobseekers:person_why", jobseeker_id=found.pk),
        "name": found.user.name,
        "apart": finding.marks(finding.who(found)),
        "follows": found.counsellor.name if found.counsellor else "",
    }
    return ask_why(request, form, more, status=400 if request.method == "POST" else 200)


@require_POST
def done(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Close a file again before its time, and go back to the list."""
    actor, found = asked(request, jobseeker_id)
    admissions.end(by=actor, person=found.user)
    return redirect("jobseekers:people")


def asked(request: HttpRequest, jobseeker_id: int) -> tuple[User, Jobseeker]:
    """Return who asks, and the file, if it may be opened to him once he says why; else 404."""
    actor, found = actor_of(request), opened.FILE.first(jobseeker_id)
    if found is None or not permissions.may_be_admitted(actor, found.user):
        raise Http404
    return actor, found
