"""Documents: what is asked for, what was sent, and one whole file at a time, looked at before anybody opens it."""

from uuid import uuid4

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status, UploadedFile

from visavis.api import callers, problems
from visavis.api.declaring import operation
from visavis.api.problems import Problem, Wrong
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, filled
from visavis.api.shapes.talk.documents import DocumentIn, DocumentOut, DocumentsOut, ExpectedOut
from visavis.documents import services
from visavis.documents.enums import Kind, Way
from visavis.documents.models import Document, Expected
from visavis.documents.models.document import DocumentQuerySet
from visavis.journal import services as journal
from visavis.people.models import User

router = Router(tags=["talk"])
READ, WRITE = Scope.DOCUMENTS_READ, Scope.DOCUMENTS_WRITE


@operation(router.get, "/documents", scope=READ)
def list_documents(request: HttpRequest) -> DocumentsOut:
    """List which documents are asked of one, and what one sent."""
    actor = callers.of(request).user
    journal.read("documents", actor.pk, by=actor.pk, person_id=actor.pk)
    missing = Expected.objects.visible_to(actor).filter(person=actor).missing()
    return DocumentsOut(
        expected=[filled(ExpectedOut, row, name=row.named) for row in missing],
        items=[shown(row) for row in hers(actor)],
    )


@operation(router.post, "/documents", scope=WRITE, status=201)
def send_document(
    request: HttpRequest, sent: Form[DocumentIn], file: File[UploadedFile]
) -> Status[DocumentOut]:
    """Send one whole file: a photo, a scan or a PDF. It is looked at before anybody opens it."""
    actor = callers.of(request).user
    expected = None
    if sent.expected is not None:
        mine = Expected.objects.visible_to(actor).filter(person=actor, ended_at__isnull=True)
        expected = get_object_or_404(mine, pk=sent.expected)
    kind = expected.kind if expected is not None else sent.kind
    if kind is None:
        raise Problem(problems.INVALID, errors=[Wrong("body", "kind", _("Say what the document is."))])
    found = services.Sent(
        contents=[file.read()], kind=Kind(kind), form=sent.key or uuid4(), expected=expected, way=Way.PROGRAM
    )
    return Status(201, shown(services.send(person=actor, sent=found, by=actor)))


@operation(router.post, "/documents/{int:document_id}/withdraw", scope=WRITE)
def withdraw_document(request: HttpRequest, document_id: Id) -> DocumentOut:
    """Take a document back before it was checked: nobody opens it any more."""
    actor = callers.of(request).user
    row = get_object_or_404(hers(actor), pk=document_id)
    services.withdraw(document=row, by=actor)
    return shown(Document.objects.get(pk=row.pk))


def hers(actor: User) -> DocumentQuerySet:
    """Return what she sent and did not take back."""
    return Document.objects.visible_to(actor).filter(person=actor).not_withdrawn()


def shown(row: Document) -> DocumentOut:
    return filled(DocumentOut, row, expected=row.expected_id)
