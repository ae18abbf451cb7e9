"""An app that says what waits is folded into the homes, the desk, the counts and the timeline; nobody names it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import lazystr

from tests.caseload import Person
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.people import waiting
from visavis.people.course import in_course
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Event, Filter, Happened, Meeting, Urgency, Waiting

pytestmark = pytest.mark.django_db


def write(person: Any) -> Waiting:
    return Waiting("Write the letter.", "/letters/", Urgency.TO_SETTLE, label="Write")


class Letters(App):
    """An app of letters, that the portal has never heard of."""

    chapter = waiting.Chapter("letters", lazystr("Letters"), 9)
    filters = (
        Filter(
            "letter", lazystr("Letter to write"), lambda actor: Q(user__name="Zita"), place=15, to_do=write
        ),
    )

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        return [Waiting("Read it.", "/letters/1/", title="A letter")] if role == Role.JOBSEEKER else []

    def meetings_of(self, actor: User, role: Role) -> list[Meeting]:
        soon = clock.now() + dt.timedelta(days=3)
        return [Meeting(soon, "Reading together", "Bruno", "At the agency", "/letters/2/")]

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[Any]]:
        return {person.pk: ["a letter"] for person in people if person.user.name == "Max"}

    def happened(self, person: Any) -> Happened:
        return Happened(User.objects.filter(pk=person.user_id), "joined_at")

    def tell(self, rows: Iterable[User], person: Any, actor: User) -> list[Event]:
        return [Event(row.joined_at, "A letter came.", "/letters/1/") for row in rows]


@pytest.fixture(autouse=True)
def letters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "APPS", [*waiting.APPS, Letters()])


def page(town: Town, name: str, url: str) -> str:
    return town.client(name).get(url).content.decode()


def test_the_home_and_the_time_line_show_what_waits_the_meetings_to_come_and_what_happened(
    town: Town,
) -> None:
    home = page(town, "amelie", reverse("portal:home"))
    for words in ("A letter", "Read it.", "/letters/1/", "Reading together", "At the agency"):
        assert words in home
    told = page(town, "amelie", reverse("portal:everything") + "?kind=letters")
    assert "A letter came." in told and "Letters" in told


def test_the_filter_is_counted_in_its_place_and_finds_whom_it_says(town: Town, person: Person) -> None:
    person("Zita"), person("Max")
    shown = town.client("bruno").get(reverse("portal:desk"), {"show": "letter"}).context["shown"]
    assert [line.person.user.name for line in shown.rows] == ["Zita"]
    assert (str(shown.filters[4]["label"]), shown.filters[4]["count"]) == ("Letter to write", 1)


def test_what_is_most_urgent_is_the_next_act_and_what_is_in_course_and_happened_is_told(
    town: Town, person: Person
) -> None:
    for name, is_first in (("Zita", True), ("Max", False)):
        glance = page(town, "bruno", reverse("portal:desk_person", args=[person(name).pk]))
        assert ("Write the letter." in glance.split("</section>")[0]) is is_first
        assert "A letter came." in glance
    bruno, names = town.people["bruno"], ["Max", "Anna"]
    made = [person(name).pk for name in names]
    people = waiting.with_flags(Jobseeker.objects.filter(pk__in=made).order_by("pk"), bruno)
    course = in_course(bruno, list(people.select_related("user")))
    assert [course.holds(who) for who in people] == [True, False]
