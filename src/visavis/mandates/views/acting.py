"""The person's page for her helper, and her own pages behind the passage."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from visavis.common import clock
from visavis.mandates import passage as passages
from visavis.mandates import waiting
from visavis.mandates.enums import State
from visavis.mandates.models import Mandate
from visavis.mandates.passage import UnderMandate
from visavis.mandates.shown import mounted
from visavis.people.asked import AskedBy
from visavis.people.requests import PersonRequest, actor_of

HELD = AskedBy(lambda helper, mandate: Mandate.objects.of_helper(helper).with_words().filter(pk=mandate))


def passage_of(request: HttpRequest, mandate_id: int) -> UnderMandate | None:
    """Return the passage of a mandate under which who asks may act at this moment."""
    helper = actor_of(request)
    row = HELD.first(helper, mandate_id)
    return passages.entered(request, UnderMandate(row, helper)) if row is not None else None


def over(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Tell who acted under a mandate lately that it is over, and give back what she wrote; others find nothing."""
    helper = actor_of(request)
    row = Mandate.objects.ended_lately(helper).with_words().filter(pk=mandate_id).first()
    if row is None:
        raise Http404
    context = {
        "title": _("You may no longer act for %(name)s") % {"name": row.person.name},
        "mandate": row,
        "is_through": row.ends_at is not None and row.ends_at <= clock.now() and row.state != State.REVOKED,
        "is_sent": request.method == "POST",
        "written": passages.written(request, UnderMandate(row, helper)),
    }
    return render(request, "mandates/over.html", context, status=404)


@require_GET
def person(request: PersonRequest, mandate_id: int) -> HttpResponse:
    """Show for whom one acts, what waits for her within the mandate, and where each errand begins."""
    passage = passage_of(request, mandate_id)
    if passage is None:
        return over(request, mandate_id)
    context = {
        "title": passage.person.name,
        "mandate": passage.mandate,
        "waiting": waiting.within_passage(passage),
        "errands": waiting.beginnings(passage),
        "back_url": reverse("portal:home"),
    }
    return passages.rendered_apart(request, passage, "mandates/person.html", context)


@csrf_exempt  # The person's own page checks it; where it does not by itself, it is checked there.
def page(request: HttpRequest, mandate_id: int, page: str) -> HttpResponse:
    """Answer as the person's own page does, within the mandate."""
    passage = passage_of(request, mandate_id)
    if passage is None:
        return over(request, mandate_id)
    try:
        return mounted(request, passage, page)
    except passage.refusal as refusal:
        return _refused(request, passage, _("This is not in your mandate"), str(refusal))
    except passages.OtherForm as refusal:
        return _refused(request, passage, _("This form is not of this page"), str(refusal))


def _refused(request: HttpRequest, passage: UnderMandate, title: str, words: str) -> HttpResponse:
    """Say in a sentence what the mandate does not cover, and lead back."""
    context = {
        "title": title,
        "words": words,
        "mandate": passage.mandate,
        "url": passage.prefix,
    }
    return render(request, "mandates/refused.html", context, status=403)
