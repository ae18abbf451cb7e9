"""Whom nothing has reached: the list of a counsellor's own people or of the head's agency, and each to be closed."""

import datetime as dt

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common import clock
from visavis.common.addresses import address
from visavis.jobseekers.followed import person_url
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.people import reached
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.people.waiting import Named
from visavis.unreached import closing, looking, words
from visavis.unreached.enums import Cause
from visavis.unreached.forms import OutcomeForm
from visavis.unreached.models import Unreached, UnreachedQuerySet

A_PAGE = 25
PUT_OFF, CLOSED = "put-off", "closed"
LATELY = dt.timedelta(days=92)


def _staff(request: PersonRequest) -> User:
    """Return who works as a counsellor or a head today, else 404."""
    if not request.user.has_role(Role.COUNSELLOR, Role.HEAD):
        raise Http404
    return request.user


ORDERS = {PUT_OFF: ("rests_until", "pk"), CLOSED: ("-closed_at", "-pk")}


def _asked() -> dict[str, Q]:
    """Return what each filter keeps: a list and its count are of the same words."""
    now = UnreachedQuerySet.is_to_do()
    return {
        "": now,
        **{one.value: now & Q(cause=one) for one in Cause},
        PUT_OFF: UnreachedQuerySet.is_put_off(),
        CLOSED: Q(closed_at__gte=clock.now() - LATELY),
    }


def _shown(rows: UnreachedQuerySet, show: str) -> UnreachedQuerySet:
    found = rows.filter(_asked()[show])
    return found.order_by(*ORDERS[show]) if show in ORDERS else found


def _filters(rows: UnreachedQuerySet, show: str) -> list[dict[str, object]]:
    """Return the filters with their counts, all of one question."""
    asked = _asked()
    names = {f"n{at}": one for at, one in enumerate(asked.values())}
    counts = rows.order_by().aggregate(**{name: Count("pk", filter=one) for name, one in names.items()})
    labels = [
        "",
        *(one.label for one in Cause),
        _("Put off until a day"),
        _("Closed in the last three months"),
    ]
    labels[0] = _("All to look at")
    home = reverse("unreached:list")
    return [
        {
            "url": f"{home}?show={slug}" if slug else home,
            "label": label,
            "count": counts[name],
            "is_current": slug == show,
            "is_hot": slug == "",
        }
        for slug, label, name in zip(asked, labels, names, strict=True)
    ]


@require_GET
def unreached(request: PersonRequest) -> HttpResponse:
    """Show whom nothing has reached, by cause; the longest first."""
    actor = _staff(request)
    show = request.GET.get("show", "")
    show = show if show in {*Cause.values, PUT_OFF, CLOSED} else ""
    rows = Unreached.objects.visible_to(actor)
    found = _shown(rows, show).select_related("person__jobseeker__counsellor")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    journal.listed("unreached", by=actor.pk, shown=len(page), asked=(show, page.number))
    tried = looking.tried_of(list(page))
    context = {
        "title": _("Whom nothing has reached"),
        "filters": _filters(rows, show),
        "page_obj": page,
        "lines": [
            {
                "row": row,
                "url": address("unreached:one", jobseeker_id=row.person.jobseeker.pk),
                "cause": words.cause(row),
                "weeks": words.for_weeks(row),
                "last": words.last(tried[row.pk]),
            }
            for row in page
        ],
        "show": show,
        "density": "staff",
    }
    return render(request, "unreached/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Show what was tried for one person, what to do and what to say; note what became of it."""
    actor = _staff(request)
    rows = Unreached.objects.visible_to(actor).filter(person__jobseeker=jobseeker_id)
    row = rows.select_related("person__jobseeker__counsellor").order_by("-found_at", "-pk").first()
    if row is None:
        get_object_or_404(Jobseeker.objects.visible_to(actor), pk=jobseeker_id)
        messages.info(request, _("Nothing is to be done here: this person is not on the list."))
        return redirect("unreached:list")
    journal.read("unreached", row.pk, by=actor.pk, person_id=row.person_id)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            closing.note(unreached=row, noted=form.noted, form=form.cleaned_data["form"], by=actor)
        except closing.ClosedAlready as refusal:
            messages.error(request, str(refusal))
            return redirect("unreached:one", jobseeker_id=jobseeker_id)
        messages.success(request, _("It is kept, with your name and the day."))
        return redirect("unreached:list")
    status = 400 if request.method == "POST" else 200
    return render(request, "unreached/one.html", _context(row, form, actor), status=status)


def _context(row: Unreached, form: OutcomeForm, actor: User) -> dict[str, object]:
    person, jobseeker = row.person, row.person.jobseeker
    follows = acts_for(actor, person, Capacity.COUNSELLOR) is not None
    heard = reached.last([Named(jobseeker.pk, person.pk)], row.since + dt.timedelta(microseconds=1))
    return {
        "title": _("How to reach this person again"),
        "row": row,
        "person": person,
        "counsellor": jobseeker.counsellor,
        "cause": words.cause(row),
        "weeks": words.for_weeks(row),
        "heard_at": heard.get(person.pk),
        "tried": [(each.at, words.how_far(each)) for each in looking.tried_of([row])[row.pk]],
        "attempts": row.attempts.select_related("by"),
        "first": words.FIRST[Cause(row.cause)],
        "script": words.SCRIPT[Cause(row.cause)],
        "ways": words.ways(person, is_followed=follows),
        "follows": follows,
        "person_url": person_url(jobseeker) if follows else "",
        "reach_url": reverse("jobseekers:person_reach", args=[jobseeker.pk]) if follows else "",
        "form": form,
        "back_url": reverse("unreached:list"),
        "density": "staff",
    }
