"""Tables that staff take away: the list's own filters, no more than the list, in the journal, few in an hour."""

import csv
import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.journal.models import Entry
from visavis.people import taking
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

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
