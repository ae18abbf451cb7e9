"""The CV of the person of an introduction, as its employer may read it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from visavis.cvs import writing
from visavis.introductions import permissions
from visavis.introductions.models import Introduction
from visavis.journal import services as journal
from visavis.people.requests import PersonRequest


@require_GET
def introduction(request: PersonRequest, introduction_id: int) -> HttpResponse:
    """Give the CV while it is open: without a name until both said yes. That somebody else read it is journalled."""
    seen = Introduction.objects.visible_to(request.user).open().select_related("jobseeker", "hire")
    row = get_object_or_404(seen, pk=introduction_id)
    content = writing.pdf(
        row.jobseeker,
        identity=permissions.identity_is_shared(row),
        language=(get_language() or "fr")[:2],
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="cv.pdf"'
    response["Cache-Control"] = "no-store, private"
    if row.jobseeker.user_id != request.user.pk:
        journal.read("cv-out", row.pk, by=request.user.pk, person_id=row.jobseeker.user_id)
    return response
