"""At reception: the second file of a person is found, both are shown side by side, merged, and merges are undone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common import merging
from visavis.common.addresses import address
from visavis.common.errors import Refused
from visavis.jobseekers import finding, of_agency, opened, permissions
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.merging import behind, facts, refusals, services
from visavis.merging.forms import MergeForm, SearchForm
from visavis.merging.models import Merge, Why
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest

MOST_FOUND = 20
A_PAGE = 25
THING = "two-files"


def _staff(request: PersonRequest, *also: Role) -> User:
    """Return who works at a reception or is a head today, or has another role asked for; else 404."""
    if not request.user.has_role(Role.RECEPTION, Role.HEAD, *also):
        raise Http404
    return request.user


def _file(actor: User, jobseeker_id: int) -> Jobseeker:
    """Return a file of which the actor may choose who follows it, else 404."""
    jobseeker = opened.visible(actor, jobseeker_id)
    if not permissions.can_assign(actor, jobseeker):
        raise Http404
    return jobseeker


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Show who has the same name, and find another file by what is typed: nothing typed finds nobody."""
    actor = _staff(request)
    jobseeker = _file(actor, jobseeker_id)
    opened.note_reading(request, THING, jobseeker.pk, jobseeker)
    form = SearchForm(request.POST if request.method == "POST" else None)
    others = Jobseeker.objects.visible_to(actor).filter(user__is_active=True).exclude(pk=jobseeker.pk)
    typed = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    # A name of no letter is nobody's: `name_key` is empty then.
    same = others.filter(user__name_key=jobseeker.user.name_key) if jobseeker.user.name_key else others.none()
    found = finding.within(others, typed) if typed else same.order_by("pk")
    rows = list(found.select_related("user", "agency", "counsellor", "commune")[:MOST_FOUND])
    journal.listed(THING, by=actor.pk, shown=len(rows), asked=(jobseeker.pk, typed))
    marks = of_agency.told_apart(actor, [jobseeker, *rows])
    context = {
        "title": _("Does this person have a second file?"),
        "jobseeker": jobseeker,
        "marks": marks.get(jobseeker.pk, ""),
        "form": form,
        "typed": typed,
        "found": [(row, marks.get(row.pk, ""), _compare_url(jobseeker, row)) for row in rows],
        "back_url": address("jobseekers:person", jobseeker_id=jobseeker.pk),
        "density": "staff",
    }
    return render(request, "merging/search.html", context, status=400 if form.errors else 200)


def _compare_url(stays: Jobseeker, goes: Jobseeker) -> str:
    return address("merging:compare", jobseeker_id=stays.pk, other_id=goes.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: PersonRequest, jobseeker_id: int, other_id: int) -> HttpResponse:
    """Show both files side by side: what differs is chosen, what moves is counted; then one goes into the other."""
    actor = _staff(request)
    stays, goes = _file(actor, jobseeker_id), _file(actor, other_id)
    form = MergeForm(request.POST if request.method == "POST" else None, stays=stays, goes=goes)
    if form.is_bound and form.is_valid():
        try:
            row = services.merge(stays=stays, goes=goes, wanted=form.wanted, by=actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The two files are one. The person is told."))
            return redirect(row.url)
    for one in (stays, goes):
        opened.note_reading(request, THING, one.pk, one)
    context = _both(stays, goes) | {
        "title": _("Two files of one person?"),
        "form": form,
        "against": list(refusals.every(stays.user, goes.user, by=actor)),
        "other_way_url": _compare_url(goes, stays),
        "back_url": address("merging:search", jobseeker_id=stays.pk),
        "density": "staff",
    }
    return render(request, "merging/compare.html", context, status=400 if form.errors else 200)


def _both(stays: Jobseeker, goes: Jobseeker) -> dict[str, Any]:
    """Return what both files say and hold, line by line."""
    counted = [(_(one.words), one.of(stays.user_id), one.of(goes.user_id)) for one in merging.said().counted]
    return {
        "stays": stays,
        "goes": goes,
        "facts": [(one.label, one.shown(stays), one.shown(goes)) for one in facts.FACTS],
        "counted": [line for line in counted if line[1] or line[2]],
        "behind": behind.of_both(stays.user_id, goes.user_id),
    }


@require_GET
def merges(request: PersonRequest) -> HttpResponse:
    """Show the merges of the agency, first those of which somebody said that it is not her."""
    actor = _staff(request)
    rows = Merge.objects.visible_to(actor).select_related("stays__jobseeker", "goes", "by")
    first = Case(When(Merge.objects.all().CONTESTED, then=0), default=1)
    page = Paginator(rows.order_by(first, "-at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    journal.listed(Merge.THING, by=actor.pk, shown=len(page), asked=(page.number,))
    context = {"title": _("Files that became one"), "page_obj": page, "density": "staff"}
    return render(request, "merging/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, merge_id: int) -> HttpResponse:
    """Show a merge: who, when and why; undo it while that is possible, also on her word by phone or on paper."""
    if Merge.objects.told_to(request.user.pk).filter(pk=merge_id).exists():
        return redirect("merging:mine")
    actor = _staff(request, Role.COUNSELLOR)
    rows = Merge.objects.visible_to(actor).select_related("stays__jobseeker", "goes", "by")
    row = get_object_or_404(rows, pk=merge_id)
    if request.method == "POST":
        try:
            services.undo(row=row, by=actor)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The files are two again. Both are told."))
        return redirect(row.url)
    journal.read(Merge.THING, row.pk, by=actor.pk, person_id=row.stays_id)
    context = {
        "title": _("Two files that became one"),
        "row": row,
        "why": Why(row.why).label,
        "behind": behind.left(row),
        "back_url": address("jobseekers:person", jobseeker_id=row.stays.jobseeker.pk) if row.stays else "",
        "density": "staff",
    }
    return render(request, "merging/one.html", context)
