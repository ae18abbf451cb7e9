"""A person's documents: what is expected, what came; send one, by herself or at the counter for her."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from visavis.common.errors import Refused
from visavis.common.uploading import MOST_REQUEST, SmallFiles
from visavis.documents import services
from visavis.documents.enums import Kind, Way
from visavis.documents.forms import SendForm
from visavis.documents.models import Document, Expected
from visavis.documents.models.expected import HANDLING
from visavis.journal import services as journal
from visavis.people.acting import people_of
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest


def person_for(actor: User, user_id: int) -> User:
    """Return a person whose documents the actor handles, else 404."""
    return get_object_or_404(
        User.objects.exclude(pk=actor.pk), pk=user_id, pk__in=people_of(actor, *HANDLING)
    )


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
    if not request.user.has_role(Role.JOBSEEKER):
        raise Http404
    return _box(request, request.user, reverse("documents:mine"), is_too_big=is_too_big)


@sized
def of_person(request: PersonRequest, *, user_id: int, is_too_big: bool) -> HttpResponse:
    """The same for a person, by her counsellor, who stands in, or her counter."""
    person = person_for(request.user, user_id)
    return _box(
        request, person, reverse("documents:of", kwargs={"user_id": person.pk}), is_too_big=is_too_big
    )


def _box(request: PersonRequest, person: User, url: str, *, is_too_big: bool) -> HttpResponse:
    missing = list(Expected.objects.filter(person=person).missing())
    form = SendForm(missing=missing)
    if request.method == "POST" or is_too_big:
        form = SendForm(request.POST or {"form": form["form"].value()}, request.FILES, missing=missing)
        if is_too_big:
            form.full_clean()
            form.errors.pop("photos", None)
            form.add_error("photos", _("Together these files are larger than 60 MB. Send them in parts."))
        elif form.is_valid():
            try:
                document = services.send(
                    person=person, sent=sent_of(form, person, request.user), by=request.user
                )
            except Refused as refusal:
                form.add_error("photos", str(refusal))
            else:
                messages.success(request, _("It arrived whole. It is looked at now, then it can be opened."))
                return redirect(document.url)
    return _shown(request, person, form, missing, url, status=413 if is_too_big else 200)


def sent_of(form: SendForm, person: User, by: User) -> services.Sent:
    """Return what was sent, read from the request."""
    chosen = form.cleaned_data
    return services.Sent(
        contents=[one.read() for one in chosen["photos"]],
        kind=Kind(chosen["kind"]),
        form=chosen["form"],
        expected=chosen["expected"],
        way=Way.WEB if by.pk == person.pk else Way.COUNTER,
    )


def _shown(
    request: PersonRequest, person: User, form: SendForm, missing: list[Expected], url: str, *, status: int
) -> HttpResponse:
    is_hers = person.pk == request.user.pk
    journal.read("documents", person.pk, by=request.user.pk, person_id=person.pk)
    documents = Document.objects.filter(person=person).not_withdrawn().select_related("expected")
    context: dict[str, Any] = {
        "title": _("My documents") if is_hers else _("Documents of %(name)s") % {"name": person.name},
        "is_hers": is_hers,
        "person": person,
        "form": form,
        "missing": missing,
        "documents": documents,
        "may_ask": services.may_decide(request.user, person),
        "url": url,
    }
    if not is_hers:
        context |= {"density": "staff"}
    return render(request, "documents/box.html", context, status=status)
