"""Sources that are fetched by themselves: from where, at which hour, what became of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.vacancies import fetching, permissions
from visavis.vacancies.feeds.forms import AddressForm
from visavis.vacancies.models import Feed, FeedAddress, FeedRun
from visavis.vacancies.views.request import SignedIn, allow

RUNS_SHOWN = 7


def given(request: SignedIn, address_id: int) -> FeedAddress:
    """Return one that the actor may change."""
    allow(permissions.can_have_feeds_fetched(request.user))
    return get_object_or_404(FeedAddress, pk=address_id)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedIn) -> HttpResponse:
    """Have a source fetched each day."""
    allow(permissions.can_have_feeds_fetched(request.user))
    form = AddressForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = fetching.make(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("It is fetched within a minute, then each day."))
            return redirect("vacancies:feed_address", address_id=row.pk)
    context = {
        "title": _("Have a source fetched each day"),
        "form": form,
        "sources": Feed.objects.order_by("name").values_list("name", flat=True)[:100],
        "save_label": _("Fetch it from now on"),
        "kept": _("A table (CSV) is read here once first, to say what its columns hold."),
        "back_url": reverse("vacancies:feeds"),
        "density": "staff",
    }
    return render(request, "vacancies/feed_new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: SignedIn, address_id: int) -> HttpResponse:
    """Show what became of the last tries, and take another address or hour."""
    row = given(request, address_id)
    form = AddressForm(request.POST if request.method == "POST" else None, row=row)
    if request.method == "POST" and form.is_valid():
        fetching.change(row=row, **form.cleaned_data, by=request.user)
        messages.success(request, _("Your change is kept."))
        return redirect("vacancies:feed_address", address_id=row.pk)
    context = {
        "title": row.name,
        "row": row,
        "why": fetching.why(row.refusal),
        "runs": FeedRun.objects.filter(feed__name=row.name).order_by("-pk")[:RUNS_SHOWN],
        "form": form,
        "back_url": reverse("vacancies:feeds"),
        "density": "staff",
    }
    return render(request, "vacancies/feed_address.html", context)


@require_POST
def now(request: SignedIn, address_id: int) -> HttpResponse:
    """Have it fetched within the minute."""
    row = given(request, address_id)
    fetching.now(row=row, by=request.user)
    messages.success(
        request, _("It is fetched within a minute. Load this page again to see what became of it.")
    )
    return redirect("vacancies:feed_address", address_id=row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: SignedIn, address_id: int) -> HttpResponse:
    """Ask once more, then fetch it no more."""
    row = given(request, address_id)
    if request.method == "POST":
        fetching.stop(row=row, by=request.user)
        messages.success(request, _("This source is fetched no more. What it brought stays."))
        return redirect("vacancies:feeds")
    context = {
        "title": _("Fetch “%(name)s” no more?") % {"name": row.name},
        "text": _("Its vacancies stay as they are until somebody imports a file of it, or closes them."),
        "save_label": _("Yes, stop fetching it"),
        "danger": True,
        "back_url": reverse("vacancies:feed_address", kwargs={"address_id": row.pk}),
    }
    return render(request, "ui/confirm.html", context)
