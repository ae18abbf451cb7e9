"""Lists, reasons and candidates through a program."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api.conftest import MakeProgram
from tests.personas import Town
from visavis.common.readonly import READS
from visavis.introductions.models import Introduction
from visavis.journal.models import Entry
from visavis.matches.models import Match, Opinion, Showing

REASONS: list[dict[str, Any]] = [
    {"part": "base", "kind": "base", "logit": -1.25, "codes": [], "values": {}},
    {"part": "skills", "kind": "skills_all", "logit": 1.5, "codes": ["S0001"], "values": {}},
    {"part": "pay", "kind": "pay_above", "logit": 0.25, "codes": [], "values": {}},
    {"part": "distance", "kind": "distance", "logit": -0.125, "codes": [], "values": {"km": 3.2}},
]


@pytest.fixture
def matched(town: Town) -> Town:
    factories.SkillFactory()
    said = {"rank": 1, "score": sum(reason["logit"] for reason in REASONS), "reasons": REASONS}
    pair = {"jobseeker": town.jobseeker, "vacancy": town.vacancy}
    for side in Match.Whose:
        factories.MatchFactory(side=side, engine_version="1", **pair, **said)
    return town


def test_reasons_add_up_to_the_score_and_what_she_put_aside_is_no_longer_listed(
    matched: Town, program: MakeProgram
) -> None:
    amelie, path = program("amelie"), f"/matches/{matched.vacancy.pk}/opinion"
    (match,) = amelie.get("/matches").json()["items"]
    assert sum(reason["weight"] for reason in match["reasons"]) == pytest.approx(match["score"])
    assert [reason["sentence"] for reason in match["reasons"]] == [
        "",
        "Skills held: Knead dough",
        "Pays more than the lowest asked for",
        "3 km away",
    ]
    said = amelie.put(path, {"kind": "not_for_me", "reason": "pay"})
    assert (said.status_code, said.json()["reason"]) == (200, "pay")
    assert amelie.get("/matches").json()["items"] == []
    assert len(amelie.get("/matches?show=not_for_me").json()["items"]) == 1
    assert amelie.delete(path).status_code == 204
    assert not Opinion.objects.exists()
    # A reason without a no is refused.
    answer = amelie.put(path, {"kind": "kept", "reason": "pay"})
    assert (answer.status_code, answer.json()["type"].rpartition("#")[2]) == (409, "refused")


def test_lists_leave_a_showing_and_a_reading_and_an_employer_asks_to_meet_without_a_name(
    matched: Town, program: MakeProgram
) -> None:
    amelie = program("amelie")
    amelie.get("/matches")
    amelie.get(f"/matches/{matched.vacancy.pk}")
    program("chloe").get(f"/vacancies/{matched.vacancy.pk}/candidates")
    pages = Showing.objects.order_by("pk").values_list("page", flat=True)
    assert list(pages) == ["api openings", "api opening", "candidates"]
    program("bruno").get(f"/people/{matched.jobseeker.pk}/matches")
    read = Entry.objects.readings().about(matched.people["amelie"].pk).order_by("pk")
    assert [(entry.actor_id, entry.thing) for entry in read] == [
        (matched.people["chloe"].pk, "candidate"),
        (matched.people["bruno"].pk, "openings"),
    ]
    chloe, where = program("chloe"), f"/vacancies/{matched.vacancy.pk}/candidates"
    answer = chloe.get(where)
    (one,) = answer.json()["items"]
    assert one["name"] == "Person 1"
    # Nor what she keeps for herself: her lowest pay.
    text = answer.content.decode()
    assert not [word for word in ("Amélie", "example.org", "Pays") if word in text]
    (his,) = program("bruno").get(where).json()["items"]
    assert his["name"] == "Amélie"
    assert program("emile").post(f"{where}/{one['match']}/introduction").status_code == 404
    asked = chloe.post(f"{where}/{one['match']}/introduction")
    assert asked.status_code == 201 and Introduction.objects.get().origin == "employer"


@pytest.mark.database
@pytest.mark.parametrize(
    ("persona", "path"),
    [
        ("amelie", "/me"),
        ("amelie", "/profile"),
        ("amelie", "/matches"),
        ("amelie", "/introductions"),
        ("bruno", "/people"),
        ("chloe", "/vacancies"),
        ("chloe", "/vacancies/{vacancy}/candidates"),
        ("chloe", "/vacancies/{vacancy}/answers"),
    ],
)
def test_a_get_writes_in_the_journal_and_the_showings_only(
    matched: Town, program: MakeProgram, persona: str, path: str
) -> None:
    asked = program(persona)
    with CaptureQueriesContext(connection) as queries:
        assert asked.get(path.format(vacancy=matched.vacancy.pk)).status_code == 200
    # PostgreSQL names the cursor by which it reads row by row.
    said = [
        re.sub(r"^DECLARE .*? CURSOR (?:.*? )?FOR ", "", query["sql"], flags=re.DOTALL) for query in queries
    ]
    written = [sql for sql in said if not READS.match(sql)]
    assert all('"journal_entry"' in sql or '"matches_showing"' in sql for sql in written), written
    assert len(queries) <= 30
