"""What the case file says to the homes and the desk."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.appointments.enums import State as Meetings
from visavis.casefiles.endings.waiting import ending_line
from visavis.casefiles.enums import Act, Colour, Kind, Reached, Side, State, Way, Whose
from visavis.casefiles.models import Ending, Mark, Minutes, Note, Plan, PlanItem, PlanStep
from visavis.common import clock
from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.jobseekers.followed import followed
from visavis.people.acting import people_of
from visavis.people.asked import AskedBy
from visavis.people.days import MOST_LINES, REMINDERS, Day, Line, OfDay
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.people.waiting import (
    MINUTES,
    PLAN,
    App,
    Event,
    Happened,
    MayWait,
    Noted,
    Said,
    Urgency,
    Waiting,
    noted_filter,
)
from visavis.ui.dates import day

OUR_YES, PLACE, LATE, REVIEW = 16, 20, 22, 35
FIRST_DAY = dt.date(2000, 1, 1)
NEAR, MOST_NEAR = dt.timedelta(days=3), 5
MOST_APART = 5
TOLD = (Act.ADD, Act.CHANGE, Act.END, Act.REOPEN, Act.AGREE)
PLAN_OF = Prepared(lambda person: Plan.objects.filter(person=person))
HER_ACTIONS = Prepared(
    lambda plan, until: her_actions(until).filter(plan=plan).order_by("due_on", "pk")[:MOST_NEAR]
)
UNRESOLVED = Ending.objects.unresolved().filter(person=OuterRef("pk"))
# Of whom one accompanies today: of whom one wants to be reminded on a day, and whose follow-up ends on it; then what we
# wanted to do for somebody until it.
REMINDED_ON = AskedBy(
    lambda actor, since, on: (
        User.objects.filter(pk__in=people_of(actor, Capacity.COUNSELLOR))
        .annotate(
            ending=Subquery(UNRESOLVED.filter(ends_on=on).values("state")[:1]),
            ending_told=Subquery(UNRESOLVED.filter(ends_on=on).values("told_on")[:1]),
        )
        .filter(Q(file_mark__remind_on__gte=since, file_mark__remind_on__lte=on) | Q(ending__isnull=False))
        .select_related("jobseeker", "file_mark")
        .order_by("file_mark__remind_on", "pk")[: MOST_LINES + 1]
    )
)
OURS_ON = AskedBy(
    lambda actor, since, on: (
        PlanItem.objects.filter(
            plan__person__in=people_of(actor, Capacity.COUNSELLOR),
            whose=Whose.US,
            kind=Kind.ACTION,
            reached=Reached.OPEN,
            due_on__gte=since,
            due_on__lte=on,
        )
        .select_related("plan__person__jobseeker")
        .order_by("due_on", "pk")[: MOST_LINES + 1]
    )
)
# Whom the desk lists under “Minutes not shared”, whoever wrote them; then what one wrote of those it does not list.
WITH_UNSHARED = AskedBy(
    lambda actor: (
        followed(actor)
        .followed_now()
        .filter(Exists(Minutes.objects.unshared().filter(person=OuterRef("user")).order_by()))
        .order_by()
        .values_list("pk", flat=True)
    )
)
WROTE_UNSHARED = Prepared(
    lambda writer: (
        Minutes.objects.unshared().filter(writer=writer).order_by().values_list("pk", flat=True)[:1]
    )
)
UNSHARED_OF_OTHERS = AskedBy(
    lambda actor: (
        Minutes.objects.visible_to(actor)
        .unshared()
        .filter(writer=actor.pk)
        .exclude(person__in=followed(actor).followed_now().order_by().values("user"))
        .select_related("person")
        .order_by("ended_at", "pk")[:MOST_APART]
    )
)


def her_actions(until: dt.date) -> QuerySet[PlanItem]:
    """Keep what people wanted to do until a day, and have not done."""
    hers = PlanItem.objects.filter(whose=Whose.PERSON, kind=Kind.ACTION, reached=Reached.OPEN)
    return hers.filter(due_on__lte=until)


def share_them(person: Any) -> Waiting:
    return Waiting(
        gettext_lazy("Finish the minutes of the meeting, and share them."),
        address("casefiles:of", jobseeker_id=person.pk),
        Urgency.PASSED,
        label=gettext_lazy("Share the minutes"),
        due=person.noted["minutes"],
    )


def _at_the_plan(text: Any, label: Any, slug: str, urgency: Urgency) -> Callable[[Any], Waiting]:
    def to_do(person: Any) -> Waiting:
        url = address("casefiles:plan_of", jobseeker_id=person.pk)
        return Waiting(text, url, urgency, label=label, due=person.noted[slug])

    return to_do


_noted = partial(Noted, is_account=True)


def _line(person: User, page: str, words: Callable[[], str], on: dt.date | None, of: Day) -> Line:
    """Return one thing to do for a person; what was for a day before says for which."""
    is_late = on is not None and on < of.on
    word = _("since %(day)s") % {"day": day(on)} if is_late else ""
    url = address(page, jobseeker_id=person.jobseeker.pk)
    return Line(person.name, words, url, word=word, kind="wait" if is_late else "", is_hot=is_late)


class Plans(App):
    """What a plan asks of both."""

    chapter = PLAN

    filters = (
        noted_filter(
            "plan-ours",
            gettext_lazy("Waits for our yes to the plan"),
            place=OUR_YES,
            is_hot=True,
            to_do=_at_the_plan(
                gettext_lazy("Read what the person wrote in the plan, and answer."),
                gettext_lazy("Answer in the plan"),
                "plan-ours",
                Urgency.TO_CONFIRM,
            ),
        ),
        noted_filter(
            "action-late",
            gettext_lazy("An action whose day is past"),
            place=LATE,
            to_do=_at_the_plan(
                gettext_lazy("An action of the plan is late: ask what stands in the way."),
                gettext_lazy("See the plan"),
                "action-late",
                Urgency.DUE,
            ),
        ),
        noted_filter(
            "plan-review",
            gettext_lazy("Plan to look at again"),
            place=REVIEW,
            to_do=_at_the_plan(
                gettext_lazy("It is time to look at the plan again together."),
                gettext_lazy("See the plan"),
                "plan-review",
                Urgency.DUE,
            ),
        ),
    )

    def noted(self, morning: dt.datetime, tonight: dt.datetime) -> Sequence[Noted]:
        now = clock.now()
        return [
            _noted(Plan.objects.filter(state=State.TO_US), "person", "changed_at", "plan-ours"),
            _noted(PlanItem.objects.filter(late_at__lte=now), "plan__person", "late_at", "action-late"),
            _noted(Plan.objects.filter(review_at__lte=now), "person", "review_at", "plan-review"),
        ]

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return, for the person, what waits for her yes and what she wanted to do by now."""
        if role != Role.JOBSEEKER or (plan := PLAN_OF.first(actor.pk)) is None:
            return []
        url, found = address("casefiles:mine"), []
        if plan.state == State.TO_PERSON:
            words = _("Your counsellor proposes something for your plan. Do you agree?")
            found.append(Waiting(words, f"{url}#plan", Urgency.TO_CONFIRM, label=_("See")))
        for item in HER_ACTIONS(plan.pk, clock.today() + NEAR):
            item.plan = plan
            words = _("%(what)s, until %(day)s") % {"what": item.words, "day": day(item.due_on)}
            found.append(Waiting(words, address("casefiles:item", item_id=item.pk), label=_("See")))
        return found

    def may_wait(self) -> Sequence[MayWait]:
        return [
            MayWait(Plan.objects.filter(state=State.TO_PERSON), "person"),
            MayWait(her_actions(clock.today() + NEAR), "plan__person"),
        ]

    def of_day(self, actor: User, day: Day) -> list[OfDay]:
        """Return what we said that we do until a day; today also what is late."""
        lines = [
            _line(row.plan.person, "casefiles:plan_of", partial(getattr, row, "words"), row.due_on, day)
            for row in OURS_ON(actor, FIRST_DAY if day.is_today else day.on, day.on)
        ]
        return [OfDay(REMINDERS, lines)]

    def reached(self) -> Sequence[Said]:
        """What she said to the plan, herself or by phone, at the agency or on paper."""
        hers = PlanStep.objects.exclude(side=Side.AGENCY, way=Way.SITE)
        return [Said(hers, "plan__person", "at", is_account=True)]

    def happened(self, person: Any) -> Happened:
        return Happened(PlanStep.objects.filter(plan__person=person.user_id, act__in=TOLD))

    def tell(self, rows: Iterable[PlanStep], person: Any, actor: User) -> list[Event]:
        is_hers = actor.pk == person.user_id
        url = address("casefiles:mine") if is_hers else address("casefiles:plan_of", jobseeker_id=person.pk)
        return [Event(row.at, _("Plan: %(what)s.") % {"what": Act(row.act).label}, url) for row in rows]


MARKS, REMINDED = 72, 18


def look_at_her(person: Any) -> Waiting:
    return Waiting(
        gettext_lazy("You wanted to be reminded of this person today."),
        address("casefiles:mark", jobseeker_id=person.pk),
        Urgency.DUE,
        label=gettext_lazy("See the reminder"),
        due=person.noted["reminder"],
    )


def _reminder(row: Mark) -> str:
    return row.words or _("You wanted to be reminded.")


class Marks(App):
    """Which files are marked with what, and of whom somebody wants to be reminded."""

    filters = (
        noted_filter(
            "reminder", gettext_lazy("Reminder for today"), place=REMINDED, is_hot=True, to_do=look_at_her
        ),
        *(
            # A mark is how a file stands: nobody waits for it.
            noted_filter(f"marked-{one.value}", one.label, place=MARKS, is_to_come=True, tag=one.value)
            for one in Colour
        ),
    )

    def noted(self, morning: dt.datetime, tonight: dt.datetime) -> Sequence[Noted]:
        due = Mark.objects.filter(remind_at__lte=clock.now())
        marked = Mark.objects.exclude(colour="")
        return [
            _noted(due, "person", "remind_at", "reminder"),
            _noted(marked, "person", "at", Concat(Value("marked-"), "colour", output_field=CharField())),
        ]

    def of_day(self, actor: User, day: Day) -> list[OfDay]:
        """Return the reminders of a day, today also those of days before; and whose follow-up ends on it."""
        since, lines = FIRST_DAY if day.is_today else day.on, []
        for person in REMINDED_ON(actor, since, day.on):
            mark = getattr(person, "file_mark", None)
            if mark is not None and mark.remind_on is not None and since <= mark.remind_on <= day.on:
                lines.append(_line(person, "casefiles:mark", partial(_reminder, mark), mark.remind_on, day))
            if person.ending:
                lines.append(ending_line(person))
        return [OfDay(REMINDERS, lines)]

    def glance(self, person: Any, actor: User) -> dict[str, Any]:
        """Return the mark, and how many notes for colleagues there are: they are opened apart."""
        if person.user_id == actor.pk:
            return {}
        found: Any = GLANCED.first(person.user_id)
        return {"mark": getattr(found, "file_mark", None), "notes": found.notes or 0}


GLANCED = Prepared(
    lambda person: (
        User.objects.filter(pk=person)
        .select_related("file_mark")
        .annotate(
            notes=Subquery(
                Note.objects.filter(person=OuterRef("pk"))
                .order_by()
                .values("person")
                .annotate(number=Count("pk"))
                .values("number")
            )
        )
    )
)


class MinutesKept(App):
    """Minutes to share."""

    chapter = MINUTES

    filters = (noted_filter("minutes", gettext_lazy("Minutes not shared"), place=PLACE, to_do=share_them),)

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role != Role.COUNSELLOR:
            return []
        words = _("The minutes of your meeting with %(name)s are not shared.")
        apart = [
            Waiting(words % {"name": row.person.name}, row.url, label=_("See"))
            # Few have any: whom one follows is not asked for the others.
            for row in (UNSHARED_OF_OTHERS(actor) if WROTE_UNSHARED(actor.pk) else ())
        ]
        number = WITH_UNSHARED.count(actor)
        if not number:
            return apart
        words = ngettext(
            "Minutes of a meeting with %(n)s person are not shared.",
            "Minutes of meetings with %(n)s people are not shared.",
            number,
        )
        listed = f"{reverse('portal:desk')}?show=minutes"
        return [Waiting(words % {"n": number}, listed, label=_("See")), *apart]

    def reached(self) -> Sequence[Said]:
        """Who writes minutes has met her; a draft begun before an appointment took place is no proof."""
        held = Q(appointment__state=Meetings.BOOKED, shared_number__gt=0) | Q(
            appointment__state=Meetings.SEEN
        )
        met = Minutes.objects.filter(Q(appointment__isnull=True) | held)
        return [Said(met, "person", "met_at", is_account=True)]

    def noted(self, morning: dt.datetime, tonight: dt.datetime) -> Sequence[Noted]:
        return [_noted(Minutes.objects.unshared(), "person", "ended_at", "minutes")]

    def happened(self, person: Any) -> Happened:
        shared = Minutes.objects.filter(person=person.user_id, shared_number__gt=0, shared_at__isnull=False)
        return Happened(shared, "shared_at")

    def tell(self, rows: Iterable[Minutes], person: Any, actor: User) -> list[Event]:
        words = _("Minutes were shared with the person.")
        if actor.pk == person.user_id:
            words = _("Minutes of a meeting were shared with you.")
        return [Event(row.shared_at or row.saved_at, words, row.url) for row in rows]
