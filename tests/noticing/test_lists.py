"""Lists and searches of people are written down, and who leafs through everybody is noticed; nobody at work is."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.appointments.making import kind
from tests.personas import Town
from visavis.appointments.models import Invitation
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.models import Thread
from visavis.news.models import News
from visavis.noticing import lists, telling
from visavis.noticing.limits import ReasonAsked, Stopped
from visavis.noticing.models import Reason
from visavis.people.models import User
from visavis.unreached.models import Unreached

pytestmark = [pytest.mark.django_db]
PEOPLE, DESK = reverse("jobseekers:people"), reverse("portal:desk")
REASON, NOTICED = reverse("noticing:reason"), reverse("noticing:noticed")


@pytest.fixture
def many(town: Town) -> list[User]:
    """Eight hundred and thirty-seven people of the agency, nobody's caseload."""
    users = User.objects.bulk_create(
        User(name=f"Personne {number:04}", password="!", joined_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        for number in range(837)
    )
    Jobseeker.objects.bulk_create(Jobseeker(user=user, agency=town.agency) for user in users)
    return users


def written(user: User, thing: str) -> list[Entry]:
    return list(Entry.objects.readings().filter(actor_id=user.pk, thing=thing).order_by("pk"))


def leaf(client: Client, first: int, last: int) -> list[int]:
    return [client.get(PEOPLE, {"page": number}).status_code for number in range(first, last + 1)]


def test_reception_that_leafs_through_everybody_is_asked_stopped_and_told(
    town: Town, many: list[User]
) -> None:
    client = town.client("rosa")
    assert leaf(client, 1, 13) == [200] * 12 + [403]
    assert telling.sweep() == 1
    told = {row.user for row in News.objects.filter(thing="files")}
    assert told == {town.people["hugo"], town.people["nadia"]}
    page = town.client("nadia").get(NOTICED).content.decode()
    assert town.people["rosa"].name in page
    assert "listes de personnes" in page
    client.post(REASON, {"words": "the list of the workshop", "next": PEOPLE})
    assert leaf(client, 13, 24) == [200] * 12
    assert leaf(client, 25, 34) == [403] * 10
    assert sum(int(one.thing_id) for one in written(town.people["rosa"], "people")) <= 600
    # What she has seen today stays open and counts once.
    assert [client.get(PEOPLE).status_code for _time in range(20)] == [200] * 20


def test_letters_in_the_place_of_pages_are_the_same_and_a_caseload_counts_for_nothing(
    town: Town, many: list[User]
) -> None:
    client = town.client("rosa")
    answers = [client.post(PEOPLE, {"q": f"Personne 00{number}"}).status_code for number in range(10)]
    answers += [client.post(PEOPLE, {"q": f"Personne 0{number}"}).status_code for number in range(1, 8)]
    assert 403 in answers
    bruno = town.people["bruno"]
    Jobseeker.objects.filter(user__in=many[:120]).update(counsellor=bruno)
    client = town.client("bruno")
    for number in range(1, 6):
        assert client.get(PEOPLE, {"page": number}).status_code == 200
        assert client.get(DESK, {"page": number}).status_code == 200
    assert len(written(bruno, "caseload")) == 10
    assert not written(bruno, "people")


def test_a_search_is_written_without_its_words_also_at_the_counter(town: Town, many: list[User]) -> None:
    rosa = town.people["rosa"]
    client = town.client("rosa")
    client.post(PEOPLE, {"q": "Personne 0001"})
    client.post(PEOPLE, {"q": "Personne 0001"})
    client.post(PEOPLE, {"q": "Personne 0002"})
    one, again, other = written(rosa, "people")
    assert (one.thing_id, one.person_id) == ("1", None)
    assert one.note == again.note != other.note
    assert "ersonne" not in one.note
    assert len(one.note) == 16
    vacancy = factories.VacancyFactory(employer=town.employer)
    url = reverse("applying:people", kwargs={"vacancy_id": vacancy.pk})
    assert client.post(url, {"q": "Personne 0001"}).status_code == 200
    assert [one.thing_id for one in written(rosa, "people")] == ["1"] * 4


# No list of names is a way round that of people -------------------------------------------------------


@pytest.mark.parametrize("thing", lists.COUNTED)
def test_every_list_that_names_people_asks_and_stops(town: Town, thing: str) -> None:
    rosa = town.people["rosa"].pk
    for page in range(12):
        journal.listed(thing, by=rosa, shown=25, asked=(page,))
    with pytest.raises(ReasonAsked):
        journal.listed(thing, by=rosa, shown=25, asked=(12,))
    journal.listed(thing, by=rosa, shown=25, asked=(3,))
    with pytest.raises(Stopped):
        journal.listed(thing, by=rosa, shown=301, asked=(13,))


def test_every_list_counts_with_the_others_but_what_is_her_own_or_a_reading_of_one_thing(town: Town) -> None:
    for thing in ("caseload", "letterbox", "agenda", "interviews"):
        for page in range(40):
            journal.listed(thing, by=town.people["rosa"].pk, shown=25, asked=(page,))
    # The journal calls a merge that was opened as the list of them: its number is no number of people.
    journal.read("merge", 5_000_000, by=town.people["rosa"].pk, person_id=town.people["amelie"].pk)
    journal.read("unreached", 5_000_000, by=town.people["rosa"].pk)
    journal.listed("merge", by=town.people["rosa"].pk, shown=1, asked=(1,))
    rosa = town.people["rosa"].pk
    for thing in lists.COUNTED[:6]:
        journal.listed(thing, by=rosa, shown=50, asked=(1,))
    with pytest.raises(ReasonAsked):
        journal.listed(lists.COUNTED[6], by=rosa, shown=50, asked=(1,))


def begin(town: Town, people: list[User], **more: object) -> None:
    """Begin a conversation with each."""
    said = {"agency": town.agency, "subject": "x", "ours_since": clock.now(), "last_at": clock.now()} | more
    Thread.objects.bulk_create(Thread(pk=number, person=one, **said) for number, one in enumerate(people, 1))


def test_names_for_a_second_file_are_counted_and_her_own_conversations_are_not(
    town: Town, many: list[User]
) -> None:
    client, url = town.client("rosa"), reverse("merging:search", args=[town.jobseeker.pk])
    answers = [client.post(url, {"q": f"Personne 0{number}"}).status_code for number in range(10, 50)]
    assert answers[0] == 200 and 403 in answers
    bruno = town.people["bruno"]
    begin(town, many[:400], holder=bruno)
    assert set(leafs(town.client("bruno"), reverse("mailboxes:box"), 14)) == {200}
    assert written(bruno, "letterbox") and not written(bruno, "letterbox-of-others")


def leafs(client: Client, url: str, pages: int, **more: str) -> list[int]:
    return [client.get(url, {"page": number, **more}).status_code for number in range(1, pages + 1)]


def test_whom_nothing_reached_and_conversations_of_the_team(town: Town, many: list[User]) -> None:
    now = clock.now()
    Unreached.objects.bulk_create(
        Unreached(pk=number, person=one, cause="nothing", since=now - dt.timedelta(days=90), found_at=now)
        for number, one in enumerate(many[:400], 1)
    )
    assert 403 in leafs(town.client("hugo"), reverse("unreached:list"), 20)
    begin(town, many[:400])
    assert 403 in leafs(town.client("bruno"), reverse("mailboxes:box"), 14, box="team")


def test_far_days_and_pages_of_invitations_are_counted_near_ones_are_not(town: Town) -> None:
    client, rosa, today = town.client("rosa"), town.people["rosa"], clock.today()
    url = reverse("appointments:agenda")
    for days in (-3, 0, 1, 3, 12):
        assert client.get(url, {"from": (today + dt.timedelta(days=days)).isoformat()}).status_code == 200
    assert (len(written(rosa, "agenda")), len(written(rosa, "agenda-of-other-days"))) == (4, 1)
    proposed = kind(town.agency)
    people = [factories.JobseekerFactory(agency=town.agency).user for _number in range(60)]
    for one in people:
        until = today + dt.timedelta(days=9)
        Invitation.objects.create(
            person=one, kind=proposed, remind_on=today, by=town.people["hugo"], until=until
        )
    assert set(leafs(client, reverse("appointments:invitations"), 2)) == {200}
    pages = written(rosa, "invitations")
    assert len({one.note for one in pages}) == 2, "each page is another list"


def test_a_busy_morning_with_all_lists_meets_no_limit(
    town: Town, many: list[User], time_machine: object
) -> None:
    """Every ninety seconds somebody: lists, a search, the appointments, the file, at times a second file."""
    begins = dt.datetime(2027, 3, 2, 7, 30, tzinfo=dt.UTC)
    time_machine.move_to(begins.isoformat())  # type: ignore[attr-defined]
    client, agenda, people = town.client("rosa"), reverse("appointments:agenda"), reverse("jobseekers:people")
    files = dict(Jobseeker.objects.filter(user__in=many[:140]).values_list("user", "pk"))
    for number, one in enumerate(many[:140]):
        time_machine.move_to((begins + number * dt.timedelta(seconds=90)).isoformat())  # type: ignore[attr-defined]
        assert client.get(agenda).status_code == 200
        assert client.get(agenda, {"from": "2027-03-03"}).status_code == 200
        assert client.get(people).status_code == 200
        assert client.post(people, {"q": one.name}).status_code == 200
        assert client.get(reverse("jobseekers:person", args=[files[one.pk]])).status_code == 200
        if number % 10 == 0:
            url = reverse("merging:search", args=[town.jobseeker.pk])
            assert client.post(url, {"q": one.name}).status_code == 200
    assert not Reason.objects.exists()
    assert not Entry.objects.filter(action=Entry.Action.REFUSED).exists()
