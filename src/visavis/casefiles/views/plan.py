"""The plan: the same pages for the person and for who accompanies her."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.acts.ledger import Moved
from visavis.casefiles import plan_told, plans
from visavis.casefiles.enums import Kind, Reached, Side, State, Way
from visavis.casefiles.forms import HurdlesForm, ItemForm, ReviewForm, WhyForm
from visavis.casefiles.models import Minutes, Plan, PlanItem
from visavis.casefiles.plans import Origin
from visavis.casefiles.services import Meanwhile
from visavis.common.addresses import address
from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.jobseekers.followed import person_url
from visavis.jobseekers.opened import Opened
from visavis.journal import under
from visavis.news import channels
from visavis.people.acting import AT_WORK, acts_for
from visavis.people.models import User
from visavis.people.requests import PersonRequest, number_in

STATUS_MEANWHILE = 409
MOST = 50
AT_THE_DESK = {"density": "staff"}


@dataclass(frozen=True)
class Sheet:
    """The plan that somebody has open: whose it is, and the addresses of its pages."""

    file: Opened
    plan: Plan | None
    is_helped: bool = False
    """A helper reads it for her: what she keeps for herself stays hers."""

    @property
    def is_hers(self) -> bool:
        return self.file.is_hers

    @property
    def person(self) -> User:
        return self.file.jobseeker.user

    @property
    def url(self) -> str:
        return self.file.url_of("casefiles:mine") if self.is_hers else self.file.url_of("casefiles:plan")

    def item_url(self, item: PlanItem) -> str:
        return self.file.url_of("casefiles:item", item_id=item.pk)

    def origin(self, way: str = "") -> Origin:
        """Return whose word it is: her own; the counsellor's, or what both said together in some way."""
        if self.is_hers:
            return Origin(self.file.by, Side.PERSON)
        said = Way(way) if way in Way.values else Way.SITE
        # Nobody says on a page that a program said it.
        return Origin(self.file.by, Side.AGENCY, said if said != Way.PROGRAM else Way.SITE)


def sheet_of(request: HttpRequest, jobseeker_id: int | None) -> Sheet:
    """Open a plan: hers, or that of somebody whose file is open to the reader; else 404."""
    file = opened.file(request, jobseeker_id, "plan")
    person = file.jobseeker.user
    if file.is_hers != (jobseeker_id is None):
        raise Http404
    if not file.is_hers and acts_for(file.by, person, *AT_WORK) is None:
        raise Http404
    plans_seen = Plan.objects.visible_to(file.by).select_related("person")
    return Sheet(file, plans_seen.filter(person=person).first(), under.current() is not None)


def context_of(sheet: Sheet) -> dict[str, Any]:
    """Return what the page of a plan shows."""
    plan = sheet.plan
    sees_all = sheet.is_hers and not sheet.is_helped
    waits_for = State.TO_PERSON if sheet.is_hers else State.TO_US
    return {
        "sheet": sheet,
        "plan": plan,
        "told": plan_told.told(plan, sheet.item_url) if plan else None,
        "hurdles": plan_told.hurdles(plan, is_hers=sees_all) if plan else [],
        "history": plan_told.history(plan, is_hers=sees_all) if plan else [],
        "may_agree": plan is not None and plan.state == waits_for,
        "may_note_yes": plan is not None and not sheet.is_hers and plan.state == State.TO_PERSON,
        "add_goal": sheet.file.url_of("casefiles:add", kind=Kind.GOAL),
        "add_action": sheet.file.url_of("casefiles:add", kind=Kind.ACTION),
        "hurdles_url": "" if sheet.is_helped else sheet.file.url_of("casefiles:hurdles"),
        "agree_url": sheet.file.url_of("casefiles:agree"),
        "print_url": sheet.file.url_of("casefiles:printed"),
    }


@require_GET
def page(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Show the plan of a person at the desk."""
    return show(request, sheet_of(request, jobseeker_id))


def show(request: HttpRequest, sheet: Sheet, refusal: str = "") -> HttpResponse:
    rows = Minutes.objects.visible_to(sheet.file.by).filter(person=sheet.person)
    context = context_of(sheet) | {
        "rows": rows.select_related("agency", "writer")[:MOST],
        "minutes_url": "" if sheet.is_hers else address("casefiles:of", jobseeker_id=sheet.file.jobseeker.pk),
        "title": _("My follow-up") if sheet.is_hers else _("The plan"),
        "refusal": refusal,
        "review": ReviewForm(),
        "back_url": "" if sheet.is_hers else person_url(sheet.file.jobseeker),
        **({} if sheet.is_hers else AT_THE_DESK),
    }
    return render(request, "casefiles/plan.html", context, status=STATUS_MEANWHILE if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, kind: str, jobseeker_id: int | None = None) -> HttpResponse:
    """Add a goal or an action."""
    sheet = sheet_of(request, jobseeker_id)
    if kind not in Kind.values:
        raise Http404
    form = ItemForm(request.POST if request.method == "POST" else None, kind=Kind(kind), sheet=sheet)
    if request.method == "POST" and form.is_valid():
        origin = sheet.origin(form.cleaned_data.get("way", ""))
        plans.add(person=sheet.person, kind=Kind(kind), wanted=form.wanted, origin=origin)
        messages.success(request, _written(sheet, origin))
        return redirect(sheet.url)
    title = _("A new goal") if kind == Kind.GOAL else _("A new action")
    return _ask(request, sheet, form, title)


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: PersonRequest, item_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Change a goal or an action; say that it is done, given up, or to do again."""
    sheet = sheet_of(request, jobseeker_id)
    row = get_object_or_404(PlanItem.objects.select_related("plan"), pk=item_id, plan__person=sheet.person)
    act = request.POST.get("act", "")
    if act in Reached.values:
        return _ended(request, sheet, row, Reached(act))
    form = ItemForm(
        request.POST if request.method == "POST" else None, kind=Kind(row.kind), sheet=sheet, item=row
    )
    theirs = None
    if request.method == "POST" and form.is_valid():
        origin = sheet.origin(form.cleaned_data.get("way", ""))
        try:
            plans.change(item=row, wanted=form.wanted, origin=origin, seen=form.seen)
        except Meanwhile as refused:
            theirs = PlanItem.objects.get(pk=row.pk)
            again = request.POST.dict() | {"version": str(theirs.version)}
            form = ItemForm(again, kind=Kind(row.kind), sheet=sheet, item=theirs)
            form.add_error(None, str(refused))
        else:
            messages.success(request, _written(sheet, origin))
            return redirect(sheet.url)
    return _ask(request, sheet, form, _title(row), item=row, theirs=theirs, why=WhyForm())


def _ended(request: PersonRequest, sheet: Sheet, row: PlanItem, reached: Reached) -> HttpResponse:
    """Note how far it is; what is refused is said on the page, with the reason that was typed."""
    why = WhyForm(request.POST)
    if why.is_valid():
        origin = sheet.origin(request.POST.get("way", ""))
        try:
            plans.end(item=row, reached=reached, origin=origin, why=why.cleaned_data["why"])
        except Refused as refusal:
            why.add_error("why", str(refusal))
        else:
            messages.success(request, _("It is noted."))
            return redirect(sheet.url)
    row = PlanItem.objects.select_related("plan").get(pk=row.pk)
    form = ItemForm(None, kind=Kind(row.kind), sheet=sheet, item=row)
    return _ask(request, sheet, form, _title(row), item=row, why=why)


def _title(row: PlanItem) -> str:
    return _("Change a goal") if row.kind == Kind.GOAL else _("Change an action")


def _ask(request: HttpRequest, sheet: Sheet, form: ItemForm, title: str, **more: Any) -> HttpResponse:
    context = {
        "title": title,
        "form": form,
        "sheet": sheet,
        "back_url": sheet.url,
        "theirs": None,
        **more,
        **({} if sheet.is_hers else AT_THE_DESK),
    }
    status = STATUS_MEANWHILE if context["theirs"] else 200
    return render(request, "casefiles/item.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def hurdles(request: PersonRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Ask what stands in the way, and what of it she shows."""
    sheet = sheet_of(request, jobseeker_id)
    form = HurdlesForm(request.POST if request.method == "POST" else None, sheet=sheet)
    if request.method == "POST" and form.is_valid():
        plans.put_hurdles(
            person=sheet.person,
            shown=form.cleaned_data["shown"],
            hidden=form.cleaned_data.get("hidden", []),
            origin=sheet.origin(),
        )
        messages.success(request, _("It is noted."))
        return redirect(sheet.url)
    context = {
        "title": _("What makes it difficult"),
        "hint": _("Tick what is so today. You change it whenever you want."),
        "form": form,
        "back_url": sheet.url,
        **({} if sheet.is_hers else AT_THE_DESK),
    }
    return render(request, "ui/question.html", context)


@require_POST
def agree(request: PersonRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Say yes to the plan as it was read, or note hers; or say when both look at it again."""
    sheet = sheet_of(request, jobseeker_id)
    if sheet.plan is None:
        messages.error(request, str(plans.NotNow()))
        return redirect(sheet.url)
    if request.POST.get("act") == "review":
        form = ReviewForm(request.POST)
        if form.is_valid():
            plans.review_on(plan=sheet.plan, day=form.cleaned_data["day"], origin=sheet.origin())
            messages.success(request, _("It is noted."))
        else:
            messages.error(request, str(form.errors["day"][0]))
        return redirect(sheet.url)
    origin = sheet.origin(request.POST.get("way", ""))
    if origin.way != Way.SITE:
        # What she said on the phone, here or on paper is her word, noted by who writes it down.
        origin = Origin(origin.by, Side.PERSON, origin.way)
    try:
        plans.agree(plan=sheet.plan, origin=origin, seen=number_in(request.POST.get("version", "")))
    except (Moved, plans.NotNow) as refusal:
        return show(request, sheet_of(request, jobseeker_id), str(refusal))
    messages.success(request, _("The plan is agreed by both."))
    return redirect(sheet.url)


@require_GET
def printed(request: PersonRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Show the plan as it is printed, with room for both to sign."""
    sheet = sheet_of(request, jobseeker_id)
    context = context_of(sheet) | {"title": _("The plan"), "back_url": sheet.url}
    return render(request, "casefiles/printed.html", context)


def _written(sheet: Sheet, origin: Origin) -> str:
    if sheet.is_hers:
        return _("It is written in your plan. Your counsellor reads it, and says yes or asks you.")
    if origin.way == Way.SITE:
        return channels.told(sheet.person, _("It is proposed."))
    return _("It is written in the plan, as you agreed on it.")
