"""At the counter: reception is told that nothing has reached who stands there, asks what works now, and notes it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.common.addresses import address
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Hint
from visavis.journal import services as journal
from visavis.people.asked import AskedBy
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.unreached import closing, looking
from visavis.unreached.forms import HereForm
from visavis.unreached.models import Unreached

OPEN = AskedBy(
    lambda actor, account: (
        Unreached.objects.at_the_counter_of(actor).open().filter(person=account).values_list("pk", flat=True)
    )
)


def hint(actor: User, jobseeker: Jobseeker) -> Hint | None:
    """Say to reception that nothing has reached a person, until somebody has closed it; not why, nor what was tried."""
    number = OPEN.first(actor, jobseeker.user_id)
    if number is None:
        return None
    return Hint(
        _("Nothing has reached this person for weeks. Ask for a way that works now, and note it."),
        address("unreached:here", jobseeker_id=jobseeker.pk),
        _("Note what works now"),
        (looking.THING, number),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Say what to ask, and note what the person answers: that closes it."""
    rows = Unreached.objects.at_the_counter_of(request.user).filter(person__jobseeker=jobseeker_id)
    row = rows.select_related("person").order_by("-found_at", "-pk").first()
    if row is None:
        raise Http404
    form = HereForm(request.POST if request.method == "POST" else None)
    back_url = address("jobseekers:person", jobseeker_id=jobseeker_id)
    if form.is_bound and form.is_valid():
        try:
            closing.note(unreached=row, noted=form.noted, form=form.cleaned_data["form"], by=request.user)
        except closing.ClosedAlready:
            messages.info(request, _("Somebody has closed this meanwhile."))
        else:
            messages.success(request, _("It is kept, with your name and the day."))
        return redirect(back_url)
    if row.closed_at is not None:
        return redirect(back_url)
    journal.read(looking.THING, row.pk, by=request.user.pk, person_id=row.person_id)
    context = {
        "title": _("How do we reach %(name)s from now on?") % {"name": row.person.name},
        "form": form,
        "reach_url": address("jobseekers:person_reach", jobseeker_id=jobseeker_id),
        "back_url": back_url,
        "density": "staff",
    }
    return render(request, "unreached/here.html", context, status=400 if form.errors else 200)
