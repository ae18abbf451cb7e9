"""A plan in words: goals with their actions, what stands in the way, and what changed, by whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from visavis.casefiles.enums import Act, Hurdle, Kind, Reached, Side, Way, Whose
from visavis.casefiles.models import Plan, PlanItem, PlanStep
from visavis.casefiles.plan_telling import who
from visavis.ui.dates import day

MOST_STEPS = 60


@dataclass(frozen=True)
class Aim:
    """A goal with its actions; without a goal, the actions that serve none."""

    goal: PlanItem | None
    actions: list[PlanItem]


@dataclass(frozen=True)
class Said:
    """One change in words: what was done, by whom, how, and old beside new."""

    step: PlanStep
    what: str
    who: str
    old: str
    new: str


def told(plan: Plan, address_of: Callable[[PlanItem], str]) -> list[Aim]:
    """Return goals with their actions, what is open first; of actions, the nearest day first."""
    items: list[Any] = list(plan.items.all())
    for item in items:
        item.plan, item.url, item.done_by = plan, address_of(item), who(item)
    items.sort(key=lambda one: (not one.is_open, one.due_on is None, str(one.due_on), one.pk))
    goals = [one for one in items if one.kind == Kind.GOAL]
    actions = [one for one in items if one.kind == Kind.ACTION]
    aims = [Aim(goal, [one for one in actions if one.goal_id == goal.pk]) for goal in goals]
    loose = [one for one in actions if one.goal_id is None]
    return [*aims, Aim(None, loose)] if loose else aims


def hurdles(plan: Plan, *, is_hers: bool) -> list[tuple[str, bool]]:
    """Return what stands in the way, and whether it is shown; what she hides only she sees."""
    return [
        (str(Hurdle(code).label), is_shown)
        for code, is_shown in plan.hurdles
        if (is_hers or is_shown) and code in Hurdle.values
    ]


def history(plan: Plan, *, is_hers: bool) -> list[Said]:
    """Return what changed, the newest first."""
    steps = plan.steps.exclude(act=Act.BEGIN).select_related("by").order_by("-number")[:MOST_STEPS]
    for step in steps:
        step.plan = plan
    return [_said(step, is_hers=is_hers) for step in steps]


def _said(step: PlanStep, *, is_hers: bool) -> Said:
    if step.act == Act.HURDLES:
        old, new = (_codes(side.get("hurdles", []), is_hers=is_hers) for side in (step.old, step.new))
    else:
        old, new = _words(step.old), _words(step.new)
    return Said(step, str(Act(step.act).label), _by(step), old, new)


def _codes(said: Any, *, is_hers: bool) -> str:
    seen = [
        str(Hurdle(code).label) for code, is_shown in said if (is_hers or is_shown) and code in Hurdle.values
    ]
    return ", ".join(seen)


def _words(said: Mapping[str, str]) -> str:
    if "review" in said:
        return _day(said["review"])
    if not said:
        return ""
    parts = [said.get("words", "")]
    if said.get("whose"):
        parts.append(said.get("partner") or str(Whose(said["whose"]).label))
    if said.get("due_on"):
        parts.append(_("until %(day)s") % {"day": _day(said["due_on"])})
    if said.get("reached", Reached.OPEN) != Reached.OPEN:
        parts.append(str(Reached(said["reached"]).label))
    if said.get("why"):
        parts.append(said["why"])
    return " – ".join(part for part in parts if part)


def _day(text: str) -> str:
    return day(parse_date(text)) if text else ""


def _by(step: PlanStep) -> str:
    """Say whose word it was, and who wrote it down."""
    name = step.by.name if step.by else _("somebody who has left the service")
    if step.way == Way.SITE:
        return name
    words = {"name": name, "way": str(Way(step.way).label)}
    if step.way == Way.PROGRAM:
        return _("%(name)s, %(way)s") % words
    if step.side == Side.PERSON:
        return _("the person, %(way)s; noted by %(name)s") % words
    return _("both, %(way)s; noted by %(name)s") % words
