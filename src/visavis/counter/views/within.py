"""Within a visit: the page from which reception begins, and the person's own pages behind the passage."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from visavis.counter.models import CounterVisit
from visavis.counter.passage import AtTheCounter
from visavis.counter.reach import BEGINNINGS
from visavis.jobseekers import opened
from visavis.mandates import passage as passages
from visavis.mandates import waiting
from visavis.mandates.shown import mounted
from visavis.mandates.waiting import Beginning
from visavis.people.requests import PersonRequest, actor_of


def passage_of(request: HttpRequest, visit_id: int) -> AtTheCounter | None:
    """Return the passage of a visit that holds at this moment, to whoever receives her in it."""
    clerk = actor_of(request)
    row = CounterVisit.objects.of_clerk(clerk).with_words().filter(pk=visit_id).first()
    return passages.entered(request, AtTheCounter(row, clerk)) if row is not None else None


def over(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Tell whoever received her that the visit is over, and where it is opened again; anybody else finds nothing."""
    clerk = actor_of(request)
    mine = CounterVisit.objects.visible_to(clerk).filter(clerk=clerk, pk=visit_id).with_words().first()
    if mine is None:
        raise Http404
    context = {
        "title": _("This visit is over"),
        "words": _(
            "The pages were closed, the ticket is finished, or the time is up. Nothing more was read or changed."
        ),
        "again": mine.person.jobseeker.pk,
        "written": passages.written(request, AtTheCounter(mine, clerk)),
    }
    return render(request, "counter/refused.html", context, status=404)


@never_cache
@require_GET
def person(request: PersonRequest, visit_id: int) -> HttpResponse:
    """Show who stands there, until when, what waits for her, and where each thing begins."""
    passage = passage_of(request, visit_id)
    if passage is None:
        return over(request, visit_id)
    visit = passage.visit
    with passages.within(passage):
        beginnings = [Beginning(one.words, reverse(one.first)) for one in BEGINNINGS]
    context = {
        "title": passage.person.name,
        "visit": visit,
        "may_prolong": visit.ends_at < visit.begun_at + visit.AT_MOST,
        "waiting": waiting.within_passage(passage),
        "beginnings": beginnings,
        "hints": opened.hints(passage.helper, passage.person.jobseeker),
        "back_url": reverse("queues:board", args=[visit.agency_id]),
        "density": "staff",
    }
    return passages.rendered_apart(request, passage, "counter/person.html", context)


@csrf_exempt  # The person's own page checks it; where it does not by itself, it is checked there.
@never_cache
def page(request: HttpRequest, visit_id: int, page: str) -> HttpResponse:
    """Answer as the person's own page does, while she stands there."""
    passage = passage_of(request, visit_id)
    if passage is None:
        return over(request, visit_id)
    try:
        return mounted(request, passage, page)
    except (passage.refusal, passages.OtherForm) as refusal:
        context = {
            "title": _("This page does not open at the counter"),
            "words": str(refusal),
            "name": passage.person.name,
            "url": passage.prefix,
        }
        return render(request, "counter/refused.html", context, status=403)
