"""The plan and the minutes through her program."""

from tests.api.conftest import MakeProgram, stamped
from tests.casefiles.test_minutes import SAID, begun, shared
from tests.casefiles.test_plans import added, his
from tests.personas import Town
from visavis.casefiles.enums import Side, State, Way
from visavis.casefiles.models import Plan, PlanItem
from visavis.common import clock

PATH = "/plan"


def test_she_adds_ticks_and_agrees_and_it_says_that_a_program_did(town: Town, program: MakeProgram) -> None:
    amelie = program("amelie")
    assert amelie.get(PATH).json()["items"] == []
    made = amelie.post(f"{PATH}/items", {"kind": "action", "words": "Refaire le CV", "due_on": None})
    assert made.status_code == 201 and made.json()["state"] == "to-us"
    (item,) = made.json()["items"]
    where = f"{PATH}/items/{item['id']}"
    changed = amelie.put(where, {"words": "Refaire mon CV", "version": item["version"]}).json()
    assert changed["items"][0]["words"] == "Refaire mon CV"
    assert amelie.put(where, {"words": "x", "version": item["version"]}).json()["type"].endswith("#stale")
    done = amelie.post(f"{where}/reached", {"reached": "done"}).json()
    assert done["items"][0]["reached"] == "done"
    steps = Plan.objects.get().steps.all()
    assert {one.side for one in steps} == {Side.PERSON} and {one.way for one in steps} == {Way.PROGRAM}
    added(town, his(town), "Appeler l’entreprise")
    read = amelie.get(PATH).json()
    assert read["may_agree"]
    assert amelie.post(f"{PATH}/agree", {"version": read["version"]}).json()["state"] == "agreed"
    assert Plan.objects.get().state == State.AGREED
    assert stamped(town, "plan")


def test_she_reads_shared_minutes_and_says_so_and_nobody_else_finds_them_or_her_plan(
    town: Town, program: MakeProgram
) -> None:
    amelie, gael, row = program("amelie"), program("gael"), begun(town)
    assert amelie.get("/minutes").json()["items"] == []
    assert amelie.get(f"/minutes/{row.pk}").status_code == 404, "a draft is not hers"
    with clock.moved(row.ended_at):
        shared(town)
        assert gael.get(f"/minutes/{row.pk}").status_code == 404
        assert gael.post(f"/minutes/{row.pk}/read", {"number": 1}).status_code == 404
        read = amelie.get(f"/minutes/{row.pk}").json()
        assert (read["body"], read["agreed"], read["read_at"]) == (SAID.body, [SAID.agreed], None)
        assert amelie.post(f"/minutes/{row.pk}/read", {"number": 9}).json()["type"].endswith("#stale")
        assert amelie.post(f"/minutes/{row.pk}/read", {"number": read["number"]}).json()["read_at"]
    item = added(town, his(town))
    assert gael.get(PATH).json()["items"] == [] and gael.get("/minutes").json()["items"] == []
    assert gael.put(f"{PATH}/items/{item.pk}", {"words": "x", "version": 1}).status_code == 404
    assert gael.post(f"{PATH}/items/{item.pk}/reached", {"reached": "done"}).status_code == 404
    assert program("bruno").get(PATH).status_code == 403
    assert PlanItem.objects.get().words == item.words


def test_what_is_wrong_says_so_and_what_makes_it_difficult_is_hers_to_show(
    town: Town, program: MakeProgram
) -> None:
    amelie = program("amelie")
    for wrong in ({"words": ""}, {"words": "x", "whose": "partner"}, {"words": "x", "due_on": "2001-01-01"}):
        assert amelie.post(f"{PATH}/items", {"kind": "action", **wrong}).status_code == 422
    assert amelie.post(f"{PATH}/agree", {"version": 1}).status_code == 409
    said = amelie.put(f"{PATH}/hurdles", {"shown": ["travel"], "hidden": ["housing"]}).json()
    assert said["hurdles"] == [{"code": "travel", "is_shown": True}, {"code": "housing", "is_shown": False}]
    number = amelie.post(f"{PATH}/items", {"kind": "goal", "words": "x"}).json()["items"][0]["id"]
    assert amelie.post(f"{PATH}/items/{number}/reached", {"reached": "dropped"}).status_code == 409
