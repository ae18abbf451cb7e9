"""What the person reads of a visit at the counter: who, when, by what she was known, what was read and done."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.counter import telling
from visavis.counter.models import CounterVisit
from visavis.people.requests import PersonRequest


@require_GET
def mine(request: PersonRequest, visit_id: int) -> HttpResponse:
    """Show one visit of hers."""
    rows = CounterVisit.objects.visible_to(request.user).filter(person=request.user)
    visit = get_object_or_404(rows.with_words(), pk=visit_id)
    context = {
        "title": _("At the counter"),
        "visit": visit,
        "told": telling.told(visit),
        "not_you": telling.NOT_YOU,
        "back_url": reverse("people:readings"),
    }
    with timezone.override(visit.agency.zone):
        return render(request, "counter/mine.html", context)
