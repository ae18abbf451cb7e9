"""Whether she looks, what she is told of, and what is wrong with an ad, through her program."""

import pytest

from tests import factories
from tests.api.conftest import MakeProgram
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.searches.models import Alert
from visavis.vacancies.models import Report


def test_she_stops_looking_and_looks_again(town: Town, program: MakeProgram) -> None:
    amelie = program("amelie")
    assert amelie.put("/profile/looking", {"is_looking": False}).json() == {"is_looking": False}
    assert not Jobseeker.objects.get(pk=town.jobseeker.pk).is_looking
    entry = Entry.objects.get(thing="profile", note="not-looking")
    assert entry.token_id is not None and entry.is_whole()
    assert amelie.put("/profile/looking", {"is_looking": True}).json() == {"is_looking": True}
    assert Jobseeker.objects.get(pk=town.other_jobseeker.pk).is_looking
    assert program("bruno").put("/profile/looking", {"is_looking": False}).status_code == 403


def test_she_and_nobody_else_keeps_a_search_changes_stops_and_removes_it(
    town: Town, program: MakeProgram
) -> None:
    factories.CommuneFactory()
    amelie = program("amelie")
    made = amelie.post("/alerts", {"q": "vendeuse", "rhythm": "weekly"})
    assert made.status_code == 201 and made.json()["search"] == "vendeuse"
    row = Alert.objects.get()
    assert (row.user, row.rhythm, row.by) == (town.people["amelie"], "weekly", None)
    where = f"/alerts/{row.pk}"
    assert amelie.put(where, {"rhythm": "daily"}).json()["rhythm"] == "daily"
    gael = program("gael")
    assert gael.get(where).status_code == 404 and gael.get("/alerts").json()["items"] == []
    assert gael.put(where, {"rhythm": "weekly"}).status_code == 404
    assert gael.post(f"{where}/stop").status_code == 404 and gael.delete(where).status_code == 404
    assert program("bruno").get(where).status_code == 403
    assert not amelie.post(f"{where}/stop").json()["is_running"]
    assert [one["id"] for one in amelie.get("/alerts").json()["items"]] == [row.pk]
    assert amelie.get(where).json()["vacancies"] == []
    assert amelie.delete(where).status_code == 204 and not Alert.objects.exists()
    acts = Entry.objects.filter(thing=Alert.THING)
    assert acts.count() == 4 and not acts.filter(token_id__isnull=True).exists()
    assert amelie.post("/alerts", {"q": "x", "near": "Nullepart"}).json()["errors"][0]["where"] == "body"


@pytest.mark.parametrize("persona", ["visitor", "amelie"])
def test_an_ad_is_reported_and_nothing_says_by_whom(town: Town, program: MakeProgram, persona: str) -> None:
    one, where = program(persona), f"/vacancies/{town.vacancy.pk}/reports"
    assert one.post(where, {"why": "money"}).status_code == 204
    row = Report.objects.get()
    assert (row.vacancy, row.why) == (town.vacancy, "money")
    assert Entry.objects.get(thing="report").actor_id is None
    assert Entry.objects.get(thing="report").token_id is None
    assert one.post(where, {"why": "other"}).status_code == 409
    assert one.post(where, {"why": "never"}).status_code == 422
    assert one.post(f"/vacancies/{town.draft.pk}/reports", {"why": "money"}).status_code == 404


def test_the_same_place_is_written_down_three_times_a_day(town: Town, program: MakeProgram) -> None:
    one, where = program(), f"/vacancies/{town.vacancy.pk}/reports"
    assert {one.post(where, {"why": "money"}).status_code for _again in range(5)} == {204}
    assert Report.objects.count() == 3
