"""A file outside one's own people: asked why before, open for some hours, told to whose file it is."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.access import casefiles, cvs, jobseekers
from tests.access.row import Row
from tests.personas import Town
from tests.test_access import address
from visavis.appointments.enums import Channel as Where
from visavis.appointments.enums import Nature
from visavis.appointments.models import Appointment, Kind
from visavis.common import clock
from visavis.common.keeping import forget
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.noticing import admissions
from visavis.noticing.models import Admission
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Channel, Role
from visavis.people.models import User
from visavis.queues.models import Ticket

SAID = {"why": "asked", "words": "Vous avez appelé pour vendredi."}
# The pages of a file that her counsellor alone opens.
PAGES = [
    row
    for row in (*jobseekers.ROWS, *cvs.ROWS, *casefiles.ROWS)
    if row.allowed == {"bruno"} and row.method == "get" and "jobseeker_id" in row.arguments
    # The page that asks; and the mark, which is of those who follow her.
    if row.name not in ("jobseekers:person_why", "casefiles:mark")
]

# Notes between colleagues are of those who accompany her, or said why.
OPEN_TODAY = [row for row in PAGES if row.name != "casefiles:notes"]


@pytest.fixture
def colette(town: Town) -> User:
    """A counsellor of Amélie's agency who does not accompany her."""
    desk = town.agency.organisation
    found: User = factories.UserFactory(name="Colette", role=Role.COUNSELLOR, role__organisation=desk)
    town.people["colette"] = found
    return found


def why_url(town: Town) -> str:
    return reverse("jobseekers:person_why", args=[town.jobseeker.pk])


def statuses(town: Town, rows: list[Row]) -> set[int]:
    client = town.client("colette")
    return {client.get(address(row, town)).status_code for row in rows}


def test_each_page_of_a_file_opens_once_why_is_said(town: Town, colette: User, time_machine: Any) -> None:
    time_machine.move_to(clock.now(), tick=False)
    assert len(PAGES) > 10
    assert statuses(town, PAGES) == {403}
    answer = town.client("colette").post(why_url(town), SAID)
    assert answer.status_code == 302
    assert statuses(town, PAGES) <= {200, 302}
    time_machine.shift(admissions.LASTS + dt.timedelta(seconds=1))
    assert statuses(town, PAGES) == {403}
    client = town.client("colette")
    client.post(why_url(town), SAID)
    page = client.get(reverse("jobseekers:person", args=[town.jobseeker.pk]))
    assert page.context["open_until"] is not None
    client.post(reverse("jobseekers:person_done", args=[town.jobseeker.pk]))
    assert statuses(town, PAGES) == {403}, "before its time"


def test_without_a_good_reason_no_file_opens_and_no_name_is_read(town: Town, colette: User) -> None:
    client = town.client("colette")
    for wrong in ({"why": "curious"}, {"why": ""}, {"words": "  "}, {"words": "x" * 201}):
        answer = client.post(why_url(town), SAID | wrong)
        assert answer.status_code == 400 and not Admission.objects.exists()
        assert (SAID | wrong)["words"].strip() in answer.content.decode()
    assert acts_for(colette, town.jobseeker.user) is None
    client, url = town.client("colette"), reverse("jobseekers:person_profile", args=[town.jobseeker.pk])
    asked = client.get(url)
    assert asked.status_code == 403 and "Amélie" not in asked.content.decode()
    assert asked.context["form"]["next"].value() == url
    page = client.get(why_url(town)).content.decode()
    assert "Amélie" in page and "Bruno" in page
    entry = Entry.objects.filter(actor_id=colette.pk).latest("pk")
    assert (entry.thing, entry.person_id) == ("file-name", town.people["amelie"].pk)
    answer = client.post(asked.context["url"], SAID | {"next": url})
    assert answer.headers["Location"] == url and client.get(url).status_code == 200
    for bad in ("https://evil.example/", "//evil.example/", "javascript:1"):
        answer = client.post(why_url(town), SAID | {"next": bad})
        assert answer.headers["Location"] == reverse("jobseekers:person", args=[town.jobseeker.pk])


@pytest.mark.database
def test_she_and_the_head_read_who_opened_it_and_why(town: Town, colette: User) -> None:
    amelie = town.people["amelie"]
    User.objects.filter(pk=amelie.pk).update(channel=Channel.POST, language="fr")
    client = town.client("colette")
    client.post(why_url(town), SAID)
    client.get(reverse("jobseekers:person_profile", args=[town.jobseeker.pk]))
    news = News.objects.get(user=amelie, thing="admission")
    assert news.state == News.State.TO_TELL
    paper = " ".join(admissions.on_paper(news))
    assert "Colette" in paper and SAID["words"] in paper
    lines = town.client("amelie").get(reverse("people:readings")).context["lines"]
    read = next(line for line in lines if line.entry.action == "read")
    assert SAID["words"] in read.why and "Colette" in read.who
    assert all(SAID["words"] in line.why for line in lines)
    admissions.admit(by=colette, person=town.jobseeker.user, why=admissions.Why.WRONG, words="erreur de nom")
    url = reverse("noticing:outside")
    for persona in ("hugo", "nadia"):
        page = town.client(persona).get(url).content.decode()
        assert "Colette" in page and "erreur de nom" in page
    other = factories.UserFactory(role=Role.HEAD, role__organisation=town.other_agency.organisation)
    assert not Admission.objects.visible_to(other).exists()


def test_the_open_file_leads_only_where_its_pages_open_and_explains_no_other(
    town: Town, colette: User, time_machine: Any
) -> None:
    client = town.client("colette")
    client.post(why_url(town), SAID)
    for name in ("person_leaving", "person_hold", "person_letter", "person_reach", "person_data"):
        page = reverse(f"jobseekers:{name}", args=[town.jobseeker.pk])
        assert client.post(page).status_code == 404, name
    assert client.post(reverse("stations:badge_of", args=[town.jobseeker.pk])).status_code == 404
    page = client.get(reverse("jobseekers:person", args=[town.jobseeker.pk])).content.decode()
    links = set(re.findall(r'href="(/[^"#?]*/)"', page.split("<main")[1].split("</main>")[0]))
    assert len(links) > 4
    assert {link: client.get(link).status_code for link in links if client.get(link).status_code != 200} == {}
    time_machine.move_to(clock.now(), tick=False)
    row = admissions.admit(by=colette, person=town.jobseeker.user, why=admissions.Why.ASKED, words="x")
    said = {"actor_id": colette.pk, "action": "read", "thing": "profile", "digest": "x"}
    here = Entry(pk=1, at=clock.now(), person_id=row.person_id, **said)
    late = Entry(pk=2, at=row.until + dt.timedelta(seconds=1), person_id=row.person_id, **said)
    other = Entry(pk=3, at=clock.now(), person_id=town.people["gael"].pk, **said)
    assert set(admissions.whys([here, late, other])) == {1}


@pytest.mark.database
def test_who_is_met_today_or_at_the_desk_is_opened_without_a_question(town: Town, colette: User) -> None:
    amelie = town.jobseeker.user
    kind = Kind.objects.create(
        agency=town.agency, name="x", nature=Nature.FIRST, minutes=30, channels=["agency"]
    )
    told = {"agency": town.agency, "kind": kind, "counsellor": colette, "person": amelie, "way": "web"}
    begins = clock.now() + dt.timedelta(hours=1)
    row = Appointment.objects.create(
        **told,
        starts_at=begins,
        ends_at=begins + dt.timedelta(minutes=30),
        channel=Where.AGENCY,
        state="booked",
    )
    assert acts_for(colette, amelie) == Capacity.MET and statuses(town, OPEN_TODAY) <= {200, 302}
    Appointment.objects.filter(pk=row.pk).update(state="revoked")
    assert acts_for(colette, amelie) is None
    at_desk = {"state": "serving", "desk": "3", "served_by": colette}
    ticket = Ticket.objects.create(
        agency=town.agency, day=clock.today(), number=1, code="x", person=amelie, **at_desk
    )
    assert acts_for(colette, amelie) == Capacity.AT_DESK and statuses(town, OPEN_TODAY) <= {200, 302}
    Ticket.objects.filter(pk=ticket.pk).update(day=clock.today() - dt.timedelta(days=1))
    assert acts_for(colette, amelie) is None and not Admission.objects.exists()


@pytest.mark.database
def test_whom_he_does_not_accompany_is_found_by_the_whole_name_only(town: Town, colette: User) -> None:
    client, url = town.client("colette"), reverse("jobseekers:people")
    assert "Amélie" not in client.get(url).content.decode()
    assert not client.post(url, {"q": "Amél"}).context["beyond"]
    [found] = client.post(url, {"q": "amelie"}).context["beyond"]
    assert found["person"] == town.jobseeker
    assert not town.client("dario").post(url, {"q": "amelie"}).context["beyond"]
    admissions.admit(by=colette, person=town.jobseeker.user, why=admissions.Why.ASKED, words="x")
    assert acts_for(colette, town.jobseeker.user) == Capacity.ADMITTED
    town.jobseeker.agency = town.other_agency
    town.jobseeker.save()
    again = User.objects.get(pk=colette.pk)
    assert acts_for(again, User.objects.get(pk=town.jobseeker.user_id)) is None
    assert town.client("colette").get(why_url(town)).status_code == 404


@pytest.mark.database
def test_it_outlives_who_opened_the_file_and_goes_after_a_year(town: Town, colette: User) -> None:
    young, old = (
        admissions.admit(by=colette, person=town.people["amelie"], why=admissions.Why.OTHER, words="à part")
        for _time in range(2)
    )
    Admission.objects.filter(pk=young.pk).update(at=clock.now() - dt.timedelta(days=360))
    Admission.objects.filter(pk=old.pk).update(at=clock.now() - dt.timedelta(days=370))
    assert forget()["admissions"] == 1
    assert [*Admission.objects.all()] == [young]
    colette.delete()
    young.refresh_from_db()
    assert young.by_id is None and young.words == "à part"
