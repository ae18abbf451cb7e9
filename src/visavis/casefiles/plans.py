"""A plan: begun, changed, agreed. What is promised: who changes it waits for the other's yes, nothing changes without a
step that keeps old and new, and of two who write at once the second sees both."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger as acts
from visavis.acts.ledger import Move
from visavis.casefiles import plan_telling
from visavis.casefiles.enums import Act, Kind, Reached, Side, State, Way, Whose
from visavis.casefiles.models import Plan, PlanItem
from visavis.casefiles.services import Meanwhile
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.models import User

REVIEWED_AFTER = dt.timedelta(days=90)


class NotNow(acts.NotNow):
    """The act does not go with where the plan stands."""

    words = _("Something happened to this plan meanwhile. Here is where it stands.")


class NoReason(Refused):
    """What is given up says why."""

    words = _("Say in a few words why this is given up.")


class Ledger(acts.Ledger):
    """What one act does: its step, and the journal."""

    refusal = NotNow


@dataclass(frozen=True)
class Origin:
    """Whose word it is, who writes it, and how it was said: on the site, or together by phone, here or on paper."""

    by: User
    side: Side
    way: Way = Way.SITE


@dataclass(frozen=True)
class Wanted:
    """What a goal or an action is to say."""

    words: str
    whose: Whose = Whose.PERSON
    partner: str = ""
    due_on: dt.date | None = None
    goal: PlanItem | None = None


@dataclass(frozen=True)
class Done:
    """One change as its step keeps it; without a target, it waits for the other side's yes."""

    act: Act
    item: PlanItem | None = None
    old: Mapping[str, object] = field(default_factory=dict)
    new: Mapping[str, object] = field(default_factory=dict)
    target: State | None = None


def add(*, person: User, kind: Kind, wanted: Wanted, origin: Origin) -> PlanItem:
    """Add a goal or an action; the first begins the plan."""
    with acts.acting(Ledger) as book:
        plan = _held(person) or _begun(person, origin, book)
        item = PlanItem(plan=plan, kind=kind)
        _write(item, wanted)
        item.save(force_insert=True)
        _step(book, plan, origin, Done(Act.ADD, item=item, new=item.as_said()))
    plan_telling.tell(plan, origin.by)
    return item


def change(*, item: PlanItem, wanted: Wanted, origin: Origin, seen: int) -> PlanItem:
    """Say a goal or an action otherwise; the same words change nothing. Raises Meanwhile."""
    with acts.acting(Ledger) as book:
        plan, row = _row(item)
        if row.version != seen:
            raise Meanwhile
        before, goal = row.as_said(), row.goal_id
        _write(row, wanted)
        if (before, goal) == (row.as_said(), row.goal_id):
            return row
        row.version += 1
        row.save()
        _step(book, plan, origin, Done(Act.CHANGE, item=row, old=before, new=row.as_said()))
    plan_telling.tell(plan, origin.by)
    return row


def end(*, item: PlanItem, reached: Reached, origin: Origin, why: str = "") -> PlanItem:
    """Note that it is done, given up with a reason, or to do again. Raises NoReason, NotNow."""
    if reached == Reached.DROPPED and not why.strip():
        raise NoReason
    with acts.acting(Ledger) as book:
        plan, row = _row(item)
        if row.reached == reached or not (row.is_open or reached == Reached.OPEN):
            raise NotNow
        before = row.as_said()
        row.reached, row.why = reached, why.strip() if reached == Reached.DROPPED else ""
        row.reckon()
        row.version += 1
        row.save()
        act = Act.REOPEN if reached == Reached.OPEN else Act.END
        _step(book, plan, origin, Done(act, row, before, row.as_said(), State(plan.state)))
    return row


def put_hurdles(*, person: User, shown: list[str], hidden: list[str], origin: Origin) -> Plan:
    """Keep what stands in the way; what she keeps for herself her counsellor neither sees nor changes."""
    with acts.acting(Ledger) as book:
        plan = _held(person) or _begun(person, origin, book)
        if origin.side == Side.AGENCY:
            hidden = [code for code, is_shown in plan.hurdles if not is_shown]
        now = [[code, True] for code in shown if code not in hidden] + [[code, False] for code in hidden]
        if now != plan.hurdles:
            old = {"hurdles": plan.hurdles}
            plan.hurdles = now
            _step(
                book, plan, origin, Done(Act.HURDLES, old=old, new={"hurdles": now}, target=State(plan.state))
            )
    return plan


def agree(*, plan: Plan, origin: Origin, seen: int) -> Plan:
    """Say yes to the plan as it was read; it is looked at again in three months. Raises NotNow, Moved."""
    with acts.acting(Ledger) as book:
        row = acts.read_anew(Plan.objects.select_related("person"), plan.pk, seen)
        _step(book, row, origin, Done(Act.AGREE, target=State.AGREED))
    return row


def review_on(*, plan: Plan, day: dt.date, origin: Origin) -> Plan:
    """Say when both look at the plan again."""
    with acts.acting(Ledger) as book:
        row = acts.read_anew(Plan.objects.select_related("person"), plan.pk)
        old = {"review": row.review_at.date().isoformat() if row.review_at else ""}
        row.review_at = clock.start_of(day)
        _step(
            book,
            row,
            origin,
            Done(Act.REVIEW, old=old, new={"review": day.isoformat()}, target=State(row.state)),
        )
    return row


# How it is written -----------------------------------------------------------------------------------


def _held(person: User) -> Plan | None:
    return Plan.objects.select_for_update(of=("self",)).select_related("person").filter(person=person).first()


def _begun(person: User, origin: Origin, book: Ledger) -> Plan:
    plan = Plan(person=person, state=State.AGREED, hurdles=[])
    plan.told = {"way": origin.way}
    book.step(plan, Move(Act.BEGIN, origin.side, State.AGREED, origin.by))
    return plan


def _row(item: PlanItem) -> tuple[Plan, PlanItem]:
    """Hold the plan, then read one of its goals or actions anew."""
    plan = acts.read_anew(Plan.objects.select_related("person"), item.plan_id)
    row = PlanItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    row.plan = plan
    return plan, row


def _write(item: PlanItem, wanted: Wanted) -> None:
    item.words, item.due_on = wanted.words.strip(), wanted.due_on
    if item.kind == Kind.ACTION:
        item.whose, item.goal = wanted.whose, wanted.goal
        item.partner = wanted.partner.strip() if wanted.whose == Whose.PARTNER else ""
    item.reckon()


def _step(book: Ledger, plan: Plan, origin: Origin, done: Done) -> None:
    """Write a step; what both said together is agreed at once."""
    target = done.target or _asked(plan, origin)
    if target == State.AGREED and done.act in (Act.ADD, Act.CHANGE, Act.AGREE):
        plan.agreed_at = clock.now()
        plan.review_at = plan.agreed_at + REVIEWED_AFTER
    plan.told = {"item": done.item, "way": origin.way, "old": done.old, "new": done.new}
    book.step(plan, Move(done.act, origin.side, target, origin.by))
    plan_telling.tell_no_more(plan)


def _asked(plan: Plan, origin: Origin) -> State:
    """Return whose yes a change waits for: the other side's; nobody's new, where both said it together."""
    if origin.side == Side.PERSON:
        return State.TO_US
    return State.TO_PERSON if origin.way == Way.SITE else State(plan.state)
