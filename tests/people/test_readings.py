import datetime as dt
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.journal.models import Entry
from visavis.journal.services import Act, read, record
from visavis.people import services, wording

READINGS, JOURNAL = reverse("people:readings"), reverse("people:journal")


def english(client: Client, town: Town, persona: str) -> Client:
    services.change_language(user=town.people[persona], language="en", by=town.people[persona])
    return client


@pytest.mark.database
def test_she_reads_who_read_her_file_by_name_role_and_agency(town: Town) -> None:
    read("jobseeker", town.jobseeker.pk, by=town.people["bruno"].pk, person_id=town.people["amelie"].pk)
    page = english(town.client("amelie"), town, "amelie").get(READINGS).content.decode()
    assert f"Bruno, Counsellor, {town.agency.organisation.name}" in page
    assert "the file" in page


def test_nobody_reads_the_readings_of_another(town: Town) -> None:
    read("jobseeker", town.jobseeker.pk, by=town.people["bruno"].pk, person_id=town.people["amelie"].pk)
    assert "Bruno" not in town.client("gael").get(READINGS).content.decode()


def test_her_own_acts_show_when_she_asks_for_everything(town: Town) -> None:
    client = english(town.client("amelie"), town, "amelie")
    assert not client.get(READINGS).context["lines"]
    assert client.get(f"{READINGS}?show=all").context["lines"][0].who == "You"


@pytest.mark.database
def test_who_read_is_named_by_the_role_held_that_day(town: Town) -> None:
    bruno = town.people["bruno"]
    read("jobseeker", 1, by=bruno.pk, person_id=town.people["amelie"].pk)
    membership = bruno.memberships.get()
    type(membership).objects.filter(pk=membership.pk).update(
        starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 12, 31)
    )
    page = english(town.client("amelie"), town, "amelie").get(READINGS).content.decode()
    assert "Somebody who has left the service" in page


def test_an_employer_is_shown_by_role_and_firm_without_a_name(town: Town) -> None:
    read("candidate", 1, by=town.people["chloe"].pk, person_id=town.people["amelie"].pk)
    page = english(town.client("amelie"), town, "amelie").get(READINGS).content.decode()
    assert f"Employer, {town.employer.organisation.name}" in page
    assert "Chloé" not in page


@pytest.mark.database
def test_long_lists_come_in_pages(town: Town) -> None:
    for _reading in range(30):
        read("jobseeker", 1, by=town.people["bruno"].pk, person_id=town.people["amelie"].pk)
    client = town.client("amelie")
    assert len(client.get(READINGS).context["lines"]) == 25
    assert len(client.get(f"{READINGS}?page=2").context["lines"]) == 5
    assert client.get(f"{READINGS}?page=nonsense").status_code == 200


def test_reading_the_journal_is_in_the_journal(town: Town) -> None:
    nadia = town.client("nadia")
    nadia.get(JOURNAL, {"person": town.people["amelie"].pk})
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.thing, entry.actor_id) == ("read", "journal", town.people["nadia"].pk)
    assert entry.person_id == town.people["amelie"].pk


@pytest.mark.parametrize("persona", ["amelie", "bruno", "hugo", "chloe", "ines"])
def test_nobody_else_opens_the_journal(town: Town, persona: str) -> None:
    assert town.client(persona).get(JOURNAL).status_code == 404


@pytest.mark.database
def test_the_journal_is_searched_by_person_actor_action_and_day(town: Town) -> None:
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


@pytest.mark.parametrize(
    "bad",
    [{"person": "x"}, {"since": "99-99"}, {"action": "x"}, {"since": "2026-02-01", "until": "2026-01-01"}],
)
def test_a_search_that_makes_no_sense_is_told_so(town: Town, bad: dict[str, str]) -> None:
    answer = town.client("nadia").get(JOURNAL, bad)
    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.database
def test_the_state_of_the_chain_is_shown(town: Town) -> None:
    first = read("jobseeker", 1, by=None)
    Entry.objects.bulk_create([Entry(at=first.at, action="read", thing="jobseeker", digest="invented")])
    assert Entry.objects.latest("pk").pk in town.client("nadia").get(JOURNAL).context["broken"]


def test_everything_the_site_journals_has_words() -> None:
    source = Path(wording.__file__).parents[1]
    said = re.compile(r'(?:Act\([^,()]+,\s*|(?:journal\.|\b(?<!\.))read\(\s*)"([a-z_-]+)"')
    codes = {code for path in source.rglob("*.py") for code in said.findall(path.read_text(encoding="utf-8"))}
    assert {"account", "profile", "vacancy"} <= codes
    assert codes <= set(wording.THINGS)
