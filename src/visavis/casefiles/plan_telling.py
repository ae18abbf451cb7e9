"""Tell a person that her plan waits for her yes, by her channel; the news never says what, a letter says all of it."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.casefiles.enums import Kind, Reached, State, Whose
from visavis.casefiles.models import Plan, PlanItem
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui.dates import day

THING, PROPOSED = "plan", "proposed"
ALOUD = {
    PROPOSED: _(
        "Your counsellor proposes something for your plan. I read it to you, and note whether you agree."
    )
}


def tell(plan: Plan, by: User) -> News | None:
    """Tell what waits for her yes; not again while it has not reached her."""
    if plan.state != State.TO_PERSON or by.pk == plan.person_id:
        return None
    waits = News.objects.filter(thing=THING, thing_id=plan.pk, state__in=[News.State.WAITING, *News.UNTOLD])
    if waits.exists():
        return None
    with override(plan.person.language):
        subject = news.Subject(THING, plan.pk, gettext("Your plan"), reverse("casefiles:mine"))
    return news.tell(user=plan.person, role=Role.JOBSEEKER, kind=PROPOSED, subject=subject)


def tell_no_more(plan: Plan) -> None:
    """Take back that it waits for her yes, where that has not reached her, once it does not wait any more."""
    if plan.state != State.TO_PERSON:
        news.take_back(thing=THING, numbers=[plan.pk], kinds=[PROPOSED])


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells: the plan as it stands, and how to say yes."""
    plan = Plan.objects.select_related("person").get(pk=row.thing_id)
    lines = [words_of(item) for item in plan.items.all() if item.is_open]
    return [
        gettext("Here is the plan that your counsellor proposes to you:"),
        *lines,
        gettext("You agree, or you want it otherwise? Call us, write to us, or come: we note it with you."),
    ]


def words_of(item: PlanItem) -> str:
    """Return a goal or an action in one line: who does what, until when, and how far it is."""
    said = [item.words]
    if item.kind == Kind.ACTION:
        said.append(who(item))
    if item.due_on:
        said.append(gettext("until %(day)s") % {"day": day(item.due_on)})
    if not item.is_open:
        said.append(str(Reached(item.reached).label))
    return " – ".join(said)


def who(item: PlanItem) -> str:
    """Return who does an action, as the person reads it."""
    names = {Whose.PERSON: gettext("you"), Whose.US: gettext("your counsellor")}
    return names.get(Whose(item.whose)) or item.partner or gettext("somebody else")


def over(now: dt.datetime) -> QuerySet[News]:
    """Find the news of plans that are gone."""
    kept = Plan.objects.order_by().values("pk")
    return News.objects.filter(thing=THING).exclude(thing_id__in=kept)
