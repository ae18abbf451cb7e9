"""Closures and days with hours of their own: seen before they are said, said to everybody, taken back, remembered."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies import closures, history, hours, words
from visavis.agencies.closures import Closed
from visavis.agencies.forms import FORMS, ClosureForm, OpenDayForm
from visavis.agencies.models import Agency, Closure, OpenDay
from visavis.agencies.repeats_words import held_words
from visavis.agencies.views.team import headed
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.requests import PersonRequest

SHAPES = (
    ("month", gettext_lazy("A day of each month")),
    ("weeks", gettext_lazy("A day every two weeks")),
    ("year", gettext_lazy("Days of each year")),
)


@require_GET
def times(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Show who works there what departs from the week, and every change of the hours."""
    agency = get_object_or_404(Agency.objects.of(request.user).with_hours(), pk=agency_id)
    context = {
        "agency": agency,
        "to_come": words.departures(agency, clock.now()),
        "changes": history.changes(agency),
        "can_change": Agency.objects.headed_by(request.user).filter(pk=agency.pk).exists(),
        "back_url": reverse("agencies:page", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "agencies/times.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Close the door for a time."""
    agency = headed(request, agency_id)
    departing = Departing(
        form=ClosureForm(agency, request.POST if request.method == "POST" else None),
        given=("starts_at", "ends_at", "reason"),
        field="last_day",
        touches=closures.closing,
        words=lambda given: words.closure_words(agency, given["starts_at"], given["ends_at"]),
        keep=closures.close,
        kept=_("The closure is kept. Everybody reads it now."),
        said={
            "title": _("When is the door closed?"),
            "hint": _("Works, a day of training, a strike: for what comes back each week, change the hours."),
            "save_label": _("See what it touches"),
            "keep_label": _("Close the door then"),
        },
    )
    return departing.answer(request, agency)


@require_http_methods(["GET", "HEAD", "POST"])
def repeat(request: PersonRequest, agency_id: int, shape: str) -> HttpResponse:
    """Close the door on days that come back."""
    if shape not in FORMS:
        raise Http404
    agency = headed(request, agency_id)
    departing = Departing(
        form=FORMS[shape](agency, request.POST if request.method == "POST" else None),
        given=("repeat", "held", "reason"),
        field="last_day",
        touches=closures.coming_back,
        words=lambda given: held_words(agency.timetable, given["repeat"], given["held"], closures.FOR_EVER),
        keep=closures.keep_coming_back,
        kept=_("The closure is kept. Everybody reads it now."),
        said={
            "title": _("A closure that comes back"),
            "hint": _("On one of its days it is otherwise? Give that day hours of its own: they hold."),
            "save_label": _("See what it touches"),
            "keep_label": _("Close the door on these days"),
            "shapes": [
                (reverse("agencies:repeat", args=[agency.pk, one]), label, one == shape)
                for one, label in SHAPES
            ],
        },
    )
    return departing.answer(request, agency)


@require_http_methods(["GET", "HEAD", "POST"])
def open_on(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Give one day hours of its own."""
    agency = headed(request, agency_id)
    departing = Departing(
        form=OpenDayForm(request.POST if request.method == "POST" else None),
        given=("day", "spans", "reason"),
        field="day",
        touches=closures.opening,
        words=lambda given: words.open_day_words(
            given["day"], words.spans_words(hours.parse_spans(given["spans"]))
        ),
        keep=closures.open_on,
        kept=_("The hours of this day are kept. Everybody reads them now."),
        said={
            "title": _("A day with hours of its own"),
            "hint": _(
                "A Saturday of jobs, an evening: on this day these hours hold, also on a public holiday."
            ),
            "save_label": _("Check this day"),
            "keep_label": _("Keep these hours"),
        },
    )
    return departing.answer(request, agency)


@dataclass
class Departing:
    """One way to depart from the week: what it touches is shown first, and it is kept once that was seen."""

    form: forms.Form
    given: Sequence[str]
    """Which answers of the form `touches` and `keep` are given by name."""
    field: str
    """Where a refusal of theirs stands."""
    touches: Callable[..., Closed]
    words: Callable[[Mapping[str, Any]], str]
    keep: Callable[..., object]
    kept: str
    said: Mapping[str, Any]

    def answer(self, request: PersonRequest, agency: Agency) -> HttpResponse:
        understood, form = None, self.form
        if form.is_bound and form.is_valid():
            given = {name: form.cleaned_data[name] for name in self.given}
            try:
                understood = seen(self.touches(agency=agency, **given, by=request.user), self.words(given))
                if request.POST.get("seen") == understood["text"]:
                    self.keep(agency=agency, **given, by=request.user)
                    messages.success(request, self.kept)
                    return redirect("agencies:times", agency_id=agency.pk)
            except Refused as refusal:
                form.add_error(self.field, str(refusal))
                understood = None
        context = {
            "agency": agency,
            "form": form,
            "understood": understood,
            "back_url": reverse("agencies:times", args=[agency.pk]),
            **self.said,
        }
        return render(request, "agencies/departing.html", context)


def seen(closed: Closed, text: str) -> dict[str, Any]:
    """Return what was understood, and what it would touch."""
    return {"text": text, "touched": closures.touched(closed), "reason": closed.reason}


@require_POST
def open_again(request: PersonRequest, closure_id: int) -> HttpResponse:
    """Take a closure back, or end one that has begun."""
    row = get_object_or_404(
        Closure.objects.visible_to(request.user).to_come().select_related("agency"), pk=closure_id
    )
    return taken_back(request, row)


@require_POST
def as_usual(request: PersonRequest, day_id: int) -> HttpResponse:
    """Take back that a day has hours of its own; what the usual ones would touch is shown first."""
    row = get_object_or_404(
        OpenDay.objects.visible_to(request.user).in_force().select_related("agency"), pk=day_id
    )
    closed, usual = closures.as_usual(row=row, by=request.user)
    understood = seen(closed, words.open_day_words(row.day, words.spans_words(usual)))
    if understood["touched"] and request.POST.get("seen") != understood["text"]:
        context = {
            "agency": row.agency,
            "title": _("A day with hours of its own"),
            "form": forms.Form(),
            "understood": understood,
            "keep_label": _("Take it back"),
            "back_url": reverse("agencies:times", args=[row.agency_id]),
        }
        return render(request, "agencies/departing.html", context)
    return taken_back(request, row)


def taken_back(request: PersonRequest, row: Closure | OpenDay) -> HttpResponse:
    closures.take_back(row=row, by=request.user)
    messages.success(request, _("The usual hours hold again. What was moved stays moved."))
    return redirect("agencies:times", agency_id=row.agency_id)
