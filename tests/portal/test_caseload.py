"""A counsellor's caseload: ready filters, names, order, and no more queries for more people."""

import datetime as dt
import re
import uuid
from collections.abc import Callable

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.caseload import ENDINGS, MARKED, Introduced, Person
from tests.mandates.making import given
from tests.personas import Town
from visavis.appointments.models import Appointment
from visavis.casefiles import enums, plans
from visavis.casefiles import services as casefiles
from visavis.casefiles.plans import Origin, Wanted
from visavis.common import clock
from visavis.documents.models import Document
from visavis.introductions.enums import Side, State
from visavis.introductions.models import FollowUp, Hire, Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.services import Written
from visavis.mandates.models import Mandate
from visavis.matches import services
from visavis.matches.making import ranking
from visavis.people.models import User
from visavis.portal.desk import caseload

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def found(town: Town, show: str = "", by: str = "bruno", **more: str) -> list[str]:
    response = town.client(by).get(reverse("portal:desk"), {"show": show, **more})
    assert response.status_code == 200
    counted = next(one for one in response.context["filters"] if one["is_current"])
    names = [line.person.user.name for line in response.context["shown"].rows]
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


def no_opening(town: Town, person: Person, introduced: Introduced) -> None:
    person("Zita", contracts=["seasonal"])
    person("Arrêtée", contracts=["seasonal"], is_looking=False)
    ranking.rank_everybody()


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


def hire(row: Introduction, **more: object) -> Hire:
    terms = {"kind": "permanent", "starts_on": clock.today(), "declared_side": Side.EMPLOYER}
    return Hire.objects.create(introduction=row, vacancy=row.vacancy, **(terms | more))


def hire_declared(town: Town, person: Person, introduced: Introduced, **more: object) -> None:
    hire(introduced(person("Zita"), state=State.AGREED), **more)


def still_there(town: Town, person: Person, introduced: Introduced) -> None:
    confirmed = {"confirmed_at": clock.now(), "confirmed_side": Side.JOBSEEKER, "seat": 1}
    row = hire(introduced(person("Zita"), state=State.HIRED), **confirmed)
    FollowUp.objects.create(hire=row, months=1, due_on=clock.today())
    FollowUp.objects.create(hire=row, months=3, due_on=clock.today() + 60 * DAY)


def to_tell(town: Town, person: Person, introduced: Introduced) -> None:
    zita = person("Zita", channel="phone")
    for made, told in ((zita, None), (person("Prévenue", channel="phone"), clock.now())):
        row = introduced(made)
        factories.NewsFactory(user=made.user, thing_id=row.pk, is_told=told is not None)


def wrote(town: Town, person: Person, introduced: Introduced) -> None:
    zita = person("Zita").user
    said = Written(body="Bonjour.", voice=Voice.THEIRS, author=zita)
    mailboxes.begin(person=zita, subject="Une question", written=said, by=zita)


def document(town: Town, person: Person, introduced: Introduced) -> None:
    for name, state in (("Zita", "to-check"), ("Vérifiée", "checked")):
        given = {"kind": "work", "title": "x", "way": "web", "state": state, "form": uuid.uuid4()}
        Document.objects.create(person=person(name).user, until=clock.today() + 9 * DAY, **given)


def meeting_today(town: Town, person: Person, introduced: Introduced) -> None:
    for name, days in (("Zita", 0), ("Max", 1)):
        at = clock.start_of(clock.today() + days * DAY) + dt.timedelta(hours=23)
        told = {"agency": town.agency, "kind": town.appointment_kind, "channel": "agency", "way": "web"}
        told |= {"starts_at": at, "ends_at": at + dt.timedelta(minutes=30), "state": "booked"}
        Appointment.objects.create(person=person(name).user, **told)


def awaited(town: Town, person: Person, introduced: Introduced) -> None:
    zita, bruno = person("Zita").user, town.people["bruno"]
    written = Written(body="Venez-vous ?", voice=Voice.OURS, author=bruno, expects_answer=True)
    mailboxes.begin(person=zita, subject="Une question", written=written, by=bruno)


def minutes(town: Town, person: Person, introduced: Introduced) -> None:
    told = {"met": enums.Met.PHONE, "day": clock.today(), "by": town.people["bruno"]}
    casefiles.begin_apart(person=person("Zita").user, **told)
    shared = casefiles.begin_apart(person=person("Max").user, **told)
    casefiles.share(minutes=shared, text=casefiles.Text("Vu."), by=town.people["bruno"], seen=1)


def mandate_ends(town: Town, person: Person, introduced: Introduced) -> None:
    for name, days in (("Zita", 5), ("Max", 25)):
        row = given(person(name).user, town.people["ines"])
        Mandate.objects.filter(pk=row.pk).update(ends_at=clock.now() + days * DAY)


def in_the_plan(who: Jobseeker, by: User, due_on: dt.date | None = None) -> None:
    """Write an action into somebody's plan: by herself, or on the phone with her counsellor."""
    side, way = ("person", "site") if by == who.user else ("agency", "phone")
    origin = Origin(by, enums.Side(side), enums.Way(way))
    plans.add(person=who.user, kind=enums.Kind.ACTION, wanted=Wanted("x", due_on=due_on), origin=origin)


def plan_ours(town: Town, person: Person, introduced: Introduced) -> None:
    zita = person("Zita")
    in_the_plan(zita, zita.user), in_the_plan(person("Max"), town.people["bruno"])


def action_late(town: Town, person: Person, introduced: Introduced) -> None:
    for name, days in (("Zita", 1), ("Max", 0)):
        in_the_plan(person(name), town.people["bruno"], clock.today() - days * DAY)


def plan_review(town: Town, person: Person, introduced: Introduced) -> None:
    with clock.moved(clock.now() - 91 * DAY):
        in_the_plan(person("Zita"), town.people["bruno"])
    in_the_plan(person("Max"), town.people["bruno"])


SCENES: dict[str, Callable[..., object]] = {
    "unknown": lambda town, person, introduced: person("Zita", wish=False),
    "unreachable": lambda town, person, introduced: person("Zita", email=None, phone=None, channel="post"),
    "not-looking": lambda town, person, introduced: person("Zita", is_looking=False),
    "to-answer": lambda town, person, introduced: introduced(person("Zita"), answer_by=clock.today() + 9 * DAY),
    "hire-disputed": lambda *of: hire_declared(*of, disputed_at=clock.now()),
} | {
    scene.__name__.replace("_", "-"): scene
    for scene in (
        silent, new, no_opening, last_day, at_employer, to_meet, has_met, hire_declared, still_there, to_tell, wrote,
        document, meeting_today, awaited, minutes, mandate_ends, plan_ours, action_late, plan_review,
    )
}  # fmt: skip


@pytest.mark.database
def test_each_ready_filter_finds_whom_it_says_and_counts_them(
    town: Town, person: Person, introduced: Introduced
) -> None:
    Jobseeker.objects.filter(pk=town.jobseeker.pk).update(counsellor=None)
    scenes = SCENES | MARKED | ENDINGS
    assert set(scenes) == set(caseload.by_slug())
    names, others = {}, {}
    for show, scene in scenes.items():
        with transaction.atomic():
            scene(town, person, introduced)
            names[show], others[show] = found(town, show), found(town, show, by="dario")
            transaction.set_rollback(True)
    assert names == {show: ["Zita"] for show in scenes}
    assert others == {show: ["Gaël"] if show == "unknown" else [] for show in scenes}


def test_weeks_of_silence_are_chosen_and_who_looks_for_no_work_stands_after_who_does(
    town: Town, person: Person
) -> None:
    for name, weeks in (("Zita", 10), ("Max", 5)):
        long_ago = clock.now() - weeks * 7 * DAY
        Jobseeker.objects.filter(pk=person(name).pk).update(changed_at=long_ago)
    for asked, names in (("4", ["Zita", "Max"]), ("8", ["Zita"]), ("12", []), ("x", ["Zita", "Max"])):
        assert found(town, "silent", weeks=asked) == names
    Jobseeker.objects.filter(user__name="Zita").update(is_looking=False)
    names = found(town)
    assert (names[0], names[-1]) == ("Max", "Zita")


def test_only_her_own_people_are_ever_listed_and_nobody_to_who_left(town: Town, person: Person) -> None:
    person("Zita"), person("Basile", by="dario")
    assert set(found(town)) == {"Amélie", "Zita"}
    assert set(found(town, by="dario")) == {"Gaël", "Basile"}
    town.people["bruno"].memberships.all().delete()
    assert town.client("bruno").get(reverse("portal:desk")).status_code == 404


def test_each_column_sorts_both_ways_ties_by_name_and_blanks_last(
    town: Town, person: Person, introduced: Introduced
) -> None:
    lyon = factories.CommuneFactory(name="Lyon")
    for name, more in (
        ("Zoé", {"commune": lyon}),
        ("Élie", {"wish": False, "is_looking": False}),
        ("Anna", {"commune": lyon, "wish": False}),
        ("Brun", {}),
    ):
        introduced(person(name, **more), state=State.INTERVIEW, meeting_at=clock.now() + len(name) * DAY)
    person("Dumas", commune=None)
    whole = caseload.Caseload(town.people["bruno"])
    for column in caseload.COLUMNS_SHOWN:
        for sort in (column.slug, f"-{column.slug}"):
            lines = caseload.arranged(whole.rows(whole.people), sort)
            assert {line.person.pk for line in lines} == {one.pk for one in whole.people}
            said = [column.key(line) for line in lines if column.key(line)]
            assert said == sorted(said, reverse=sort.startswith("-"))
            assert not any(column.key(line) for line in lines[len(said) :])
            again = caseload.arranged(list(reversed(whole.rows(whole.people))), sort)
            assert [line.person.pk for line in again] == [line.person.pk for line in lines]


def test_a_row_tells_what_the_heads_say_and_a_head_asks_for_the_other_way(
    town: Town, person: Person, introduced: Introduced
) -> None:
    introduced(person("Zita"), answer_by=clock.today() + DAY)
    page = town.client("bruno").get(reverse("portal:desk"), {"sort": "town"}).content.decode()
    head, body = page.split("<thead>")[1].split("<tbody>")
    said = ["Nom", "Travail cherché", "Commune", "Attend depuis", "Prochaine étape", "Pour le"]
    assert re.findall(r'<th scope="col" class="\w+"[^>]*><a[^>]*>(.*?)</a>', head) == said
    assert '<th scope="col" class="town" aria-sort="ascending"><a href="?sort=-town">' in head
    assert page.count("aria-sort") == 1 and 'scope="row"' in page
    [columns] = {tuple(re.findall(r'class="(\w+)"', part)) for part in re.findall(r"<tr>(.*?)</tr>", head)}
    assert columns == ("tick", "name", "work", "town", "waiting", "act", "date")
    row = next(one for one in body.split("<tr")[1:] if "Zita" in one)
    cells = {
        name: " ".join(re.sub(r"<[^>]+>", " ", cell).split())
        for name, cell in re.findall(r'<t[dh][^>]*class="(\w+)"[^>]*>(.*?)</t[dh]>', row, re.DOTALL)
    }
    assert tuple(cells) == columns
    assert cells["name"].startswith("Zita") and cells["work"] == "pain" and cells["town"] == "Valence"
    assert cells["waiting"] and cells["act"].startswith("Demander une réponse") and cells["date"] == "demain"


def test_one_waits_since_the_oldest_thing_that_waits_and_who_waits_longest_stands_first(
    town: Town, person: Person, introduced: Introduced
) -> None:
    zita, days = person("Zita"), {State.PROPOSED: 3, State.PUT: 20, State.AGREED: 50}
    for state, ago in days.items():
        vacancy, at = factories.VacancyFactory(employer=town.employer), clock.now() - ago * DAY
        introduced(zita, vacancy, state=state, opened_at=at, jobseeker_yes_at=at)
    since = []
    for show in ("", "to-answer", "at-employer"):
        lines = town.client("bruno").get(reverse("portal:desk"), {"show": show}).context["shown"].rows
        since += [(clock.now() - line.since).days for line in lines if line.name == "Zita"]
    assert since == [20, 3, 20]
    for name, ago in (("Anna", 1), ("Max", 4)):
        introduced(person(name), state=State.PUT, jobseeker_yes_at=clock.now() - ago * DAY)
    assert found(town, "at-employer") == ["Zita", "Max", "Anna"]
    assert found(town, "at-employer", sort="name") == ["Anna", "Max", "Zita"]


def test_somebody_is_found_by_name_phone_and_email_and_the_address_holds_nothing(
    town: Town, person: Person
) -> None:
    person("Marie Dupont", email="marie@example.org", phone="+33612345678"), person("Marie Durand")
    person("Zoé Brûlé")
    client, desk = town.client("bruno"), reverse("portal:desk")
    for typed in ("marie dupont", "DUPONT Marie", "dup mar", "06 12 34 56 78", "marie@ex"):
        response = client.post(desk, {"q": typed})
        assert [line.name for line in response.context["shown"].rows] == ["Marie Dupont"], typed
        addresses = re.findall(r'(?:href|action)="([^"]*)"', response.content.decode())
        assert not [one for one in addresses if "upont" in one.lower() or "marie" in one.lower()]
    [line] = client.post(desk, {"q": "brule"}).context["shown"].rows
    assert line.name == "Zoé Brûlé"
    assert len(client.get(desk, {"q": "brule"}).context["shown"].rows) == 4
    # Two people of one name are told apart.
    person("Dupont  MARIE"), person("Marie Dupont", phone=None)
    lines = client.post(desk, {"q": "marie dupont"}).context["shown"].rows
    marks = [line.apart for line in lines if line.name == "Marie Dupont"]
    assert len(set(marks)) == 2 and any("78" in mark and "345" not in mark for mark in marks)


def test_moving_through_the_list_reads_no_file_and_opening_one_is_journalled(
    town: Town, person: Person
) -> None:
    zita, stranger = person("Zita"), person("Basile", by="dario")
    client, desk = town.client("bruno"), reverse("portal:desk")
    read = Entry.objects.readings().filter(person_id__isnull=False)
    client.get(desk)
    for odd in (stranger.pk, "x", "9" * 30):
        assert "beside" not in client.get(desk, {"open": odd}).context
    assert not read.exists()
    url = reverse("portal:desk_beside", args=[zita.pk])
    piece = client.get(url).content.decode()
    assert "Zita" in piece and "<html" not in piece
    entry = read.get()
    of_her = (zita.user_id, "jobseeker", town.people["bruno"].pk)
    assert (entry.person_id, entry.thing, entry.actor_id) == of_her
    assert town.client("dario").get(url).status_code == 404
    assert client.get(desk, {"open": zita.pk}).context["beside"].person == zita
    assert read.count() == 2


def test_without_a_script_ticks_go_along_to_the_next_page_and_back(town: Town, person: Person) -> None:
    for number in range(caseload.A_PAGE):
        person(f"P{number:02}")
    client, desk = town.client("bruno"), reverse("portal:desk")
    by_name = [line.person.pk for line in client.get(f"{desk}?sort=name").context["shown"].rows]
    first, second = by_name[0], by_name[1]
    page = client.post(f"{desk}?sort=name", {"turn": "2", "chosen": [first, second, "x"]})
    [other] = [line.person.pk for line in page.context["shown"].rows]
    assert page.context["shown"].found == caseload.A_PAGE + 1
    text = page.content.decode()
    assert text.count(f'<input type="hidden" name="chosen" value="{first}">') == 1
    assert "2 personnes sont cochées sur d’autres pages." in text
    text = client.post(f"{desk}?sort=name", {"turn": "1", "chosen": [first, other]}).content.decode()
    assert f'name="chosen" value="{first}" checked>' in text
    assert f'<input type="hidden" name="chosen" value="{other}">' in text
    assert f'name="chosen" value="{second}">' in text and text.count(" checked>") == 1 + text.count(
        "data-visavis-letters checked>"
    )


def test_twelve_queries_are_enough_however_many_people(
    town: Town, person: Person, introduced: Introduced, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        row = introduced(person(f"P{number}"), state=State.AGREED)
        if number % 2:
            hire(row)
    client = town.client("bruno")
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:desk"))
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:desk"), {"show": "hire-declared"})
