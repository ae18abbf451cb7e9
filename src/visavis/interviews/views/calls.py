"""The call list: whom to call in place of an interview by video, and the page on the phone with her."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.interviews import calls, permissions
from visavis.interviews.enums import CallAct, CallState
from visavis.interviews.models import Call
from visavis.interviews.table import CALLS
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.live.followed import Followed
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest, number_in

MOST = 100
DOES = {
    CallAct.REACH: (calls.reach, gettext_lazy("The interview took place by phone: it is noted.")),
    CallAct.MISS: (calls.miss, gettext_lazy("It is noted: the person is called again.")),
    CallAct.GIVE_UP: (calls.give_up, gettext_lazy("It is noted, and the person is told how to go on.")),
    CallAct.RENEW: (calls.renew, gettext_lazy("It is noted. Choose the new time now.")),
}


def may_call(request: PersonRequest) -> None:
    """Answer 404 to whoever receives nobody."""
    if not request.user.has_role(Role.COUNSELLOR, Role.RECEPTION):
        raise Http404


@never_cache
@require_GET
def to_make(request: PersonRequest) -> HttpResponse:
    """List whom to call, whoever was promised it first on top; and what became of the last calls."""
    may_call(request)
    followed = Followed("me")
    seen = Call.objects.visible_to(request.user).with_words()
    rows = list(seen.to_make()[:MOST])
    journal.listed("calls", by=request.user.pk, shown=len(rows), asked=[])
    context = {
        "title": _("People to call"),
        "density": "staff",
        "live": followed,
        "rows": rows,
        "done": seen.exclude(state=CallState.WANTED).order_by("-changed_at")[:10],
    }
    return render(request, "interviews/calls.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, call_id: int) -> HttpResponse:
    """Show whom one is on the phone with, and note what became of it."""
    may_call(request)
    call = get_object_or_404(Call.objects.visible_to(request.user).with_words(), pk=call_id)
    row = call.interview.appointment
    if request.method == "POST":
        return done(request, call)
    journal.read("call", call.pk, by=request.user.pk, person_id=call.person_id)
    her = Jobseeker.objects.visible_to(request.user).filter(user=row.person_id).first()
    acts = CALLS.acts_of("agency", CallState(call.state))  # type: ignore[arg-type]
    context = {
        "title": _("On the phone with %(name)s") % {"name": row.person.name if row.person else ""},
        "density": "staff",
        "call": call,
        "row": row,
        "her": her,
        "acts": {str(act) for act in acts},
        "may_write": permissions.may_receive(request.user, row),
        "may_give_up": call.tries >= calls.MOST_TRIES,
        "back_url": reverse("interviews:calls"),
    }
    return render(request, "interviews/call.html", context)


def done(request: PersonRequest, call: Call) -> HttpResponse:
    """Note what became of a call, and lead on: to the list, to a new time, or back to the page."""
    act = request.POST.get("act", "")
    if act not in DOES:
        raise Http404
    service, words = DOES[CallAct(act)]
    try:
        service(call=call, by=request.user, seen=number_in(request.POST.get("version", "")) or None)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(call.url)
    messages.success(request, str(words))
    row = call.interview.appointment
    if act == CallAct.RENEW and row.is_to_come:
        return redirect("appointments:move", appointment_id=row.pk)
    if act == CallAct.RENEW:
        return redirect("appointments:of", user_id=row.person_id)
    return redirect("interviews:calls")
