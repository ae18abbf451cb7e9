"""A counsellor's caseload: ready filters, names, order, and no more queries for more people."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.personas import Town
from tests.portal.conftest import Introduced, Person
from visavis.common import clock
from visavis.introductions.enums import Side, State
from visavis.introductions.models import FollowUp, Hire
from visavis.jobseekers.models import Jobseeker
from visavis.journal.services import Act, record
from visavis.matches import services
from visavis.matches.making import ranking
from visavis.portal.desk import caseload

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = dt.timedelta(days=1)


def found(town: Town, show: str = "", by: str = "bruno", **more: str) -> list[str]:
    response = town.client(by).get(reverse("portal:desk"), {"show": show, **more})
    assert response.status_code == 200
    counted = next(one for one in response.context["filters"] if one["is_current"])
    names = [line.person.user.name for line in response.context["shown"].lines]
    assert counted["count"] == len(names), "the filter counts other people than it shows"
    return names


def silent(town: Town, person: Person, introduced: Introduced) -> None:
    long_ago = clock.now() - 40 * DAY
    Jobseeker.objects.filter(pk__in=[person("Zita").pk, person("Opiniâtre").pk]).update(changed_at=long_ago)
    said = Jobseeker.objects.get(user__name="Opiniâtre")
    services.say(jobseeker=said, vacancy=town.vacancy, kind="kept", by=said.user)


def new(town: Town, person: Person, introduced: Introduced) -> None:
    zita, other = person("Zita"), person("Passée")
    bruno, dario = town.people["bruno"].pk, town.people["dario"].pk
    to_bruno = f"agency:1 counsellor:{bruno} was agency:1 counsellor:0"
    to_dario = f"agency:1 counsellor:{dario} was agency:1 counsellor:{bruno}"
    record(Act("changed", "assignment", zita.pk, zita.user_id, to_bruno), by=None)
    record(Act("changed", "assignment", other.pk, other.user_id, to_dario), by=None)


def unknown(town: Town, person: Person, introduced: Introduced) -> None:
    person("Zita", wish=False)


def without_opening(town: Town, person: Person, introduced: Introduced) -> None:
    person("Zita", contracts=["seasonal"])
    person("Arrêtée", contracts=["seasonal"], is_looking=False)
    ranking.rank_everybody()


def unreachable(town: Town, person: Person, introduced: Introduced) -> None:
    person("Zita", email=None, phone=None, channel="post")


def not_looking(town: Town, person: Person, introduced: Introduced) -> None:
    person("Zita", is_looking=False)


def to_answer(town: Town, person: Person, introduced: Introduced) -> None:
    introduced(person("Zita"), answer_by=clock.today() + 9 * DAY)


def last_day(town: Town, person: Person, introduced: Introduced) -> None:
    introduced(person("Zita"), answer_by=clock.today() + DAY)
    introduced(person("Tranquille"), answer_by=clock.today() + 9 * DAY)


def at_employer(town: Town, person: Person, introduced: Introduced) -> None:
    introduced(person("Zita"), state=State.PUT)
    introduced(person("Entendue"), state=State.AGREED)


def to_meet(town: Town, person: Person, introduced: Introduced) -> None:
    introduced(person("Zita"), state=State.INTERVIEW, meeting_at=clock.now() + 3 * DAY)
    introduced(person("Lointaine"), state=State.INTERVIEW, meeting_at=clock.now() + 13 * DAY)


def has_met(town: Town, person: Person, introduced: Introduced) -> None:
    introduced(person("Zita"), state=State.INTERVIEW, meeting_at=clock.now() - DAY)


def declared(town: Town, person: Person, introduced: Introduced, **more: object) -> None:
    row = introduced(person("Zita"), state=State.AGREED)
    terms = {"kind": "permanent", "starts_on": clock.today(), "declared_side": Side.EMPLOYER}
    Hire.objects.create(introduction=row, vacancy=row.vacancy, **(terms | more))


def disputed(town: Town, person: Person, introduced: Introduced) -> None:
    declared(town, person, introduced, disputed_at=clock.now())


def still_there(town: Town, person: Person, introduced: Introduced) -> None:
    row = introduced(person("Zita"), state=State.HIRED)
    hire = Hire.objects.create(
        introduction=row, vacancy=row.vacancy, kind="permanent", starts_on=clock.today(),
        declared_side=Side.EMPLOYER, confirmed_at=clock.now(), confirmed_side=Side.JOBSEEKER, seat=1,
    )  # fmt: skip
    FollowUp.objects.create(hire=hire, months=1, due_on=clock.today())
    FollowUp.objects.create(hire=hire, months=3, due_on=clock.today() + 60 * DAY)


def to_tell(town: Town, person: Person, introduced: Introduced) -> None:
    zita = person("Zita", channel="phone")
    for made, told in ((zita, None), (person("Prévenue", channel="phone"), clock.now())):
        row = introduced(made)
        factories.NewsFactory(user=made.user, thing_id=row.pk, is_told=told is not None)


SCENES: dict[str, Callable[..., None]] = {
    "silent": silent,
    "new": new,
    "unknown": unknown,
    "no-opening": without_opening,
    "unreachable": unreachable,
    "not-looking": not_looking,
    "to-answer": to_answer,
    "last-day": last_day,
    "at-employer": at_employer,
    "to-meet": to_meet,
    "has-met": has_met,
    "hire-declared": declared,
    "hire-disputed": disputed,
    "still-there": still_there,
    "to-tell": to_tell,
}


def test_every_filter_has_its_scene() -> None:
    assert set(SCENES) == set(caseload.by_slug())


@pytest.mark.parametrize("show", SCENES)
def test_a_ready_filter_finds_whom_it_says_and_counts_them(
    town: Town, person: Person, introduced: Introduced, show: str
) -> None:
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(counsellor=None)
    SCENES[show](town, person, introduced)
    assert "Zita" in found(town, show)
    names = {
        "silent": 1,
        "new": 1,
        "unreachable": 1,
        "last-day": 1,
        "to-meet": 1,
        "to-tell": 1,
        "at-employer": 1,
    }
    assert show not in names or found(town, show) == ["Zita"]
    assert found(town, show, by="dario") in ([], ["Gaël"])


def test_how_many_weeks_of_silence_is_chosen(town: Town, person: Person) -> None:
    for name, weeks in (("Zita", 10), ("Max", 5)):
        long_ago = clock.now() - weeks * 7 * DAY
        Jobseeker.objects.filter(pk=person(name).pk).update(changed_at=long_ago)
    client = town.client("bruno")
    for asked, names in (("4", ["Zita", "Max"]), ("8", ["Zita"]), ("12", []), ("x", ["Zita", "Max"])):
        shown = client.get(reverse("portal:desk"), {"show": "silent", "weeks": asked}).context["shown"]
        assert [line.person.user.name for line in shown.lines] == names


def test_only_her_own_people_are_ever_listed(town: Town, person: Person) -> None:
    person("Zita"), person("Basile", by="dario")
    assert set(found(town)) == {"Amélie", "Zita"}
    assert set(found(town, by="dario")) == {"Gaël", "Basile"}


def test_who_left_the_agency_lists_nobody(town: Town) -> None:
    town.people["bruno"].memberships.all().delete()
    assert town.client("bruno").get(reverse("portal:desk")).status_code == 404


def test_a_name_is_found_without_its_accents_and_never_by_the_address(town: Town, person: Person) -> None:
    person("Zoé Brûlé")
    client = town.client("bruno")
    shown = client.post(reverse("portal:desk"), {"q": "brule"}).context["shown"]
    assert [line.person.user.name for line in shown.lines] == ["Zoé Brûlé"]
    assert len(client.get(reverse("portal:desk"), {"q": "brule"}).context["shown"].lines) == 2


def test_who_looks_for_no_work_stands_after_who_does(town: Town, person: Person) -> None:
    for name, looks, days in (("Zoé", False, 300), ("Anna", True, 200)):
        Jobseeker.objects.filter(pk=person(name).pk).update(
            is_looking=looks, changed_at=clock.now() - days * DAY
        )
    names = found(town)
    assert (names[0], names[-1]) == ("Anna", "Zoé")


def test_who_waits_longest_stands_first_or_names_in_order(
    town: Town, person: Person, introduced: Introduced
) -> None:
    for name, days in (("Anna", 1), ("Zita", 9), ("Max", 4)):
        introduced(person(name), state=State.PUT, jobseeker_yes_at=clock.now() - days * DAY)
    assert found(town, "at-employer") == ["Zita", "Max", "Anna"]
    assert found(town, "at-employer", sort="name") == ["Anna", "Max", "Zita"]


def test_the_list_goes_by_pages(town: Town, person: Person) -> None:
    for number in range(caseload.A_PAGE):
        person(f"P{number:02}")
    page = town.client("bruno").get(reverse("portal:desk"), {"page": "2"})
    assert len(page.context["shown"].lines) == 1 and page.context["shown"].found == caseload.A_PAGE + 1


def test_twelve_queries_are_enough_however_many_people(
    town: Town, person: Person, introduced: Introduced, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        row = introduced(person(f"P{number}"), state=State.AGREED)
        if number % 2:
            Hire.objects.create(
                introduction=row, vacancy=row.vacancy, kind="permanent", starts_on=clock.today(),
                declared_side=Side.EMPLOYER,
            )  # fmt: skip
    client = town.client("bruno")
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:desk"))
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:desk"), {"show": "hire-declared"})
