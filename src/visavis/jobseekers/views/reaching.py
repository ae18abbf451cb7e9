"""How to reach a person, changed at the counter or on the phone: by what channel, at which number and address."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.jobseekers.forms.people import ReachForm
from visavis.jobseekers.services import change_reach
from visavis.jobseekers.views.people import desk
from visavis.journal import services as journal
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity
from visavis.people.services import AddressTaken

TAKEN = gettext_lazy(
    "This number opens another account: of the same person, or of somebody with whom it is shared."
    " Leave the former number, and ask the head if both files are of one person."
)


@require_http_methods(["GET", "HEAD", "POST"])
def reach(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Ask for all of it, by her counsellor, who stands in, and the counter of her agency."""
    actor = desk(request)
    jobseeker = opened.visible(actor, jobseeker_id)
    user = jobseeker.user
    if acts_for(actor, user, Capacity.COUNSELLOR, Capacity.COUNTER) is None:
        raise Http404
    form = ReachForm(
        request.POST if request.method == "POST" else None,
        initial={
            "channel": user.channel,
            "phone": user.phone_shown,
            "postal_address": user.postal_address,
        },
    )
    back_url = reverse("jobseekers:person", kwargs={"jobseeker_id": jobseeker.pk})
    if form.is_bound and form.is_valid():
        try:
            change_reach(user=user, by=actor, **form.cleaned_data)
        except AddressTaken:
            form.add_error("phone", TAKEN)
        except Refused as refusal:
            form.add_error("channel", str(refusal))
        else:
            messages.success(request, _("Noted: from now on the person is reached this way."))
            return redirect(back_url)
    journal.read("jobseeker", jobseeker.pk, by=actor.pk, person_id=user.pk)
    context = {
        "form": form,
        "title": _("How to reach %(name)s") % {"name": user.name},
        "save_label": _("Save"),
        "back_url": back_url,
        "density": "staff",
    }
    return render(request, "ui/question.html", context)
