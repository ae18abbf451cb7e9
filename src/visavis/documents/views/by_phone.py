"""A document given from a phone: a link on another screen, taken by one phone, for one request and an hour."""

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.common.uploading import sized
from visavis.documents import telling
from visavis.documents.arriving import entrances, phone
from visavis.documents.enums import Way
from visavis.documents.models import Expected
from visavis.documents.views import one_request
from visavis.journal import services as journal
from visavis.people.requests import PersonRequest


@never_cache
@require_GET
def show(request: PersonRequest, expected_id: int) -> HttpResponse:
    """Show the link as a picture for the phone's camera; that it was shown is in the journal."""
    expected = get_object_or_404(Expected.objects.visible_to(request.user), pk=expected_id, ended_at=None)
    person = expected.person_id
    journal.read(telling.EXPECTED, expected.pk, by=request.user.pk, person_id=person, note="phone")
    path = reverse("documents:by_phone", kwargs={"token": phone.token(expected)})
    url = f"{settings.SITE_URL}{path}"
    is_hers = expected.person_id == request.user.pk
    whose = reverse("documents:of", kwargs={"user_id": expected.person_id})
    context = {
        "title": _("Give it with a phone"),
        "expected": expected,
        "link": url,
        # The picture is drawn here, of an address of ours.
        "picture": mark_safe(segno.make_qr(url, error="m").svg_inline(border=4, light="#fff", scale=4)),  # noqa: S308  # nosec B308 B703
        "back_url": reverse("documents:mine") if is_hers else whose,
    }
    return render(request, "documents/phone.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether this is the phone; the first that says yes takes the link."""
    found = phone.read(token)
    if found is None:
        return _over(request)
    expected, until = found
    if request.method == "POST":
        if not (phone.is_taken(request, expected.pk) or phone.take(request, token, expected, until)):
            return _over(request)
        opened = journal.Act("read", telling.EXPECTED, expected.pk, expected.person_id, "phone taken")
        journal.record(opened, by=None)
        return redirect("documents:given_by_phone", expected_id=expected.pk)
    context = {"title": _("Give a document with this phone"), "expected": expected}
    return render(request, "documents/phone_begin.html", context)


def _over(request: HttpRequest) -> HttpResponse:
    context = {"title": _("This link is used up")}
    return render(request, "documents/phone_begin.html", context, status=404)


@login_not_required
@never_cache
@sized
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, expected_id: int) -> HttpResponse:
    """Take what is asked for from the phone that took the link."""
    where = {"expected_id": expected_id}
    urls = {
        "url": reverse("documents:given_by_phone", kwargs=where),
        "parts_url": reverse("documents:uploads_by_phone", kwargs=where),
        "done_url": reverse("documents:phone_done"),
    }
    said = _("It arrived whole. You can go on at the other screen.")
    return one_request.page(
        request, entrances.by_phone(request, expected_id), Way.PHONE, said=said, urls=urls
    )


@login_not_required
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    """Forget what this phone may give."""
    request.session.pop(phone.TAKEN, None)
    return redirect("portal:home")
