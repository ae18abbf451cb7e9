"""A CV: read, checked, put into the profile fact by fact, taken out again or thrown away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import File, Router, Status, UploadedFile

from visavis.api import callers, problems
from visavis.api import wording as told
from visavis.api.declaring import operation
from visavis.api.problems import Problem, Wrong
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, filled
from visavis.api.shapes.hers.cvs import CvBrief, CvOut, CvsOut, FactOut, TakenIn, TakenOut
from visavis.cvs import checking, services, wording
from visavis.cvs.forms import CheckForm
from visavis.cvs.models import CvReading
from visavis.cvs.models import CvReadingQuerySet as Readings
from visavis.cvs.reading import alone
from visavis.cvs.reading.document import Unreadable, Why
from visavis.cvs.views.reading import may_read_one
from visavis.jobseekers import opened
from visavis.people.models import User

router = Router(tags=["profile"])
READ, WRITE = Scope.PROFILE_READ, Scope.PROFILE_WRITE
CORRECTED = ("title", "employer", "start", "end", "year", "level")
AN_HOUR_S = "3600"


@operation(router.get, "/profile/cvs", scope=READ)
def list_cvs(request: HttpRequest) -> CvsOut:
    """List the CVs that were read and wait to be checked, for thirty days each."""
    return CvsOut(items=[filled(CvBrief, row) for row in hers(callers.of(request).user)])


@operation(router.post, "/profile/cvs", scope=WRITE, status=201)
def read_cv(request: HttpRequest, file: File[UploadedFile]) -> Status[CvOut]:
    """Have a CV read. The file is not kept, and the profile is not touched."""
    actor = callers.of(request).user
    sheet = opened.own(actor)
    if not may_read_one(sheet):
        wait = {"Retry-After": AN_HOUR_S}
        raise Problem(problems.TOO_MANY, wording.sentence(Why.TOO_MANY), headers=wait)
    try:
        document = alone.read(file.read())
    except Unreadable as refusal:
        wrong = Wrong("body", "file", wording.sentence(refusal.why))
        raise Problem(problems.INVALID, errors=[wrong]) from refusal
    return Status(201, shown(services.keep(jobseeker=sheet.jobseeker, document=document, by=actor)))


@operation(router.get, "/profile/cvs/{int:cv_id}", scope=READ)
def check_cv(request: HttpRequest, cv_id: Id) -> CvOut:
    """Read what was understood of a CV, each thing with its words."""
    return shown(own(callers.of(request).user, cv_id))


@operation(router.delete, "/profile/cvs/{int:cv_id}", scope=WRITE, status=204)
def discard_cv(request: HttpRequest, cv_id: Id) -> HttpResponse:
    """Throw away what was read of a CV; the profile stays as it is."""
    actor = callers.of(request).user
    services.discard(reading=own(actor, cv_id), by=actor)
    return HttpResponse(status=204)


@operation(router.post, "/profile/cvs/{int:cv_id}/take", scope=WRITE)
def take_cv(request: HttpRequest, cv_id: Id, sent: TakenIn) -> TakenOut:
    """Put what one chose of a CV into the profile, as one corrected it."""
    actor = callers.of(request).user
    reading = own(actor, cv_id)
    form = checking.form_of(reading, chosen(checking.form_of(reading), sent))
    if not form.is_valid():
        raise Problem(problems.INVALID, errors=told.of_form(form))
    added = services.put(reading=reading, additions=checking.additions_of(form), by=actor)
    return TakenOut(added=len(added))


@operation(router.post, "/profile/cvs/{int:cv_id}/undo", scope=WRITE)
def undo_cv(request: HttpRequest, cv_id: Id) -> CvOut:
    """Take out of the profile what this CV had put there."""
    actor = callers.of(request).user
    services.take_back(reading=own(actor, cv_id), by=actor)
    return shown(own(actor, cv_id))


def hers(actor: User) -> Readings:
    return CvReading.objects.visible_to(actor).filter(jobseeker__user=actor)


def own(actor: User, cv_id: int) -> CvReading:
    """Return a CV of one’s own, or 404."""
    return get_object_or_404(hers(actor).select_related("jobseeker__user"), pk=cv_id)


def chosen(form: CheckForm, sent: TakenIn) -> dict[str, Any]:
    """Return what was chosen as the form of the page sends it: ticked, and corrected where that was said."""
    said: dict[str, Any] = {}
    for fact in sent.facts:
        said[f"on_{fact.number}"] = "on"
        for name in CORRECTED:
            field = form.fields.get(f"{name}_{fact.number}")
            value = getattr(fact, name)
            if field is not None:
                said[f"{name}_{fact.number}"] = field.initial if value is None else value
    return said


def shown(reading: CvReading) -> CvOut:
    """Return what was understood, fact by fact."""
    form = checking.form_of(reading)
    return filled(CvOut, reading, facts=[fact(form, number, reading) for number in range(len(form.facts))])


def fact(form: CheckForm, number: int, reading: CvReading) -> FactOut:
    """Return one fact with what may be corrected of it."""
    row = checking.row(form, number, reading, {})
    names = [name for name in CORRECTED if f"{name}_{number}" in form.fields]
    is_known = number in form.known
    return FactOut(
        number=number,
        kind=row["kind"],
        name=row["name"],
        words=row["words"],
        is_known=is_known,
        is_ticked=not is_known and bool(form.fields[f"on_{number}"].initial),
        fields={name: str(form.fields[f"{name}_{number}"].initial or "") for name in names},
    )
