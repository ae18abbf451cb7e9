"""Whether she is followed, and her one word, through her program."""

from tests.api.conftest import MakeProgram
from tests.casefiles.test_endings import again, followed, proposed
from tests.personas import Town
from visavis.casefiles.endings.enums import State, Way
from visavis.casefiles.models import Ending

PATH = "/follow-up"


def test_one_word_of_her_program_and_nobody_elses_keeps_it(town: Town, program: MakeProgram) -> None:
    amelie = program("amelie")
    assert amelie.get(PATH).json()["state"] == "followed"
    row = proposed(town, words="Un CDI")
    read = amelie.get(PATH).json()
    told = read["state"], read["reason"], read["words"], read["told_on"]
    assert told == ("proposed", "at-work", "Un CDI", None)
    assert program("bruno").get(PATH).status_code in {403, 404}
    assert program("gael").get(PATH).json()["state"] == "followed"
    assert program("amelie", "profile:read").post(f"{PATH}/answer", {"answer": "stay"}).status_code == 403
    kept = amelie.post(f"{PATH}/answer", {"answer": "stay"})
    assert kept.status_code == 200 and kept.json()["again_on"]
    assert again(row).state == State.STAYS and again(row).steps.get(act="stay").way == Way.PROGRAM


def test_what_a_program_asks_for_is_told_her_in_advance(town: Town, program: MakeProgram) -> None:
    asked = program("amelie").post(f"{PATH}/answer", {"answer": "end", "reason": "training"})
    assert asked.json()["state"] == "proposed"
    assert followed(town).ended_at is None and Ending.objects.get().is_hers


def test_what_does_not_go_now_says_so(town: Town, program: MakeProgram) -> None:
    amelie = program("amelie")
    assert amelie.post(f"{PATH}/answer", {"answer": "again"}).status_code == 409
    proposed(town)
    assert amelie.post(f"{PATH}/answer", {"answer": "end"}).status_code == 409
    assert amelie.post(f"{PATH}/answer", {"answer": "silent"}).status_code == 422
    assert amelie.post(f"{PATH}/answer", {"answer": "end", "reason": "silent"}).status_code == 422
