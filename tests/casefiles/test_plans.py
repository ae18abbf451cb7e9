"""The plan: each change waits for the other's yes, keeps old beside new, and what she hides only she sees."""

import datetime as dt
import html

import pytest
from django.urls import reverse

from tests.personas import Town
from visavis.acts.ledger import Moved
from visavis.casefiles import plan_telling, plans
from visavis.casefiles.enums import Hurdle, Kind, Reached, Side, State, Way, Whose
from visavis.casefiles.models import Plan, PlanItem
from visavis.casefiles.plans import Origin, Wanted
from visavis.casefiles.services import Meanwhile
from visavis.common import clock
from visavis.journal import under
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.people import waiting
from visavis.people.enums import Channel, Role
from visavis.people.models import User

pytestmark = pytest.mark.django_db
MINE = "casefiles:mine"


def hers(town: Town) -> Origin:
    return Origin(town.people["amelie"], Side.PERSON)


def his(town: Town, way: Way = Way.SITE) -> Origin:
    return Origin(town.people["bruno"], Side.AGENCY, way)


def added(town: Town, origin: Origin, words: str = "Refaire le CV", **more: object) -> PlanItem:
    wanted = Wanted(words, **more)  # type: ignore[arg-type]
    return plans.add(person=town.people["amelie"], kind=Kind.ACTION, wanted=wanted, origin=origin)


def agreed(town: Town, origin: Origin) -> State:
    """Say yes to what stands there; return how it stands."""
    plans.agree(plan=plan(town), origin=origin, seen=plan(town).version)
    return plan(town).state


def plan(town: Town) -> Plan:
    return Plan.objects.select_related("person").get(person=town.people["amelie"])


def page(town: Town, name: str) -> str:
    url = reverse(MINE) if name == "amelie" else reverse("casefiles:plan_of", args=[town.jobseeker.pk])
    return html.unescape(town.client(name).get(url).content.decode())


def test_who_changes_it_waits_for_the_yes_of_the_other(town: Town) -> None:
    added(town, hers(town))
    assert plan(town).state == State.TO_US
    assert agreed(town, his(town)) == State.AGREED and plan(town).review_at is not None
    added(town, his(town), "Appeler l’entreprise", whose=Whose.US)
    assert plan(town).state == State.TO_PERSON
    with pytest.raises(plans.NotNow):
        agreed(town, his(town))
    added(town, his(town, Way.PHONE), "Une autre action")
    assert plan(town).state == State.TO_PERSON, "said together, it does not agree to what waits for her"
    url = reverse("casefiles:agree_of", args=[town.jobseeker.pk])
    town.client("bruno").post(url, {"way": "phone", "version": str(plan(town).version)})
    step = plan(town).steps.filter(act="agree").latest("number")
    assert (plan(town).state, step.side, step.way, step.by) == (
        "agreed",
        "person",
        "phone",
        town.people["bruno"],
    )
    assert "noté par" in page(town, "amelie")
    added(town, his(town), "La dernière")
    assert agreed(town, hers(town)) == State.AGREED


@pytest.mark.parametrize("way", [Way.PHONE, Way.COUNTER, Way.PAPER])
def test_what_both_said_together_is_agreed_at_once_and_says_how(town: Town, way: Way) -> None:
    added(town, his(town, way))
    assert plan(town).state == State.AGREED and plan(town).agreed_at is not None
    step = plan(town).steps.get(act="add")
    assert (step.way, step.by) == (way, town.people["bruno"])


def test_nobody_says_yes_to_what_was_changed_and_what_is_given_up_says_why(town: Town) -> None:
    added(town, his(town))
    seen = plan(town).version
    added(town, his(town), "Encore une")
    with pytest.raises(Moved):
        plans.agree(plan=plan(town), origin=hers(town), seen=seen)
    sent = town.client("amelie").post(reverse("casefiles:agree"), {"version": str(seen)})
    assert sent.status_code == 409 and "Encore une" in sent.content.decode()
    assert plan(town).state == State.TO_PERSON
    item = added(town, hers(town), due_on=clock.today() - dt.timedelta(days=1))
    assert item.is_late
    with pytest.raises(plans.NoReason):
        plans.end(item=item, reached=Reached.DROPPED, origin=hers(town))
    done = plans.end(item=item, reached=Reached.DONE, origin=hers(town))
    assert done.late_at is None
    with pytest.raises(plans.NotNow):
        plans.end(item=item, reached=Reached.DROPPED, origin=hers(town), why="x")
    assert plans.end(item=item, reached=Reached.OPEN, origin=hers(town)).is_late


def test_two_pages_that_meet_show_both_and_each_change_keeps_old_and_new_and_by_whom(town: Town) -> None:
    item = added(town, hers(town))
    plans.change(item=item, wanted=Wanted("Refaire le CV et la lettre"), origin=his(town), seen=1)
    with pytest.raises(Meanwhile):
        plans.change(item=item, wanted=Wanted("Autre"), origin=hers(town), seen=1)
    url = reverse("casefiles:item", args=[item.pk])
    sent = town.client("amelie").post(url, {"words": "Mon texte", "whose": "person", "version": "1"})
    said = html.unescape(sent.content.decode())
    assert sent.status_code == 409 and "Refaire le CV et la lettre" in said and "Mon texte" in said
    assert PlanItem.objects.get(pk=item.pk).words == "Refaire le CV et la lettre"
    step = plan(town).steps.get(act="change")
    assert (step.old["words"], step.new["words"]) == ("Refaire le CV", "Refaire le CV et la lettre")
    assert step.by == town.people["bruno"]
    shown = page(town, "amelie")
    assert "<del>Refaire le CV" in shown and town.people["bruno"].name in shown
    notes = Entry.objects.about(town.people["amelie"].pk).filter(thing="plan").values_list("note", flat=True)
    assert not [one for one in notes if "CV" in one]


def test_difficulties_are_of_a_closed_list_and_she_is_told_once_by_her_channel(town: Town) -> None:
    """Nothing of an illness is on it: of health only what it asks of work."""
    at_home = {"travel", "childcare", "housing", "papers", "language"}
    of_work = {"no-loads", "seated", "short-days", "by-day"}
    assert set(Hurdle.values) == at_home | of_work
    answer = town.client("amelie").post(reverse("casefiles:hurdles"), {"shown": ["seated", "depression"]})
    assert answer.status_code == 200 and not Plan.objects.filter(person=town.people["amelie"]).exists()
    added(town, his(town))
    added(town, his(town), "Appeler l’entreprise")
    told = News.objects.get(thing="plan", user=town.people["amelie"])
    assert "CV" not in f"{told.title}{told.link}"
    assert any("Refaire le CV" in line for line in plan_telling.on_paper(told))
    # What she changes herself waits for us, and what had not reached her yet is taken back.
    added(town, hers(town))
    assert not News.objects.filter(thing="plan").exists()


def test_what_she_keeps_for_herself_neither_counsellor_nor_helper_sees(
    town: Town,
) -> None:
    client, amelie, ines = town.client("amelie"), town.people["amelie"], town.people["ines"]
    client.post(reverse("casefiles:hurdles"), {"shown": ["travel"], "hidden": ["housing", "travel"]})
    assert sorted(plan(town).hurdles) == [["housing", False], ["travel", False]]
    assert "Un logement" in page(town, "amelie")
    assert "Un logement" not in page(town, "bruno") and "Aller au travail" not in page(town, "bruno")
    url = reverse("casefiles:hurdles_of", args=[town.jobseeker.pk])
    town.client("bruno").post(url, {"shown": ["language", "housing"], "hidden": ["papers"]})
    assert dict(plan(town).hurdles) == {"language": True, "housing": False, "travel": False}
    assert "Un logement" not in page(town, "bruno")
    plans.put_hurdles(person=amelie, shown=["travel"], hidden=["housing"], origin=hers(town))
    with under.acting(under.Under(1, amelie.pk, ines.pk)):
        shown = page(town, "amelie")
    assert "Aller au travail" in shown and "Un logement" not in shown
    assert reverse("casefiles:hurdles") not in shown


@pytest.mark.parametrize("way", [Way.PHONE, Way.COUNTER, Way.PAPER])
def test_what_waited_to_be_told_waits_no_more_once_she_said_yes_otherwise(town: Town, way: Way) -> None:
    User.objects.filter(pk=town.people["amelie"].pk).update(channel=Channel.COUNTER)
    town.people["amelie"].refresh_from_db()
    added(town, his(town))
    [told] = News.objects.filter(thing="plan")
    assert told.state == News.State.TO_TELL
    plans.put_hurdles(person=town.people["amelie"], shown=[Hurdle.HOUSING], hidden=[], origin=his(town))
    assert News.objects.filter(thing="plan").exists()
    agreed(town, Origin(town.people["bruno"], Side.PERSON, way))
    assert not News.objects.filter(thing="plan").exists()


def test_what_has_left_stays_when_she_says_yes_and_goes_with_the_plan(town: Town) -> None:
    added(town, his(town))
    News.objects.filter(thing="plan").update(state=News.State.SENT, told_at=clock.now())
    agreed(town, hers(town))
    assert News.objects.get(thing="plan").state == News.State.SENT
    assert not plan_telling.over(clock.now()).filter(thing="plan").exists()
    plan(town).delete()
    assert plan_telling.over(clock.now()).filter(thing="plan").exists()


def test_her_home_asks_for_her_yes_and_a_plan_is_printed_for_both(town: Town) -> None:
    added(town, his(town), due_on=clock.today() + dt.timedelta(days=2))
    said = [str(one.text) for one in waiting.waiting_for(town.people["amelie"], Role.JOBSEEKER)]
    assert any("plan" in one for one in said) and any("Refaire le CV" in one for one in said)
    agreed(town, hers(town))
    day = clock.today() + dt.timedelta(days=30)
    url = reverse("casefiles:agree_of", args=[town.jobseeker.pk])
    town.client("bruno").post(url, {"act": "review", "day": day.isoformat()})
    assert plan(town).review_at == clock.start_of(day)
    added(town, hers(town))
    seen = {name for name, who in town.people.items() if Plan.objects.visible_to(who).exists()}
    assert seen == {"amelie", "bruno"}
    goal = Wanted("Trouver un poste de jour")
    plans.add(person=town.people["amelie"], kind=Kind.GOAL, wanted=goal, origin=hers(town))
    said = html.unescape(town.client("amelie").get(reverse("casefiles:printed")).content.decode())
    assert "Refaire le CV" in said and "signature" in said
    assert "<h2" in said and "<h3" not in said, "a heading is passed over"
