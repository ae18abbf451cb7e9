"""A person's documents: what is expected, what came; send one, by herself or at the counter for her."""

import logging
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from visavis.common.addresses import address
from visavis.common.errors import Refused
from visavis.common.uploading import is_too_big, sized
from visavis.documents import services
from visavis.documents.arriving import entrances
from visavis.documents.arriving.entrances import Entrance
from visavis.documents.enums import Kind, Way
from visavis.documents.forms import SendForm
from visavis.documents.models import Document, Expected
from visavis.journal import services as journal
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.ui.dates import day

log = logging.getLogger(__name__)


@sized
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Show what is expected of her and what she sent; send one."""
    urls = {"url": reverse("documents:mine"), "parts_url": reverse("documents:uploads_mine")}
    return _box(request, entrances.hers(request), urls)


@sized
@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: PersonRequest, user_id: int) -> HttpResponse:
    """The same for a person, by her counsellor, who stands in, or her counter."""
    whose = {"user_id": user_id}
    urls = {
        "url": reverse("documents:of", kwargs=whose),
        "parts_url": reverse("documents:uploads_of", kwargs=whose),
    }
    return _box(request, entrances.for_person(request, user_id), urls)


def _box(request: PersonRequest, entrance: Entrance, urls: dict[str, str]) -> HttpResponse:
    missing = list(Expected.objects.filter(person=entrance.person).missing())
    form = SendForm(entrance=entrance, missing=missing)
    if is_too_big(request):
        form = too_big(request, entrance, missing)
    elif request.method == "POST":
        form = SendForm(request.POST, request.FILES, entrance=entrance, missing=missing)
        if form.is_valid() and (document := sent(form, request.user, way_of(entrance))) is not None:
            messages.success(request, _said(form, document))
            return redirect(document.url)
    return _shown(request, entrance.person, form, missing, urls, status=413 if is_too_big(request) else 200)


def _said(form: SendForm, document: Document) -> str:
    """Say that it arrived, or that the same files are here already."""
    if document.form == form.cleaned_data["form"]:
        return _("It arrived whole. It is looked at now, then it can be opened.")
    return _("These files are here already, since %(day)s: here they are.") % {"day": day(document.at)}


def too_big(request: HttpRequest, entrance: Entrance, missing: Sequence[Expected] = ()) -> SendForm:
    """Return the form with what was chosen in it, where it was read at all, and that the files were too large."""
    form = SendForm(entrance=entrance, missing=missing)
    given = request.POST or {"form": form["form"].value()}
    form = SendForm(given, entrance=entrance, missing=missing)
    form.full_clean()
    form.errors.pop("photos", None)
    form.add_error("photos", _("Together these files are larger than 60 MB. Send them in parts."))
    return form


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
    except OSError:
        log.exception("a document could not be kept")
        form.add_error(
            "photos", _("It could not be kept just now: nothing of it is here. Send it again in an hour.")
        )
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
        "may_search": request.user.has_role(Role.COUNSELLOR),
        "cover_url": address("scans:cover") if is_hers else address("scans:cover_of", user_id=person.pk),
    }
    if not is_hers:
        context |= {"density": "staff"}
    return render(request, "documents/box.html", context, status=status)
