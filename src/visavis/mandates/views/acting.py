"""The person's page for her helper, and her own pages behind the passage."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from visavis.mandates import passage as passages
from visavis.mandates import waiting
from visavis.mandates.models import Mandate
from visavis.mandates.passage import UnderMandate
from visavis.mandates.shown import mounted
from visavis.people.requests import PersonRequest, actor_of


def passage_of(request: HttpRequest, mandate_id: int) -> UnderMandate:
    """Return the passage of a mandate under which who asks may act at this moment, or 404."""
    helper = actor_of(request)
    row = Mandate.objects.of_helper(helper).with_words().filter(pk=mandate_id).first()
    if row is None:
        raise Http404
    return passages.entered(request, UnderMandate(row, helper))


@require_GET
def person(request: PersonRequest, mandate_id: int) -> HttpResponse:
    """Show for whom one acts, what waits for her within the mandate, and where each errand begins."""
    passage = passage_of(request, mandate_id)
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
    try:
        return mounted(request, passage, page)
    except (passage.refusal, passages.OtherForm) as refusal:
        return _refused(request, passage, str(refusal))


def _refused(request: HttpRequest, passage: UnderMandate, words: str) -> HttpResponse:
    """Say in a sentence what the mandate does not cover, and lead back."""
    context = {
        "title": _("This is not in your mandate"),
        "words": words,
        "mandate": passage.mandate,
        "url": passage.prefix,
    }
    return render(request, "mandates/refused.html", context, status=403)
