"""The plan that a person and her counsellor make, and the minutes of their meetings."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Status

from visavis.api import callers, problems, wording
from visavis.api.declaring import operation
from visavis.api.operations.follow_up import own
from visavis.api.problems import Problem
from visavis.api.scopes import Scope
from visavis.api.shapes.common import Id, filled
from visavis.api.shapes.talk.plan import (
    AgreeIn,
    HurdleOut,
    HurdlesIn,
    ItemChange,
    ItemIn,
    ItemOut,
    ItemWords,
    MinutesBrief,
    MinutesList,
    MinutesOut,
    PlanOut,
    ReachedIn,
    ReadIn,
)
from visavis.casefiles import plans, services
from visavis.casefiles.enums import Kind, Reached, Side, State, Way
from visavis.casefiles.forms import ItemForm
from visavis.casefiles.models import Minutes, Plan, PlanItem
from visavis.casefiles.plans import Origin
from visavis.casefiles.views.plan import Sheet
from visavis.jobseekers.opened import Opened
from visavis.people.models import User

router = Router(tags=["talk"])
READ, WRITE = Scope.PLAN_READ, Scope.PLAN_WRITE
MOST = 50


@operation(router.get, "/plan", scope=READ)
def read_plan(request: HttpRequest) -> PlanOut:
    """Read one’s plan: goals, actions, what makes it difficult, and whose yes it waits for."""
    return shown(sheet_of(callers.of(request).user).plan)


@operation(router.post, "/plan/items", scope=WRITE, status=201)
def add_plan_item(request: HttpRequest, sent: ItemIn) -> Status[PlanOut]:
    """Add a goal or an action; one’s counsellor says yes, or asks."""
    actor = callers.of(request).user
    sheet = sheet_of(actor)
    form = checked(ItemForm(typed(sent), kind=Kind(sent.kind), sheet=sheet))
    plans.add(person=actor, kind=Kind(sent.kind), wanted=form.wanted, origin=origin(actor))
    return Status(201, shown(sheet_of(actor).plan))


@operation(router.put, "/plan/items/{int:item_id}", scope=WRITE)
def change_plan_item(request: HttpRequest, item_id: Id, sent: ItemChange) -> PlanOut:
    """Say a goal or an action otherwise."""
    actor = callers.of(request).user
    sheet, row = sheet_of(actor), item(actor, item_id)
    form = checked(ItemForm(typed(sent), kind=Kind(row.kind), sheet=sheet, item=row))
    plans.change(item=row, wanted=form.wanted, origin=origin(actor), seen=sent.version)
    return shown(sheet_of(actor).plan)


@operation(router.post, "/plan/items/{int:item_id}/reached", scope=WRITE)
def end_plan_item(request: HttpRequest, item_id: Id, sent: ReachedIn) -> PlanOut:
    """Say that a goal or an action is done, given up with a reason, or to do again."""
    actor = callers.of(request).user
    plans.end(item=item(actor, item_id), reached=Reached(sent.reached), origin=origin(actor), why=sent.why)
    return shown(sheet_of(actor).plan)


@operation(router.put, "/plan/hurdles", scope=WRITE)
def say_hurdles(request: HttpRequest, sent: HurdlesIn) -> PlanOut:
    """Say what makes it difficult: what one’s counsellor knows, and what one keeps for oneself."""
    actor = callers.of(request).user
    own(actor)
    said = {"shown": [*dict.fromkeys(sent.shown)], "hidden": [*dict.fromkeys(sent.hidden)]}
    return shown(plans.put_hurdles(person=actor, origin=origin(actor), **said))


@operation(router.post, "/plan/agree", scope=WRITE)
def agree_plan(request: HttpRequest, sent: AgreeIn) -> PlanOut:
    """Say yes to the plan as it was read."""
    actor = callers.of(request).user
    plan = sheet_of(actor).plan
    if plan is None:
        raise plans.NotNow
    return shown(plans.agree(plan=plan, origin=origin(actor), seen=sent.version))


@operation(router.get, "/minutes", scope=READ)
def list_minutes(request: HttpRequest) -> MinutesList:
    """List the minutes of meetings that are shared with one, the last first."""
    rows = hers(callers.of(request).user)[:MOST]
    return MinutesList(items=[filled(MinutesBrief, row, number=row.shared_number) for row in rows])


@operation(router.get, "/minutes/{int:minutes_id}", scope=READ)
def read_minutes(request: HttpRequest, minutes_id: Id) -> MinutesOut:
    """Read the minutes of a meeting, as they were shared last."""
    return told(get_object_or_404(hers(callers.of(request).user), pk=minutes_id))


@operation(router.post, "/minutes/{int:minutes_id}/read", scope=WRITE)
def note_minutes_read(request: HttpRequest, minutes_id: Id, sent: ReadIn) -> MinutesOut:
    """Say that one has read the minutes."""
    actor = callers.of(request).user
    row = get_object_or_404(hers(actor), pk=minutes_id)
    services.note_read(minutes=row, number=sent.number, by=actor)
    return told(row)


# Shared -------------------------------------------------------------------------------------------------


def sheet_of(actor: User) -> Sheet:
    """Return one’s own plan as the page has it open, or 404 without a file."""
    plan = Plan.objects.visible_to(actor).select_related("person").filter(person=actor).first()
    return Sheet(Opened(own(actor), actor), plan)


def item(actor: User, item_id: int) -> PlanItem:
    rows = PlanItem.objects.filter(plan__in=Plan.objects.visible_to(actor), plan__person=actor)
    return get_object_or_404(rows.select_related("plan"), pk=item_id)


def hers(actor: User) -> Any:
    """Return the minutes that are shared with her."""
    return Minutes.objects.visible_to(actor).filter(person=actor, shared_number__gt=0)


def origin(actor: User) -> Origin:
    return Origin(actor, Side.PERSON, Way.PROGRAM)


def typed(sent: ItemWords) -> dict[str, str]:
    """Return what was sent as the form of the page takes it."""
    return {name: "" if value is None else str(value) for name, value in sent.model_dump().items()}


def checked(form: ItemForm) -> ItemForm:
    """Return a form that is right, else say what is wrong."""
    if not form.is_valid():
        raise Problem(problems.INVALID, errors=wording.of_form(form))
    return form


def told(row: Minutes) -> MinutesOut:
    """Return the text that was shared last."""
    newest = row.versions.order_by("-number")[0]
    return filled(
        MinutesOut,
        row,
        number=newest.number,
        body=newest.body,
        agreed=newest.agreed_lines,
        read_at=newest.read_at,
    )


def shown(plan: Plan | None) -> PlanOut:
    """Return a plan as she reads it; one that was not begun is empty."""
    if plan is None:
        nothing: dict[str, Any] = dict.fromkeys(("state", "version", "agreed_at", "review_at"))
        return PlanOut(**nothing, may_agree=False, items=[], hurdles=[])
    items = [filled(ItemOut, one, goal=one.goal_id) for one in plan.items.all()]
    hurdles = [HurdleOut(code=code, is_shown=is_shown) for code, is_shown in plan.hurdles]
    return filled(PlanOut, plan, may_agree=plan.state == State.TO_PERSON, items=items, hurdles=hurdles)
