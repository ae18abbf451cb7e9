"""The head's pages of programs that are told what happens: which, what, since when it fails, and each message."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.agencies.models import Agency
from visavis.common.errors import Refused
from visavis.people import second_factor
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.people.second_factor import recently_proven
from visavis.people.views.signing_in import reads_and_posts
from visavis.webhooks import services, wording
from visavis.webhooks.forms import EndpointForm
from visavis.webhooks.models import Delivery, Endpoint

SHOWN = 100


def headed(request: PersonRequest, agency_id: int) -> Agency:
    return get_object_or_404(Agency.objects.headed_by(request.user), pk=agency_id)


def held(request: PersonRequest, endpoint_id: int) -> Endpoint:
    found = Endpoint.objects.visible_to(request.user).select_related("agency")
    return get_object_or_404(found, pk=endpoint_id)


@require_GET
def index(request: PersonRequest, agency_id: int) -> HttpResponse:
    """List the programs that are told."""
    agency = headed(request, agency_id)
    context = {
        "agency": agency,
        "endpoints": Endpoint.objects.visible_to(request.user).filter(agency=agency),
        "back_url": reverse("agencies:page", kwargs={"agency_id": agency.pk}),
    }
    return render(request, "webhooks/list.html", context)


@never_cache
@reads_and_posts
def new(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Have events told to an address, and show its secret: only now."""
    return make_recently_proven(request, headed(request, agency_id))


@recently_proven
def make_recently_proven(request: PersonRequest, agency: Agency) -> HttpResponse:
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            endpoint, secret = services.make(agency=agency, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return shown(request, endpoint, secret)
    context = {
        "form": form,
        "title": _("Tell a program what happens"),
        "hint": _("It gets numbers and states, signed; never a name, an address or a word of anybody."),
        "save_label": _("Tell it"),
        "back_url": reverse("webhooks:index", kwargs={"agency_id": agency.pk}),
    }
    return render(request, "webhooks/new.html", context)


def shown(request: PersonRequest, endpoint: Endpoint, secret: str = "") -> HttpResponse:
    """Show one program and its messages, and its secret when it has just been drawn."""
    rows = Delivery.objects.visible_to(request.user).filter(endpoint=endpoint)[:SHOWN]
    context = {
        "endpoint": endpoint,
        "secret": secret,
        "rows": [{"row": row, "why": wording.why(row.why)} for row in rows],
        "back_url": reverse("webhooks:index", kwargs={"agency_id": endpoint.agency_id}),
    }
    return render(request, "webhooks/page.html", context)


@never_cache
@require_GET
def page(request: PersonRequest, endpoint_id: int) -> HttpResponse:
    """Show one program and its messages."""
    return shown(request, held(request, endpoint_id))


@never_cache
@require_POST
def rotate(request: PersonRequest, endpoint_id: int) -> HttpResponse:
    """Draw another secret and show it: only now."""
    endpoint = held(request, endpoint_id)
    if not second_factor.is_recently_proven(request, request.user):
        return second_factor.ask_again(reverse("webhooks:page", kwargs={"endpoint_id": endpoint.pk}))
    secret = services.rotate(endpoint=endpoint, by=request.user)
    return shown(request, held(request, endpoint.pk), secret)


def done(request: PersonRequest, endpoint: Endpoint, act: Callable[..., object], words: str) -> HttpResponse:
    """Do one act of the head, and go back to the page of the program."""
    user: User = request.user
    try:
        act(endpoint=endpoint, by=user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, words)
    return redirect("webhooks:page", endpoint_id=endpoint.pk)


@require_POST
def turn_on(request: PersonRequest, endpoint_id: int) -> HttpResponse:
    """Tell a program again."""
    return done(request, held(request, endpoint_id), services.turn_on, _("It is told again."))


@require_POST
def turn_off(request: PersonRequest, endpoint_id: int) -> HttpResponse:
    """Tell a program nothing more."""
    return done(request, held(request, endpoint_id), services.turn_off, _("It is told nothing more."))


@require_POST
def try_out(request: PersonRequest, endpoint_id: int) -> HttpResponse:
    """Have a trial sent."""
    words = _("A trial leaves in a few seconds. Load this page again to see what became of it.")
    return done(request, held(request, endpoint_id), services.try_out, words)


@reads_and_posts
def remove(request: PersonRequest, endpoint_id: int) -> HttpResponse:
    """Ask once more, then forget a program and what it was told."""
    endpoint = held(request, endpoint_id)
    if request.method != "POST":
        context = {
            "title": _("Remove this program?"),
            "text": _("%(address)s is told nothing more. Its messages and its secret are deleted at once.")
            % {"address": endpoint.address},
            "save_label": _("Yes, remove it"),
            "danger": True,
            "back_url": reverse("webhooks:page", kwargs={"endpoint_id": endpoint.pk}),
        }
        return render(request, "ui/confirm.html", context)
    services.remove(endpoint=endpoint, by=request.user)
    messages.success(request, _("This program is removed."))
    return redirect("webhooks:index", agency_id=endpoint.agency_id)


@require_POST
def send_again(request: PersonRequest, delivery_id: int) -> HttpResponse:
    """Have one message sent once more."""
    found = Delivery.objects.visible_to(request.user).select_related("endpoint")
    delivery = get_object_or_404(found, pk=delivery_id)
    try:
        services.send_again(delivery=delivery, by=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("It leaves again in a few seconds."))
    return redirect("webhooks:page", endpoint_id=delivery.endpoint_id)
