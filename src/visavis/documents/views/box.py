"""A person's documents: what is expected, what came; send one, by herself or at the counter for her."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from visavis.common.addresses import address
from visavis.common.errors import Refused
from visavis.common.uploading import MOST_REQUEST, SmallFiles
from visavis.documents import services
from visavis.documents.arriving import entrances
from visavis.documents.arriving.entrances import Entrance
from visavis.documents.enums import Kind, Way
from visavis.documents.forms import SendForm
from visavis.documents.models import Document, Expected
from visavis.journal import services as journal
from visavis.people.models import User
from visavis.people.requests import PersonRequest


def sized(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Take care of the size first: the token stands in the body, so whoever checks it has read the whole body."""

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    def before(request: HttpRequest, **where: Any) -> HttpResponse:
        upload = SmallFiles(request)
        if request.method == "POST":
            request.upload_handlers = [upload]
            length = request.META.get("CONTENT_LENGTH") or "0"
            if length.isdigit() and int(length) > MOST_REQUEST:
                upload.is_too_big = True
                request.method = "GET"
            else:
                try:
                    request.POST  # noqa: B018  (reading it is what raises)
                except RequestDataTooBig:
                    upload.is_too_big = True
                    request.method = "GET"
        return csrf_protect(view)(request, is_too_big=upload.is_too_big, **where)

    return before


@sized
def mine(request: PersonRequest, *, is_too_big: bool) -> HttpResponse:
    """Show what is expected of her and what she sent; send one."""
    urls = {"url": reverse("documents:mine"), "parts_url": reverse("documents:uploads_mine")}
    return _box(request, entrances.hers(request), urls, is_too_big=is_too_big)


@sized
def of_person(request: PersonRequest, *, user_id: int, is_too_big: bool) -> HttpResponse:
    """The same for a person, by her counsellor, who stands in, or her counter."""
    whose = {"user_id": user_id}
    urls = {
        "url": reverse("documents:of", kwargs=whose),
        "parts_url": reverse("documents:uploads_of", kwargs=whose),
    }
    return _box(request, entrances.for_person(request, user_id), urls, is_too_big=is_too_big)


def _box(
    request: PersonRequest, entrance: Entrance, urls: dict[str, str], *, is_too_big: bool
) -> HttpResponse:
    missing = list(Expected.objects.filter(person=entrance.person).missing())
    form = SendForm(entrance=entrance, missing=missing)
    if request.method == "POST" or is_too_big:
        form = SendForm(
            request.POST or {"form": form["form"].value()}, request.FILES, entrance=entrance, missing=missing
        )
        if is_too_big:
            form.full_clean()
            form.errors.pop("photos", None)
            form.add_error("photos", _("Together these files are larger than 60 MB. Send them in parts."))
        elif form.is_valid() and (document := sent(form, request.user, way_of(entrance))) is not None:
            messages.success(request, _("It arrived whole. It is looked at now, then it can be opened."))
            return redirect(document.url)
    return _shown(request, entrance.person, form, missing, urls, status=413 if is_too_big else 200)


def way_of(entrance: Entrance) -> Way:
    return Way.WEB if entrance.by == entrance.person else Way.COUNTER


def sent(form: SendForm, by: User, way: Way) -> Document | None:
    """Send what a valid form holds; what cannot be taken is said beside the files, and nothing is returned."""
    chosen = form.cleaned_data
    try:
        found = services.Sent(
            contents=form.contents(),
            kind=Kind(chosen["kind"]),
            form=chosen["form"],
            expected=chosen["expected"],
            way=way,
        )
        document = services.send(person=form.entrance.person, sent=found, by=by)
    except services.TooMany as refusal:
        form.add_error("photos", str(refusal))
        return None
    except Refused as refusal:
        form.throw_away()
        form.add_error("photos", str(refusal))
        return None
    form.throw_away()
    return document


def _shown(
    request: PersonRequest,
    person: User,
    form: SendForm,
    missing: list[Expected],
    urls: dict[str, str],
    *,
    status: int,
) -> HttpResponse:
    is_hers = person.pk == request.user.pk
    journal.read("documents", person.pk, by=request.user.pk, person_id=person.pk)
    documents = Document.objects.filter(person=person).not_withdrawn().select_related("expected")
    context: dict[str, Any] = urls | {
        "title": _("My documents") if is_hers else _("Documents of %(name)s") % {"name": person.name},
        "is_hers": is_hers,
        "person": person,
        "form": form,
        "missing": missing,
        "documents": documents,
        "may_ask": services.may_decide(request.user, person),
        "cover_url": address("scans:cover") if is_hers else address("scans:cover_of", user_id=person.pk),
    }
    if not is_hers:
        context |= {"density": "staff"}
    return render(request, "documents/box.html", context, status=status)
