"""Whether she looks, what she is told of, and what is wrong with an ad, through her program."""

import pytest

from tests import factories
from tests.api.conftest import MakeProgram
from tests.cvs.test_checking import TEXT
from tests.personas import Town
from visavis.cvs.models import CvReading
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.journal.models import Entry
from visavis.searches.models import Alert
from visavis.tries import uploads
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


# A CV: read apart, checked, taken fact by fact, taken out again, thrown away --------------------------

CVS = "/profile/cvs"


def test_a_cv_is_read_checked_taken_and_thrown_away(town: Town, program: MakeProgram) -> None:
    factories.SkillFactory()
    amelie = program("amelie")
    read = amelie.send(CVS, "cv.txt", TEXT.encode())
    assert read.status_code == 201, read.content
    assert not Experience.objects.exists(), "the profile is not touched"
    jobs = [one for one in read.json()["facts"] if one["kind"] == "job"]
    assert jobs[0]["fields"]["title"] == "Serveuse" and jobs[0]["is_ticked"]
    where = f"{CVS}/{read.json()['id']}"
    chosen = [{"number": jobs[0]["number"], "employer": "Le Grand Café"}]
    assert amelie.post(f"{where}/take", {"facts": chosen}).json() == {"added": 1}
    job = Experience.objects.get()
    assert (job.title, job.employer) == ("Serveuse", "Le Grand Café")
    assert amelie.post(f"{where}/undo").status_code == 200 and not Experience.objects.exists()
    assert [one["id"] for one in amelie.get(CVS).json()["items"]] == [read.json()["id"]]
    assert amelie.delete(where).status_code == 204 and not CvReading.objects.exists()
    acts = Entry.objects.filter(thing="cv")
    assert acts.count() == 2 and not acts.filter(token_id__isnull=True).exists()


def test_what_is_wrong_with_a_cv_says_so_many_wait_and_nobody_else_finds_it(
    town: Town, program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    amelie, where = program("amelie"), f"{CVS}/{town.cv_reading.pk}"
    wrong = amelie.post(f"{where}/take", {"facts": [{"number": 0, "start": "jamais"}]})
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "start_0"
    assert amelie.send(CVS, "cv.pdf", b"%PDF-1.4 rien").status_code == 422
    assert not Experience.objects.exists()
    gael = program("gael")
    assert gael.get(where).status_code == 404 and gael.get(CVS).json()["items"] == []
    assert gael.post(f"{where}/take", {"facts": []}).status_code == 404
    assert gael.post(f"{where}/undo").status_code == 404 and gael.delete(where).status_code == 404
    assert program("bruno").get(where).status_code == 403
    assert CvReading.objects.exists()
    monkeypatch.setattr(uploads, "count", lambda _shares: 60)
    refused = amelie.send(CVS, "cv.txt", TEXT.encode())
    assert refused.status_code == 429 and refused["Retry-After"]
