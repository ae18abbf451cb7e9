"""A CV through her program: read apart, checked, taken fact by fact, taken out again, thrown away."""

import pytest

from tests import factories
from tests.api.conftest import MakeProgram
from tests.cvs.test_checking import TEXT
from tests.personas import Town
from visavis.cvs.models import CvReading
from visavis.jobseekers.models import Experience
from visavis.journal.models import Entry
from visavis.tries import uploads

PATH = "/profile/cvs"


def test_a_cv_is_read_checked_taken_and_thrown_away(town: Town, program: MakeProgram) -> None:
    factories.SkillFactory()
    amelie = program("amelie")
    read = amelie.send(PATH, "cv.txt", TEXT.encode())
    assert read.status_code == 201, read.content
    assert not Experience.objects.exists(), "the profile is not touched"
    jobs = [one for one in read.json()["facts"] if one["kind"] == "job"]
    assert jobs[0]["fields"]["title"] == "Serveuse" and jobs[0]["is_ticked"]
    where = f"{PATH}/{read.json()['id']}"
    chosen = [{"number": jobs[0]["number"], "employer": "Le Grand Café"}]
    assert amelie.post(f"{where}/take", {"facts": chosen}).json() == {"added": 1}
    job = Experience.objects.get()
    assert (job.title, job.employer) == ("Serveuse", "Le Grand Café")
    assert amelie.post(f"{where}/undo").status_code == 200 and not Experience.objects.exists()
    assert [one["id"] for one in amelie.get(PATH).json()["items"]] == [read.json()["id"]]
    assert amelie.delete(where).status_code == 204 and not CvReading.objects.exists()
    acts = Entry.objects.filter(thing="cv")
    assert acts.count() == 2 and not acts.filter(token_id__isnull=True).exists()


def test_what_is_wrong_says_so_and_nothing_is_taken_nor_found_by_anybody_else(
    town: Town, program: MakeProgram
) -> None:
    amelie, where = program("amelie"), f"{PATH}/{town.cv_reading.pk}"
    wrong = amelie.post(f"{where}/take", {"facts": [{"number": 0, "start": "jamais"}]})
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["field"] == "start_0"
    assert amelie.send(PATH, "cv.pdf", b"%PDF-1.4 rien").status_code == 422
    assert not Experience.objects.exists()
    gael = program("gael")
    assert gael.get(where).status_code == 404 and gael.get(PATH).json()["items"] == []
    assert gael.post(f"{where}/take", {"facts": []}).status_code == 404
    assert gael.post(f"{where}/undo").status_code == 404 and gael.delete(where).status_code == 404
    assert program("bruno").get(where).status_code == 403
    assert CvReading.objects.exists()


def test_many_files_wait(town: Town, program: MakeProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "count", lambda _shares: 60)
    refused = program("amelie").send(PATH, "cv.txt", TEXT.encode())
    assert refused.status_code == 429 and refused["Retry-After"]
