"""One document: its pages, what became of it; checked, refused, taken back. Only drawn pages are ever shown."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.common.errors import Refused
from visavis.documents import as_pdf, files, kinds, services
from visavis.documents.enums import Act, Kind, Side, State, Why
from visavis.documents.forms import DecideForm, KindForm
from visavis.documents.models import Document, Page
from visavis.documents.views.away import reads_files
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news import channels
from visavis.people.requests import PersonRequest

# A picture and nothing else, whatever is in it.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def document_of(request: PersonRequest, document_id: int) -> Document:
    """Return a document that the actor may see, else 404."""
    rows = (
        Document.objects.visible_to(request.user).not_withdrawn().select_related("person", "expected", "by")
    )
    return get_object_or_404(rows, pk=document_id)


@never_cache
@require_GET
def page(request: PersonRequest, document_id: int) -> HttpResponse:
    """Show a document: its pages, where it stands, what can be done."""
    document = document_of(request, document_id)
    return _shown(request, document, DecideForm(initial={"seen": document.version}))


def _shown(
    request: PersonRequest, document: Document, form: DecideForm, kind_form: KindForm | None = None
) -> HttpResponse:
    journal.read("document", document.pk, by=request.user.pk, person_id=document.person_id)
    is_hers = document.person_id == request.user.pk
    may_decide = services.may_decide(request.user, document.person)
    side = Side.PERSON if is_hers else Side.AGENCY
    pages = list(document.pages.order_by("number")) if document.is_open else []
    looks_like = _looks_like(document, pages) if may_decide and not document.expected_id else None
    context: dict[str, Any] = {
        "title": document.title,
        "document": document,
        "pages": pages,
        "looks_like": looks_like.label if looks_like else "",
        "kind_form": _kind_form(document, kind_form, looks_like) if may_decide and document.is_open else None,
        "why": Why(document.why).label if document.why else "",
        "is_hers": is_hers,
        "may_check": may_decide and document.state == State.TO_CHECK,
        "may_withdraw": document.TABLE.allows(document.state, Act.WITHDRAW, side, State.WITHDRAWN),
        "may_undo": services.can_undo(document, request.user) is not None,
        "form": form,
        "back_url": reverse("documents:mine")
        if is_hers
        else reverse("documents:of", kwargs={"user_id": document.person_id}),
    }
    if not is_hers:
        context |= {"density": "staff"}
    return render(request, "documents/page.html", context)


def _looks_like(document: Document, pages: list[Page]) -> Kind | None:
    """Return what the words of a document say that it is, where that is not what it is noted as."""
    for one in pages:
        one.document = document
    found = kinds.suggested(document.title, *(one.words for one in pages))
    return found if found != document.kind else None


def _kind_form(document: Document, form: KindForm | None, looks_like: Kind | None) -> KindForm:
    return form or KindForm(initial={"seen": document.version, "kind": looks_like or document.kind})


@require_POST
def correct(request: PersonRequest, document_id: int) -> HttpResponse:
    """Say what a document really is; until when it is kept follows."""
    document = document_of(request, document_id)
    if not services.may_decide(request.user, document.person):
        raise Http404
    form = KindForm(request.POST)
    if not form.is_valid():
        return _shown(request, document, DecideForm(initial={"seen": document.version}), form)
    given = form.cleaned_data
    try:
        services.correct(document=document, kind=Kind(given["kind"]), by=request.user, seen=given["seen"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Noted. The person is told what it is, and until when it is kept."))
    return redirect(document.url)


@never_cache
@require_GET
@reads_files
def picture(request: PersonRequest, document_id: int, number: int) -> HttpResponse:
    """Give one page as a picture."""
    document = document_of(request, document_id)
    if not document.is_open:
        raise Http404
    page = get_object_or_404(Page, document=document, number=number)
    return HttpResponse(_content(page, document), content_type="image/jpeg", headers=HEADERS)


@never_cache
@require_GET
@reads_files
def pdf(request: PersonRequest, document_id: int) -> HttpResponse:
    """Give all pages as one PDF of pictures, to keep or to print; that it left is in the journal."""
    document = document_of(request, document_id)
    if not document.is_open:
        raise Http404
    journal.read("document", document.pk, by=request.user.pk, person_id=document.person_id, note="taken")
    try:
        made = as_pdf.of_document(document)
    except files.Lost as error:
        raise Http404 from error
    headers = HEADERS | {"Content-Disposition": f'attachment; filename="document-{document.pk}.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _content(page: Page, document: Document) -> bytes:
    try:
        return files.content(page.shown[0], person=document.person_id)
    except files.Lost as error:
        raise Http404 from error


@require_POST
def as_taken(request: PersonRequest, document_id: int, number: int) -> HttpResponse:
    """Show a photo as it was taken, or cut out again."""
    document = document_of(request, document_id)
    if not document.is_open:
        raise Http404
    rows = Page.objects.filter(document=document, number=number, as_taken__isnull=False)
    wants = request.POST.get("show") == "as-taken"
    if not rows.update(is_as_taken=wants):
        raise Http404
    note = f"page-{number}:{'as-taken' if wants else 'cut'}"
    act = journal.Act(Entry.Action.CHANGED, "document", document.pk, document.person_id, note=note)
    journal.record(act, by=request.user.pk)
    return redirect(f"{document.url}#page-{number}")


@require_POST
def decide(request: PersonRequest, document_id: int) -> HttpResponse:
    """Check a document, or say why it is not accepted."""
    document = document_of(request, document_id)
    if not services.may_decide(request.user, document.person):
        raise Http404
    act = request.POST.get("act")
    if act not in {Act.CHECK, Act.REFUSE}:
        messages.error(request, str(services.NotNow.words))
        return redirect(document.url)
    form = DecideForm(request.POST, act=Act(act))
    if not form.is_valid():
        return _shown(request, document, form)
    given = form.cleaned_data
    try:
        services.decide(
            document=document,
            act=form.act,
            by=request.user,
            why=given["why"],
            words=given["words"],
            seen=given["seen"],
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        done = channels.told(document.person, _("Noted."))
        messages.success(request, f"{done} {_('You can take it back for a day.')}")
    return redirect(document.url)


@require_POST
def undo(request: PersonRequest, document_id: int) -> HttpResponse:
    """Take the last decision back."""
    document = document_of(request, document_id)
    if not services.may_decide(request.user, document.person):
        raise Http404
    try:
        services.undo(document=document, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back: the document is to be checked again."))
    return redirect(document.url)


@require_POST
def withdraw(request: PersonRequest, document_id: int) -> HttpResponse:
    """Take a document back before it was checked."""
    document = document_of(request, document_id)
    is_hers = document.person_id == request.user.pk
    try:
        services.withdraw(document=document, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(document.url)
    messages.success(request, _("Taken back: nobody opens it any more."))
    return redirect("documents:mine") if is_hers else redirect("documents:of", user_id=document.person_id)
