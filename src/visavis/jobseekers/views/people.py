"""The people of a counsellor or of an agency."""

from dataclasses import dataclass
from itertools import batched
from typing import Any

from allauth.account.utils import get_next_redirect_url
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common import sheets
from visavis.common.addresses import address
from visavis.common.sheets import Sheet
from visavis.folding import fold_words
from visavis.jobseekers import assigning, finding, of_agency, opened, permissions, questions, services
from visavis.jobseekers.finding import Known
from visavis.jobseekers.forms.people import NewcomerForm
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.noticing import admissions
from visavis.people import taking
from visavis.people.acting import people_of
from visavis.people.enums import Channel, Role
from visavis.people.models import User

UNASSIGNED = "?show=unassigned"
SORTS = ("name", "changed", "answered")
READ_AT_ONCE = 500
FOUND_BEYOND = 5


def desk(request: HttpRequest) -> User:
    """Return the actor if she works at a desk of an agency, else 404."""
    if not isinstance(request.user, User) or not permissions.can_list_people(request.user):
        raise Http404
    return request.user


@require_http_methods(["GET", "HEAD", "POST"])
def listed(request: HttpRequest) -> HttpResponseBase:
    """Show a counsellor his caseload, reception and the head the people of the agency.

    Who is looked for comes by POST: in an address a name would stay in histories and in the logs of proxies.
    """
    actor = desk(request)
    is_caseload = not actor.has_role(Role.RECEPTION, Role.HEAD)
    # What people answered, and when, is not for the reception: not even as an order.
    sorts = SORTS if is_caseload else ("name",)
    asked = request.POST if request.method == "POST" else request.GET
    words, sort = request.POST.get("q", "").strip(), asked.get("sort", "name")
    sort = sort if sort in sorts else "name"
    show = "" if is_caseload or asked.get("show") != "unassigned" else "unassigned"
    may_take = actor.has_role(Role.HEAD)
    if may_take and (kind := sheets.asked(request)):
        return taking.or_back(request, lambda: taken(actor, show, words, kind))
    whose = caseload if is_caseload else agency
    found = whose(actor, Listing(words, sort, show, request.GET.get("page")))
    thing = "caseload" if is_caseload else "people"
    asked_for = (words, show, sort, found["page_obj"].number)
    journal.listed(thing, by=actor.pk, shown=len(found["rows"]), asked=asked_for)
    context = found | {
        "beyond": beyond(actor, words) if is_caseload and words else [],
        "words": words,
        "sort": sort,
        "is_caseload": is_caseload,
        "show": show,
        "may_take": may_take,
        "may_register": permissions.can_register_people(actor),
        "density": "staff",
    }
    return render(request, "jobseekers/people.html", context)


def taken(actor: User, show: str, words: str, kind: str) -> HttpResponseBase:
    """Give the head the whole list as a table; it counts as a list of people that was shown."""
    people = of_agency.listed(actor, show, words)
    numbers = list(of_agency.by_name(people)[: taking.MOST_ROWS + 1])
    if len(numbers) <= taking.MOST_ROWS:
        journal.listed("people", by=actor.pk, shown=len(numbers), asked=(words, show, kind))
    make = lambda: sheet(numbers)
    return taking.take(actor=actor.pk, name="people", kind=kind, rows=len(numbers), sheet=make)


def sheet(numbers: list[int]) -> Sheet:
    """Return people as a table that leaves, no more than the list shows of each, read as it is sent."""
    head = [_("Name"), _("Town"), _("Agency"), _("Counsellor"), _("Preferred channel")]
    rows = (
        [
            one.user.name,
            str(one.commune or ""),
            str(one.agency or ""),
            one.counsellor.name if one.counsellor else "",
            one.user.get_channel_display(),
        ]
        for chunk in batched(numbers, READ_AT_ONCE, strict=False)
        for one in of_agency.rows(chunk)
    )
    return Sheet(_("people"), head, rows)


@dataclass(frozen=True)
class Listing:
    """What is asked of the list."""

    words: str
    sort: str
    show: str
    page: str | None

    @property
    def size(self) -> int:
        """Whom words find stands on one page: its address could not lead to a second."""
        return of_agency.FOUND_AT_MOST if self.words else of_agency.A_PAGE


def caseload(actor: User, asked: Listing) -> dict[str, Any]:
    """Return what the list shows a counsellor of his own people, who are read at once."""
    people = Jobseeker.objects.visible_to(actor)
    among = finding.known(people)
    words = asked.words
    found = finding.find(words, among, parts=True) if words else arranged(among, people, asked.sort)
    page = Paginator(found, asked.size).get_page(asked.page)
    return shown(actor, page, of_agency.rows(page.object_list), finding.told_apart(among))


def beyond(actor: User, words: str) -> list[dict[str, Any]]:
    """Return others of his agency whom a whole name, e-mail or number names: who opens such a file says why."""
    desks = actor.organisation_ids(Role.COUNSELLOR)
    others = Jobseeker.objects.filter(agency__organisation__in=desks).exclude(user__in=people_of(actor))
    asked = finding.named_whole(others, words).select_related("user", "commune").order_by("pk")
    found = list(asked[:FOUND_BEYOND])
    journal.listed("people", by=actor.pk, shown=len(found), asked=("beyond", words))
    return [{"person": one, "apart": finding.marks(finding.who(one))} for one in found]


def agency(actor: User, asked: Listing) -> dict[str, Any]:
    """Return what the list shows of the people of an agency, of whom the database gives one page."""
    desks = of_agency.desks_of(actor)
    there = of_agency.at_work(desks)
    counts = of_agency.counts(actor, of_agency.loads(desks, there))
    if asked.words:
        page = of_agency.named(actor, asked.show, asked.words, asked.size)
    else:
        counted = counts.unassigned if asked.show else counts.everybody
        people = of_agency.listed(actor, asked.show, "")
        page = of_agency.page(actor, asked.show, people, asked.page, asked.size, counted)
    rows = of_agency.rows(page.object_list, there)
    context = shown(actor, page, rows, of_agency.told_apart(actor, rows))
    return context | {"filters": filters(counts, asked.show)}


def shown(actor: User, page: Page[int], rows: list[Jobseeker], apart: dict[int, str]) -> dict[str, Any]:
    """Return one page: no more of each line than the actor may read."""
    total = len(questions.QUESTIONS)
    return {
        "page_obj": page,
        "rows": [row(actor, one, total) | {"apart": apart.get(one.pk, "")} for one in rows],
        "found": page.paginator.count,
        "filters": [],
    }


def filters(counts: of_agency.Counts, show: str) -> list[dict[str, Any]]:
    """Return the ready filters of the reception and of the head, for `ui/filters.html`."""
    url = reverse("jobseekers:people")
    counted = {
        "": (url, _("Everybody"), counts.everybody, False),
        "unassigned": (url + UNASSIGNED, _("Without a counsellor"), counts.unassigned, True),
    }
    return [
        {
            "url": where,
            "label": label,
            "count": count,
            "is_current": name == show,
            "is_hot": is_hot,
        }
        for name, (where, label, count, is_hot) in counted.items()
    ]


def row(actor: User, person: Jobseeker, total: int) -> dict[str, Any]:
    """Return what one line of the list shows: no more than the actor may read."""
    may_read = permissions.can_read_profile(actor, person)
    return {
        "person": person,
        "url": address("jobseekers:person", jobseeker_id=person.pk),
        "choose_url": address("jobseekers:choose_counsellor", jobseeker_id=person.pk),
        # Django's own word for a choice builds the whole table of choices anew for each line.
        "channel": Channel(person.user.channel).label,
        "may_assign": permissions.can_assign(actor, person),
        "share": len(person.answered) / total if may_read else None,
        "n": len(person.answered),
    }


def arranged(among: list[Known], people: QuerySet[Jobseeker], sort: str) -> list[int]:
    """Sort by name; by what changed last; or by who has answered least."""
    by_name = [one.pk for one in sorted(among, key=lambda one: (fold_words(one.name), one.pk))]
    if sort == "changed":
        changed = dict(people.order_by().values_list("pk", "changed_at"))
        return sorted(by_name, key=lambda pk: changed[pk], reverse=True)
    if sort == "answered":
        answered = dict(people.order_by().values_list("pk", "answered"))
        return sorted(by_name, key=lambda pk: len(answered[pk]))
    return by_name


@require_GET
def head(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Show the head of a file: name, channel, counsellor, what is next."""
    actor = desk(request)
    jobseeker = opened.visible(actor, jobseeker_id)
    if url := opened.instead(actor, jobseeker):
        return redirect(url)
    opened.note_reading(request, "jobseeker", jobseeker.pk, jobseeker)
    context = {
        "jobseeker": jobseeker,
        "open_until": admissions.open_until(actor, jobseeker.user),
        "may_read": permissions.can_read_profile(actor, jobseeker),
        "follows": permissions.follows(actor, jobseeker.user),
        "may_assign": permissions.can_assign(actor, jobseeker),
        "may_receive": permissions.receives(actor, jobseeker.user),
        "hints": opened.hints(actor, jobseeker),
        "done": len(jobseeker.answered),
        "total": len(questions.QUESTIONS),
        "density": "staff",
    }
    return render(request, "jobseekers/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a file for somebody at the counter."""
    actor = desk(request)
    if not permissions.can_register_people(actor):
        raise Http404
    initial = {"counsellor": actor.pk} if actor.has_role(Role.COUNSELLOR) else {}
    form = NewcomerForm(request.POST or None, by=actor, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            jobseeker = services.register(
                newcomer=form.newcomer, agency=chosen["agency"], counsellor=chosen["counsellor"], by=actor
            )
        except (services.AlreadyKnown, assigning.NotHere) as refusal:
            form.add_error(None, str(refusal))
        else:
            # Who opens the file for something, such as an opening, goes on with it.
            onward = get_next_redirect_url(request)
            if onward:
                return redirect(f"{onward}?person={jobseeker.pk}")
            return redirect("jobseekers:person", jobseeker_id=jobseeker.pk)
    return render(request, "jobseekers/person_new.html", {"form": form, "density": "staff"})
