"""Who read whose file; the journal; tables that staff take away: no more than the list, few in an hour."""

import csv
import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.personas import Town
from visavis.journal.models import Entry
from visavis.journal.services import Act, read, record
from visavis.people import services, taking, wording
from visavis.people.entries import page_of
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

READINGS, JOURNAL = reverse("people:readings"), reverse("people:journal")


def english(client: Client, town: Town, persona: str) -> Client:
    services.change_language(user=town.people[persona], language="en", by=town.people[persona])
    return client


@pytest.mark.database
def test_she_reads_who_read_her_file_by_name_role_and_agency(town: Town) -> None:
    client, amelie = english(town.client("amelie"), town, "amelie"), town.people["amelie"].pk
    assert not client.get(READINGS).context["lines"]
    assert client.get(f"{READINGS}?show=all").context["lines"][0].who == "You"
    read("jobseeker", town.jobseeker.pk, by=town.people["bruno"].pk, person_id=amelie)
    page = client.get(READINGS).content.decode()
    assert f"Bruno, Counsellor, {town.agency.organisation.name}" in page
    assert "the file" in page
    assert "Bruno" not in town.client("gael").get(READINGS).content.decode()
    read("candidate", 1, by=town.people["chloe"].pk, person_id=amelie)
    page = client.get(READINGS).content.decode()
    assert f"Employer, {town.employer.organisation.name}" in page and "Chloé" not in page
    role = town.people["bruno"].memberships.get()
    type(role).objects.filter(pk=role.pk).update(starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31))
    assert "Somebody who has left the service" in client.get(READINGS).content.decode()


@pytest.mark.database
def test_long_lists_come_in_pages_and_everything_journalled_has_words(town: Town) -> None:
    for _reading in range(30):
        read("jobseeker", 1, by=town.people["bruno"].pk, person_id=town.people["amelie"].pk)
    client = town.client("amelie")
    assert len(client.get(READINGS).context["lines"]) == 25
    assert len(client.get(f"{READINGS}?page=2").context["lines"]) == 5
    assert client.get(f"{READINGS}?page=nonsense").status_code == 200
    source = Path(wording.__file__).parents[1]
    said = re.compile(r'(?:Act\([^,()]+,\s*|(?:journal\.|\b(?<!\.))read\(\s*)"([a-z_-]+)"')
    codes = {code for path in source.rglob("*.py") for code in said.findall(path.read_text(encoding="utf-8"))}
    assert {"account", "profile", "vacancy"} <= codes
    assert codes <= set(wording.THINGS)


@pytest.mark.database
def test_the_journal_is_searched_by_who_may_and_that_is_in_it(town: Town) -> None:
    for persona in ("amelie", "bruno", "hugo", "chloe", "ines"):
        assert town.client(persona).get(JOURNAL).status_code == 404
    town.client("nadia").get(JOURNAL, {"person": town.people["amelie"].pk})
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.thing, entry.actor_id) == ("read", "journal", town.people["nadia"].pk)
    assert entry.person_id == town.people["amelie"].pk
    # The journal is searched by person actor action and day.
    amelie, bruno = town.people["amelie"].pk, town.people["bruno"].pk
    read("jobseeker", 1, by=bruno, person_id=amelie)
    record(Act("changed", "jobseeker", 1, amelie), by=amelie)
    nadia = town.client("nadia")

    def found(**asked: object) -> list[tuple[str, str]]:
        lines = nadia.get(JOURNAL, asked).context["lines"]
        return [(line.entry.action, line.entry.thing) for line in lines if line.entry.thing != "journal"]

    assert found(person=amelie) == [("changed", "jobseeker"), ("read", "jobseeker")]
    assert found(actor=bruno) == [("read", "jobseeker")]
    assert found(person=amelie, action="changed") == [("changed", "jobseeker")]
    assert found(person=amelie, until="2001-01-01") == []
    assert len(found(person=amelie, since="2001-01-01")) == 2


@pytest.mark.database
@pytest.mark.parametrize(
    "asked", [{}, {"person": 1}, {"action": "changed"}, {"person": 1, "since": "2001-01-01"}]
)
def test_the_pages_of_the_journal_follow_each_other_there_and_back(
    town: Town, asked: dict[str, object], time_machine: Any
) -> None:
    """Cut by an entry: also where many were written at one moment."""
    time_machine.move_to(timezone.now() + dt.timedelta(minutes=1), tick=False)
    if "person" in asked:
        asked = asked | {"person": town.people["amelie"].pk}
    for _change in range(60):
        record(Act("changed", "jobseeker", 1, town.people["amelie"].pk), by=town.people["bruno"].pk)
    made = {*Entry.objects.filter(action="changed", thing="jobseeker").values_list("pk", flat=True)}
    nadia, seen, pages = town.client("nadia"), [], []
    edge: dict[str, object] = {}
    while True:
        context = nadia.get(JOURNAL, asked | edge).context
        pages.append([line.entry.pk for line in context["lines"]])
        seen += pages[-1]
        if context["page"].older is None:
            break
        edge = {"before": context["page"].older}
    assert made <= {*seen} and len(seen) == len({*seen})
    assert seen == sorted(seen, reverse=True)
    back = nadia.get(JOURNAL, asked | {"after": context["page"].newer}).context
    assert [line.entry.pk for line in back["lines"]] == pages[-2]


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        ({"action": "deleted"}, "journal_by_action (action=?"),
        ({"person": 1}, "journal_by_person (person_id=?"),
        ({"person": 1, "action": "deleted"}, "journal_by_person (person_id=?"),
        ({"actor": 1, "action": "deleted"}, "journal_by_actor (actor_id=?"),
        ({}, "journal_by_time"),
    ],
)
@pytest.mark.parametrize("way", ["", "before"])
def test_each_search_of_the_journal_is_entered_by_an_index(
    town: Town, asked: dict[str, Any], index: str, way: str
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads a short table as a whole")
    edge = {way: str(read("journal", "", by=None).pk)} if way else {}
    with CaptureQueriesContext(connection) as asking:
        page_of(asked, edge)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asking.captured_queries[-1]["sql"])
        assert index in str(cursor.fetchall())


@pytest.mark.database
def test_a_senseless_page_or_search_is_told_so_and_the_state_of_the_chain_is_shown(town: Town) -> None:
    nadia = town.client("nadia")
    for edge in ("0", "-1", "x", "9" * 40, "\N{SUPERSCRIPT TWO}"):
        context = nadia.get(JOURNAL, {"before": edge}).context
        assert context["lines"] and context["page"].newer is None
    bad: list[dict[str, str]] = [
        {"person": "x"},
        {"since": "99-99"},
        {"action": "x"},
        {"since": "2026-02-01", "until": "2026-01-01"},
    ]
    for asked in bad:
        answer = nadia.get(JOURNAL, asked)
        assert answer.status_code == 200 and answer.context["form"].errors, asked
    first = read("jobseeker", 1, by=None)
    Entry.objects.bulk_create([Entry(at=first.at, action="read", thing="jobseeker", digest="invented")])
    assert Entry.objects.latest("pk").pk in town.client("nadia").get(JOURNAL).context["broken"]


@pytest.mark.database
@pytest.mark.parametrize("asked", ["", "?action=read", "?person=1", "?actor=1"])
def test_a_page_of_the_journal_asks_as_much_however_long_it_is(
    town: Town, asked: str, django_assert_max_num_queries: Any
) -> None:
    nadia, bruno, amelie = town.client("nadia"), town.people["bruno"].pk, town.people["amelie"].pk
    nadia.get(JOURNAL + asked)
    for many in (30, 60):
        for _reading in range(many):
            read("jobseeker", 1, by=bruno, person_id=amelie)
        with django_assert_max_num_queries(13) as questions:
            nadia.get(JOURNAL + asked)
        assert not [one["sql"] for one in questions.captured_queries if "COUNT(*)" in one["sql"]]


DESK, PEOPLE, VACANCIES = reverse("portal:desk"), reverse("jobseekers:people"), reverse("vacancies:mine")


def table(client: Client, address: str, **told: str) -> list[list[str]]:
    """Take a list as CSV and read it."""
    answer = client.get(address, told | {"as": "csv"})
    assert answer.headers["Content-Type"].startswith("text/csv"), answer.headers
    text = b"".join(answer).decode().removeprefix("\ufeff")
    return [*csv.reader(io.StringIO(text, newline=""), delimiter=";")]


def test_each_takes_her_own_list_and_nobody_elses(town: Town) -> None:
    head = town.client("hugo")
    found = table(head, PEOPLE)
    assert town.people["amelie"].name in [row[0] for row in found]
    assert town.people["gael"].name not in [row[0] for row in found]
    assert len(table(head, PEOPLE, show="unassigned")) == 1, "the list's own filter holds"
    assert town.client("rosa").get(PEOPLE, {"as": "csv"}).headers["Content-Type"].startswith("text/html")
    # A counsellor takes her caseload and nobody elses.
    User.objects.filter(pk=town.people["amelie"].pk).update(name="=HYPERLINK(1)")
    found = table(town.client("bruno"), DESK)
    assert [row[0] for row in found[1:]] == ["'=HYPERLINK(1)"]
    entry = Entry.objects.get(thing="table", note="caseload.csv")
    assert (entry.actor_id, entry.note, entry.thing_id) == (town.people["bruno"].pk, "caseload.csv", "1")
    assert Entry.objects.filter(thing="caseload", actor_id=town.people["bruno"].pk).exists()
    assert "'=HYPERLINK(1)" not in [row[0] for row in table(town.client("dario"), DESK)]
    # Who is looked for does not stand in the address.
    answer = town.client("bruno").post(DESK, {"q": "nobody of this name", "as": "csv"})
    assert len(b"".join(answer).decode().splitlines()) == 1
    # Vacancies leave as a spreadsheet.
    Vacancy.objects.filter(pk=town.vacancy.pk).update(title="+33 boulanger")
    answer = town.client("chloe").get(VACANCIES, {"as": "ods"})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as packed:
        content = packed.read("content.xml").decode()
    assert 'value-type="string"><text:p>+33 boulanger' in content


def test_few_tables_leave_in_an_hour_and_none_too_long(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "IN_AN_HOUR", 2)
    client = town.client("bruno")
    table(client, DESK)
    table(client, DESK)
    answer = client.get(DESK, {"as": "csv"})
    assert answer.headers["Location"] == DESK
    filtered = client.get(DESK, {"show": "silent", "weeks": "8", "as": "csv"})
    assert filtered.headers["Location"] == f"{DESK}?show=silent&weeks=8"
    monkeypatch.setattr(taking, "MOST_ROWS", 0)
    assert town.client("hugo").get(PEOPLE, {"as": "ods"}).headers["Location"] == PEOPLE
    assert Entry.objects.filter(thing="table").count() == 2
