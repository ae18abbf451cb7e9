"""A counsellor's caseload: ready filters, names, order, and no more queries for more people."""

import datetime as dt
import re
import uuid
from collections.abc import Callable

import numpy as np
import pytest
from django.test import Client
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
from visavis.introductions.models import FollowUp, Hire
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

pytestmark = [pytest.mark.django_db, pytest.mark.database]

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


def wrote(town: Town, person: Person, introduced: Introduced) -> None:
    zita = person("Zita").user
    said = Written(body="Bonjour.", voice=Voice.THEIRS, author=zita)
    mailboxes.begin(person=zita, subject="Une question", written=said, by=zita)


def gave_a_document(town: Town, person: Person, introduced: Introduced) -> None:
    for name, state in (("Zita", "to-check"), ("Vérifiée", "checked")):
        given = {"kind": "work", "title": "x", "way": "web", "state": state, "form": uuid.uuid4()}
        Document.objects.create(person=person(name).user, until=clock.today() + 9 * DAY, **given)


def meets_today(town: Town, person: Person, introduced: Introduced) -> None:
    for name, days in (("Zita", 0), ("Max", 1)):
        at = clock.start_of(clock.today() + days * DAY) + dt.timedelta(hours=23)
        told = {"agency": town.agency, "kind": town.appointment_kind, "channel": "agency", "way": "web"}
        told |= {"starts_at": at, "ends_at": at + dt.timedelta(minutes=30), "state": "booked"}
        Appointment.objects.create(person=person(name).user, **told)


def lets_us_wait(town: Town, person: Person, introduced: Introduced) -> None:
    zita, bruno = person("Zita").user, town.people["bruno"]
    written = Written(body="Venez-vous ?", voice=Voice.OURS, author=bruno, expects_answer=True)
    mailboxes.begin(person=zita, subject="Une question", written=written, by=bruno)


def minutes_to_share(town: Town, person: Person, introduced: Introduced) -> None:
    told = {"met": enums.Met.PHONE, "day": clock.today(), "by": town.people["bruno"]}
    casefiles.begin_apart(person=person("Zita").user, **told)
    shared = casefiles.begin_apart(person=person("Max").user, **told)
    casefiles.share(minutes=shared, text=casefiles.Text("Vu."), by=town.people["bruno"], seen=1)


def a_mandate_ends(town: Town, person: Person, introduced: Introduced) -> None:
    for name, days in (("Zita", 5), ("Max", 25)):
        row = given(person(name).user, town.people["ines"])
        Mandate.objects.filter(pk=row.pk).update(ends_at=clock.now() + days * DAY)


def in_the_plan(who: Jobseeker, by: User, due_on: dt.date | None = None) -> None:
    """Write an action into somebody's plan: by herself, or on the phone with her counsellor."""
    side, way = ("person", "site") if by == who.user else ("agency", "phone")
    origin = Origin(by, enums.Side(side), enums.Way(way))
    plans.add(person=who.user, kind=enums.Kind.ACTION, wanted=Wanted("x", due_on=due_on), origin=origin)


def wrote_in_the_plan(town: Town, person: Person, introduced: Introduced) -> None:
    zita = person("Zita")
    in_the_plan(zita, zita.user), in_the_plan(person("Max"), town.people["bruno"])


def let_a_day_pass(town: Town, person: Person, introduced: Introduced) -> None:
    for name, days in (("Zita", 1), ("Max", 0)):
        in_the_plan(person(name), town.people["bruno"], clock.today() - days * DAY)


def to_look_at_again(town: Town, person: Person, introduced: Introduced) -> None:
    with clock.moved(clock.now() - 91 * DAY):
        in_the_plan(person("Zita"), town.people["bruno"])
    in_the_plan(person("Max"), town.people["bruno"])


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
    "wrote": wrote,
    "document": gave_a_document,
    "meeting-today": meets_today,
    "awaited": lets_us_wait,
    "minutes": minutes_to_share,
    "mandate-ends": a_mandate_ends,
    "plan-ours": wrote_in_the_plan,
    "action-late": let_a_day_pass,
    "plan-review": to_look_at_again,
    **MARKED,
    **ENDINGS,
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
    alone = (
        "silent new unreachable last-day to-meet to-tell wrote document meeting-today awaited minutes "
        "mandate-ends plan-ours action-late plan-review at-employer"
    )
    assert show not in [*alone.split(), *MARKED, *ENDINGS] or found(town, show) == ["Zita"]
    assert found(town, show, by="dario") in ([], ["Gaël"])


def test_how_many_weeks_of_silence_is_chosen(town: Town, person: Person) -> None:
    for name, weeks in (("Zita", 10), ("Max", 5)):
        long_ago = clock.now() - weeks * 7 * DAY
        Jobseeker.objects.filter(pk=person(name).pk).update(changed_at=long_ago)
    client = town.client("bruno")
    for asked, names in (("4", ["Zita", "Max"]), ("8", ["Zita"]), ("12", []), ("x", ["Zita", "Max"])):
        shown = client.get(reverse("portal:desk"), {"show": "silent", "weeks": asked}).context["shown"]
        assert [line.person.user.name for line in shown.rows] == names


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
    assert [line.person.user.name for line in shown.rows] == ["Zoé Brûlé"]
    assert len(client.get(reverse("portal:desk"), {"q": "brule"}).context["shown"].rows) == 2


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


@pytest.fixture
def crowd(town: Town, person: Person, introduced: Introduced) -> list[Jobseeker]:
    """A town drawn by lot: people in all sorts of states, several at once."""
    dice = np.random.default_rng(2026)

    def happens(part: float) -> bool:
        return bool(dice.random() < part)

    made = []
    for number in range(70):
        first, last = ("Anna", "Élie", "Zoé")[dice.integers(3)], ("Brun", "Caire", "Dumas")[dice.integers(3)]
        one = person(
            f"{first} {last}",
            wish=happens(0.8),
            is_looking=happens(0.8),
            email=None if happens(0.3) else f"p{number}@example.org",
            contracts=["seasonal"] if happens(0.3) else [],
        )
        since = clock.now() - int(dice.integers(100)) * DAY
        Jobseeker.objects.filter(pk=one.pk).update(changed_at=since)
        for state in {
            (State.PROPOSED, State.PUT, State.AGREED, State.INTERVIEW, "")[dice.integers(5)] for _ in "ab"
        }:
            vacancy = factories.VacancyFactory(employer=town.employer) if state else None
            if state == State.PROPOSED:
                introduced(one, vacancy, answer_by=clock.today() + int(dice.integers(9)) * DAY)
            elif state:
                at = clock.now() + int(dice.integers(-9, 9)) * DAY if state == State.INTERVIEW else None
                row = introduced(one, vacancy, state=state, meeting_at=at)
                if state == State.AGREED and happens(0.5):
                    Hire.objects.create(
                        introduction=row, vacancy=row.vacancy, kind="permanent", starts_on=clock.today(),
                        declared_side=Side.EMPLOYER, disputed_at=clock.now() if happens(0.5) else None,
                    )  # fmt: skip
        if happens(0.2):
            factories.NewsFactory(user=one.user, title="Nouvelle")
        made.append(one)
    ranking.rank_everybody()
    return made


def pages_of(client: Client, asked: dict[str, str]) -> tuple[int, list[int]]:
    """Return what the current filter counts, and everybody on all pages of its list."""
    listed: list[int] = []
    number = 1
    while True:
        context = client.get(reverse("portal:desk"), asked | {"page": str(number)}).context
        listed += [line.person.pk for line in context["shown"].rows]
        if not context["page_obj"].has_next():
            counted = next(one["count"] for one in context["filters"] if one["is_current"])
            assert context["shown"].found == counted
            return counted, listed
        number += 1


def test_every_count_equals_its_list_in_a_town_drawn_by_lot(town: Town, crowd: list[Jobseeker]) -> None:
    client = town.client("bruno")
    filled = 0
    for show in ["", *caseload.by_slug()]:
        counted, listed = pages_of(client, {"show": show})
        assert counted == len(listed) == len(set(listed)), show
        filled += bool(counted)
    assert filled > 10, "too few filters find anybody for the test to mean something"
    for weeks in ("2", "4", "8", "12"):
        counted, listed = pages_of(client, {"show": "silent", "weeks": weeks})
        assert counted == len(listed), weeks


def test_a_row_tells_name_work_town_since_when_she_waits_next_act_and_its_day(town: Town) -> None:
    page = town.client("bruno").get(reverse("portal:desk")).content.decode()
    head, body = page.split("<thead>")[1].split("<tbody>")
    said = ["Nom", "Travail cherché", "Commune", "Attend depuis", "Prochaine étape", "Pour le"]
    assert re.findall(r'<th scope="col" class="\w+"[^>]*><a[^>]*>(.*?)</a>', head) == said
    [columns] = {tuple(re.findall(r'class="(\w+)"', part)) for part in re.findall(r"<tr>(.*?)</tr>", head)}
    assert columns == ("tick", "name", "work", "town", "waiting", "act", "date")
    assert re.findall(r'<t[dh] (?:scope="row" )?class="(\w+)"', body.split("</tr>")[0]) == list(columns)


@pytest.mark.parametrize("column", [one.slug for one in caseload.COLUMNS_SHOWN])
def test_each_column_sorts_both_ways_ties_by_name_and_blanks_last(
    town: Town, crowd: list[Jobseeker], column: str
) -> None:
    whole = caseload.Caseload(town.people["bruno"])
    key = caseload.BY_COLUMN[column].key
    for sort in (column, f"-{column}"):
        lines = caseload.arranged(whole.rows(whole.people), sort)
        assert {line.person.pk for line in lines} == {one.pk for one in whole.people}
        said = [key(line) for line in lines if key(line)]
        assert said == sorted(said, reverse=sort.startswith("-"))
        assert not any(key(line) for line in lines[len(said) :])
        again = caseload.arranged(list(reversed(whole.rows(whole.people))), sort)
        assert [line.person.pk for line in again] == [line.person.pk for line in lines]


def test_the_head_of_a_column_says_which_way_and_asks_for_the_other(town: Town) -> None:
    page = town.client("bruno").get(reverse("portal:desk"), {"sort": "town"}).content.decode()
    assert '<th scope="col" class="town" aria-sort="ascending"><a href="?sort=-town">' in page
    assert page.count("aria-sort") == 1 and 'scope="row"' in page


def test_one_waits_since_the_oldest_thing_that_waits(
    town: Town, person: Person, introduced: Introduced
) -> None:
    zita, days = person("Zita"), {State.PROPOSED: 3, State.PUT: 20, State.AGREED: 50}
    for state, ago in days.items():
        vacancy, at = factories.VacancyFactory(employer=town.employer), clock.now() - ago * DAY
        introduced(zita, vacancy, state=state, opened_at=at, jobseeker_yes_at=at)
    client = town.client("bruno")

    def since(show: str) -> int:
        lines = client.get(reverse("portal:desk"), {"show": show}).context["shown"].rows
        line = next(one for one in lines if one.name == "Zita")
        return (clock.now() - line.since).days

    assert (since(""), since("to-answer"), since("at-employer")) == (20, 3, 20)


@pytest.mark.parametrize("typed", ["marie dupont", "DUPONT Marie", "dup mar", "06 12 34 56 78", "marie@ex"])
def test_somebody_is_found_by_name_phone_and_email_and_the_address_holds_nothing(
    town: Town, person: Person, typed: str
) -> None:
    person("Marie Dupont", email="marie@example.org", phone="+33612345678"), person("Marie Durand")
    response = town.client("bruno").post(reverse("portal:desk"), {"q": typed})
    assert [line.name for line in response.context["shown"].rows] == ["Marie Dupont"]
    addresses = re.findall(r'(?:href|action)="([^"]*)"', response.content.decode())
    assert not [one for one in addresses if "upont" in one.lower() or "marie" in one.lower()]


def test_two_people_of_one_name_are_told_apart(town: Town, person: Person) -> None:
    person("Marie Dupont", phone="+33612345678"), person("Dupont  MARIE"), person("Marie Dupont", phone=None)
    lines = town.client("bruno").post(reverse("portal:desk"), {"q": "marie dupont"}).context["shown"].rows
    marks = [line.apart for line in lines if line.name == "Marie Dupont"]
    assert len(set(marks)) == 2 and any("78" in mark and "345" not in mark for mark in marks)


def test_moving_through_the_list_reads_no_file_and_opening_one_is_journalled(
    town: Town, person: Person
) -> None:
    zita, client = person("Zita"), town.client("bruno")
    client.get(reverse("portal:desk"))
    assert not Entry.objects.readings().filter(person_id__isnull=False).exists()
    url = reverse("portal:desk_beside", args=[zita.pk])
    piece = client.get(url)
    assert "Zita" in piece.content.decode() and "<html" not in piece.content.decode()
    read = Entry.objects.readings().filter(person_id__isnull=False).get()
    assert (read.person_id, read.thing, read.actor_id) == (zita.user_id, "jobseeker", town.people["bruno"].pk)
    assert town.client("dario").get(url).status_code == 404


def test_the_person_opened_stands_in_the_address_by_number_and_is_read_again(
    town: Town, person: Person
) -> None:
    zita, stranger = person("Zita"), person("Basile", by="dario")
    client = town.client("bruno")
    page = client.get(reverse("portal:desk"), {"open": zita.pk})
    assert (
        page.context["beside"].person == zita
        and Entry.objects.readings().filter(person_id__isnull=False).count() == 1
    )
    for odd in (stranger.pk, "x", "9" * 30):
        assert "beside" not in client.get(reverse("portal:desk"), {"open": odd}).context
    assert Entry.objects.readings().filter(person_id__isnull=False).count() == 1


def test_the_list_goes_by_pages(town: Town, person: Person) -> None:
    for number in range(caseload.A_PAGE):
        person(f"P{number:02}")
    page = town.client("bruno").get(reverse("portal:desk"), {"page": "2"})
    assert len(page.context["shown"].rows) == 1 and page.context["shown"].found == caseload.A_PAGE + 1


def test_without_a_script_ticks_go_along_to_the_next_page_and_back(town: Town, person: Person) -> None:
    for number in range(caseload.A_PAGE):
        person(f"P{number:02}")
    client, desk = town.client("bruno"), reverse("portal:desk")
    by_name = [line.person.pk for line in client.get(f"{desk}?sort=name").context["shown"].rows]
    first, second = by_name[0], by_name[1]
    page = client.post(f"{desk}?sort=name", {"turn": "2", "chosen": [first, second, "x"]})
    [other] = [line.person.pk for line in page.context["shown"].rows]
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
            Hire.objects.create(
                introduction=row, vacancy=row.vacancy, kind="permanent", starts_on=clock.today(),
                declared_side=Side.EMPLOYER,
            )  # fmt: skip
    client = town.client("bruno")
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:desk"))
    with django_assert_max_num_queries(12):
        client.get(reverse("portal:desk"), {"show": "hire-declared"})
