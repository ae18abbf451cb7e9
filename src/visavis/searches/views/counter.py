"""A search kept at the counter, for a person who stands there: reception reads and changes nothing else of hers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity
from visavis.people.requests import actor_of
from visavis.searches.alerts import services
from visavis.searches.forms import CounterForm


@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Ask what she looks for and where, and keep it: she is told by the channel she chose."""
    actor = actor_of(request)
    jobseeker = opened.visible(actor, jobseeker_id)
    if acts_for(actor, jobseeker.user, Capacity.COUNTER) is None:
        raise Http404
    opened.note_reading(request, "search", jobseeker.pk, jobseeker)
    form = CounterForm(request.POST or None, is_by_hand=services.is_by_hand(jobseeker.user))
    if request.method == "POST" and form.is_valid():
        try:
            services.make(user=jobseeker.user, asked=form.asked, rhythm=form.cleaned_data["rhythm"], by=actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("This search is kept. %(name)s is told when something new comes.")
            messages.success(request, said % {"name": jobseeker.user.name})
            return redirect("jobseekers:person", jobseeker_id=jobseeker.pk)
    context = {
        "title": _("Be told of new openings"),
        "jobseeker": jobseeker,
        "form": form,
        "density": "staff",
    }
    return render(request, "searches/alert_counter.html", context)
