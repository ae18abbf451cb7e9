"""Cover sheets: say what is handed in, and print the sheet that goes before it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.documents.arriving import entrances
from visavis.documents.models import Expected
from visavis.journal import services as journal
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.scans.covers import making, printing
from visavis.scans.forms import CoverForm
from visavis.scans.models import Cover


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: PersonRequest) -> HttpResponse:
    """Make a sheet for paper of hers."""
    if not request.user.has_role(Role.JOBSEEKER):
        raise Http404
    return _chosen(request, request.user, reverse("documents:mine"))


@require_http_methods(["GET", "HEAD", "POST"])
def of_person(request: PersonRequest, user_id: int) -> HttpResponse:
    """Make a sheet for a person, by her counsellor, who stands in, or her counter."""
    person = entrances.for_person(request, user_id).person
    return _chosen(request, person, reverse("documents:of", kwargs={"user_id": person.pk}))


def _chosen(request: PersonRequest, person: User, back_url: str) -> HttpResponse:
    missing = list(Expected.objects.filter(person=person).missing())
    form = CoverForm(request.POST if request.method == "POST" else None, missing=missing)
    if form.is_bound and form.is_valid():
        purpose, expected = form.chosen
        try:
            row = making.make(person=person, purpose=purpose, expected=expected, by=request.user)
        except Refused as refusal:
            form.add_error("purpose", str(refusal))
        else:
            return redirect("scans:cover_pdf", cover_id=row.pk)
    is_hers = person.pk == request.user.pk
    journal.read("documents", person.pk, by=request.user.pk, person_id=person.pk)
    context = {
        "form": form,
        "title": _("A cover sheet") if is_hers else _("A cover sheet for %(name)s") % {"name": person.name},
        "hint": _(
            "Print it, lay it before the paper, and hand both in or send them. The code says whose it is."
        ),
        "save_label": _("Make the sheet"),
        "back_url": back_url,
    }
    if not is_hers:
        context |= {"density": "staff"}
    return render(request, "ui/question.html", context)


@never_cache
@require_GET
def pdf(request: PersonRequest, cover_id: int) -> HttpResponse:
    """Give a sheet to print."""
    rows = Cover.objects.visible_to(request.user).select_related("person", "expected")
    row = get_object_or_404(rows, pk=cover_id)
    journal.read("cover", row.pk, by=request.user.pk, person_id=row.person_id)
    answer = HttpResponse(printing.pdf(row), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="cover-{row.pk}.pdf"'
    return answer
