"""A mark on a file: a colour with its word, and a day on which to be reminded."""

import datetime as dt
from typing import Any

from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.agencies.models import Absence
from visavis.casefiles import marking
from visavis.casefiles.enums import Colour
from visavis.casefiles.models import Mark
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import User

DAY = dt.timedelta(days=1)


def url(town: Town) -> str:
    return reverse("casefiles:mark", args=[town.jobseeker.pk])


def shown(town: Town, persona: str, show: str) -> list[str]:
    rows = town.client(persona).get(reverse("portal:desk"), {"show": show}).context["shown"].rows
    return [row.name for row in rows]


def test_a_colour_stands_with_its_word_and_an_empty_mark_is_taken_away(
    town: Town,
) -> None:
    User.objects.update(language="fr")
    client = town.client("bruno")
    client.post(url(town), {"colour": "bad", "words": "Coupure d’électricité lundi"})
    page = client.get(reverse("portal:desk")).content.decode()
    assert '<span class="tag bad">Urgent</span>' in page and shown(town, "bruno", "marked-bad") == ["Amélie"]
    glance = client.get(reverse("portal:desk_person", args=[town.jobseeker.pk])).content.decode()
    assert "Coupure d’électricité lundi" in glance and ">Urgent</span>" in glance
    client.post(url(town), {"colour": "", "words": ""})
    assert not Mark.objects.exists()
    acts = Entry.objects.filter(thing="mark").exclude(action="read").order_by("pk")
    assert list(acts.values_list("action", flat=True)) == ["created", "deleted"]


def test_what_makes_no_sense_is_refused_but_a_past_reminder_is_changed(
    town: Town,
) -> None:
    client, yesterday = town.client("bruno"), clock.today() - DAY
    for wrong in (
        {"colour": "pink"},
        {"remind_on": "2020-01-01"},
        {"remind_on": "hier"},
        {"words": "seul"},
    ):
        answer = client.post(url(town), {"words": "À rappeler"} | wrong)
        assert answer.status_code == 400 and not Mark.objects.exists()
        assert (wrong.get("words") or "À rappeler") in answer.content.decode()
    wanted = marking.Wanted(remind_on=clock.today())
    mark = marking.put(person=town.jobseeker.user, wanted=wanted, by=town.people["bruno"])
    assert mark is not None
    mark.remind(yesterday)
    mark.save()
    asked = {"colour": "good", "remind_on": yesterday.isoformat()}
    assert client.post(url(town), asked).status_code == 302


def test_who_stands_in_sees_it_and_one_is_reminded_from_the_day_on(town: Town, time_machine: Any) -> None:
    desk = town.agency.organisation
    town.people["colette"] = factories.UserFactory(role=Role.COUNSELLOR, role__organisation=desk)
    marking.put(person=town.jobseeker.user, wanted=marking.Wanted(Colour.WAIT), by=town.people["bruno"])
    assert shown(town, "colette", "marked-wait") == []
    away = {"user": town.people["bruno"], "substitute": town.people["colette"], "agency": town.agency}
    Absence.objects.create(**away, starts_on=clock.today(), ends_on=clock.today())
    assert shown(town, "colette", "marked-wait") == ["Amélie"]
    assert not Mark.objects.visible_to(town.people["dario"]).exists()
    time_machine.move_to(clock.now(), tick=False)
    town.client("bruno").post(url(town), {"remind_on": (clock.today() + 2 * DAY).isoformat()})
    assert shown(town, "bruno", "reminder") == []
    time_machine.move_to(clock.start_of(clock.today() + 2 * DAY))
    assert shown(town, "bruno", "reminder") == ["Amélie"]
    page = town.client("bruno").get(reverse("portal:desk"), {"show": "reminder"})
    assert url(town) in page.content.decode()
