"""Before the interview, by the link of a seat: try the device, be called, go on where something does not work."""

import json

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.interviews import calls, next_steps, throttle
from visavis.interviews.enums import HER_REASONS, Sitter, Why
from visavis.interviews.models import Seat
from visavis.interviews.relay import servers
from visavis.interviews.views.seat import DEVICES
from visavis.interviews.views.seats import actor, seat_of
from visavis.people.addresses import read_phone
from visavis.people.models import User

# What does not work, what to do about it first, and what to know.
INSTEAD = {
    "camera": (
        gettext_lazy("No camera works"),
        gettext_lazy("Come with sound only: you hear and are heard, and see who receives you."),
    ),
    "microphone": (
        gettext_lazy("Nobody hears you"),
        gettext_lazy("Plug in a headset, or take a phone: the same link works there. Or be called."),
    ),
    "network": (
        gettext_lazy("Sound and picture do not get through"),
        gettext_lazy("Try the phone’s own network without Wi-Fi: the same link works there. Or be called."),
    ),
    "late": (
        gettext_lazy("The hour of this interview is past"),
        gettext_lazy("Nothing is lost. Choose how to go on."),
    ),
    "rather": (
        gettext_lazy("You would rather not meet by video"),
        gettext_lazy("That is fine: nothing has to be explained."),
    ),
}


class NumberForm(forms.Form):
    """The number at which somebody is called."""

    use_required_attribute = False

    why = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)
    number = forms.CharField(
        label=gettext_lazy("At which number do we call you?"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_number(self) -> str:
        try:
            return read_phone(self.cleaned_data["number"])
        except ValidationError as error:
            words = _("This is no phone number. Write it with all its figures, such as 06 12 34 56 78.")
            raise forms.ValidationError(words) from error


def hers(request: HttpRequest, code: str) -> Seat:
    """Return the seat of the person who is received: she alone is called."""
    seat = seat_of(request, code)
    if seat.sitter != Sitter.PERSON:
        raise Http404
    return seat


@login_not_required
@never_cache
@require_GET
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from the short link of a message to the page of its seat."""
    return redirect(seat_of(request, code).url)


@login_not_required
@never_cache
@require_GET
def trying(request: HttpRequest, code: str = "") -> HttpResponse:
    """Try camera, microphone, sound and network: by a link, or at a station without any."""
    seat = seat_of(request, code) if code else None
    given = []
    if seat is not None:
        given = servers.of_seat(seat.interview_id, seat.pk)
    elif isinstance(request.user, User):
        given = servers.of_user(request.user.pk)
    is_hers = seat is not None and seat.sitter == Sitter.PERSON
    context = {
        "title": _("Try before the interview"),
        "seat": seat if is_hers else None,
        "call": calls.open_call(seat.interview) if seat is not None and is_hers else None,
        "steps": next_steps.next_steps(seat.interview) if seat is not None else None,
        "row": seat.interview.appointment if seat is not None else None,
        "servers": json.dumps(given),
        "back_url": seat.url if seat is not None else "",
    }
    answer = render(request, "interviews/trying.html", context)
    answer["Permissions-Policy"] = DEVICES
    return answer


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def call_me(request: HttpRequest, code: str) -> HttpResponse:
    """Put whoever holds the link on the call list, in one tap; ask for a number where none is known."""
    seat = hers(request, code)
    form = NumberForm(request.POST if "number" in request.POST else None)
    if request.method == "POST":
        by, here = actor(request, seat), seat.url
        if request.POST.get("act") == "take-back":
            call = calls.open_call(seat.interview)
            if call is not None:
                calls.take_back(call=call, by=by)
                messages.success(
                    request, _("You are not called. Come by video at the hour of your interview.")
                )
            return redirect(here)
        number = form.cleaned_data["number"] if form.is_bound and form.is_valid() else ""
        why = request.POST.get("why", "")
        if not form.errors:
            try:
                throttle.check(seat)
                calls.ask(
                    interview=seat.interview,
                    why=Why(why) if why in HER_REASONS else Why.RATHER,
                    by=by,
                    number=number,
                )
            except calls.NoNumber:
                form = NumberForm(initial={"why": why})
            except Refused as refusal:
                messages.error(request, str(refusal))
                return redirect(here)
            else:
                return redirect(here)
    context = {
        "title": _("At which number do we call you?"),
        "form": form,
        "save_label": _("Call me"),
        "back_url": seat.url,
    }
    return render(request, "ui/question.html", context)


@login_not_required
@never_cache
@require_GET
def instead(request: HttpRequest, code: str, why: str) -> HttpResponse:
    """Say what to do where something does not work: try once more, be called, come, take another time."""
    seat = hers(request, code)
    if why not in INSTEAD:
        raise Http404
    title, first = INSTEAD[why]
    context = {
        "title": str(title),
        "first": str(first),
        "seat": seat,
        "interview": seat.interview,
        "row": seat.interview.appointment,
        "why": why,
        "call": calls.open_call(seat.interview),
        "steps": next_steps.next_steps(seat.interview),
        "trying_url": reverse("interviews:trying", kwargs={"code": code}),
        "back_url": seat.url,
    }
    return render(request, "interviews/instead.html", context)
