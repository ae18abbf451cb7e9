"""Every act by every way: what the registry says is there, opens to whom it must, and is walked by a test."""

import tomllib
from pathlib import Path

from django.urls import get_resolver

from tests.personas import Town
from tests.test_access import names, rows
from tests.test_security_papers import is_run
from visavis.portal.ways import words
from visavis.portal.ways.registry import Act, Means, Refusal, Way, act_of, acts, beside

ANSWERED = {"post", "put", "patch", "delete"}
HERS = {"jobseeker": {"amelie", "gael"}, "employer": {"chloe", "emile"}}
AT_WORK = {"bruno", "dario", "hugo", "rosa"}
WALKS = tomllib.loads(Path(__file__).with_name("walks.toml").read_text(encoding="utf-8"))
MOST_REFUSED = 1 / 20

OPEN = ("not_yet", "not_at_reception", "not_walked")


def known(name: str) -> set[tuple[str, str]]:
    """Return what is known to be open: acts and ways."""
    return {(slug, way) for way, slugs in WALKS[name].items() for slug in slugs}


def allowed() -> dict[str, set[str]]:
    """Return whom the access table lets in at each address."""
    found: dict[str, set[str]] = {}
    for row in rows():
        found.setdefault(row.name, set()).update(row.allowed)
    return found


def cells() -> list[tuple[Act, Way]]:
    return [(act, way) for act in acts() for way in Way]


def test_what_takes_an_answer_of_hers_is_an_act_or_says_why_not() -> None:
    told = {page for one in acts() for page in (*one.pages, *one.staff, *one.counter)}
    told |= {page for one in beside() for page in one.pages}
    asked = {
        row.name
        for row in rows()
        if row.method in ANSWERED
        for who in HERS.values()
        if who & set(row.allowed)
    }
    missing = sorted(one for one in asked - told if f"{one.partition(':')[0]}:" not in told)
    assert not missing, f"no act in acts.toml for {missing}"


def test_every_address_of_the_registry_is_there() -> None:
    there = set(names(get_resolver().url_patterns))
    there |= {f"{one.partition(':')[0]}:" for one in there}
    named = {page for act, way in cells() for page in act.addresses(way)}
    assert not {page for one in beside() for page in one.pages} - there
    assert not named - there


def test_somebody_of_the_service_is_let_in_where_it_is_done_for_her() -> None:
    opens = allowed()
    here = {act.slug: AT_WORK if act.who == "employer" else {"bruno"} for act in acts()}
    by_phone = [(act.slug, page) for act in acts() for page in act.addresses(Way.PHONE)]
    assert not [(slug, page) for slug, page in by_phone if not opens.get(page, set()) & here[slug]]


def test_what_nobody_or_the_reception_does_for_her_yet_is_known() -> None:
    assert {(act.slug, way.value) for act, way in cells() if act.means(way) is None} == known("not_yet")
    opens = allowed()
    found = {
        (act.slug, "counter")
        for act in acts()
        # What is done on her own pages, in her presence, is asked by tests/counter/test_reach.py.
        if act.who == "jobseeker" and act.means(Way.COUNTER) != Means.VISIT
        for page in act.addresses(Way.COUNTER)
        if "rosa" not in opens.get(page, set())
    }
    assert found == known("not_at_reception")


def test_few_cells_are_refused_and_each_says_what_to_do_instead() -> None:
    refused = [act.means(way) for act, way in cells() if isinstance(act.means(way), Refusal)]
    assert len(refused) <= MOST_REFUSED * len(cells())
    assert all(isinstance(one, Refusal) and one.because and one.instead for one in refused)


def test_every_way_is_walked_by_a_test_that_runs() -> None:
    said = {name: ways for name, ways in WALKS.items() if name not in OPEN}
    named = [test for ways in said.values() for tests in ways.values() for test in listed(tests)]
    assert not [test for test in named if not is_run(test)]
    assert set(said) == {"words", *(act.slug for act in acts())}
    walked = {
        Means.PAGES: ("web",), Means.STAFF: ("phone", "counter"), Means.VISIT: ("counter",), Means.SHEET: ("post",),
        Means.KEY: ("program",), Means.AGENCY: ("program",),
    }  # fmt: skip
    missing = {
        (act.slug, way.value)
        for act, way in cells()
        if way.value in walked.get(act.means(way), ())  # type: ignore[arg-type]
        and way.value not in WALKS[act.slug]
    }
    assert missing == known("not_walked")


def listed(tests: str | list[str]) -> list[str]:
    return [tests] if isinstance(tests, str) else tests


def test_a_page_leads_to_the_other_ways_of_its_act_and_nobody_to_what_does_not_open_to_him(
    town: Town,
) -> None:
    hers = town.client("amelie").get("/appointments/").content.decode()
    assert "/how/appointments/" in hers
    assert 'href="/how/"' in town.client("visitor").get("/privacy/").content.decode()
    assert "/how/" not in town.client("bruno").get("/desk/").content.decode()
    assert act_of("introductions:page", "employer") != act_of("introductions:page", "jobseeker")
    for who, is_led in (("visitor", True), ("amelie", True), ("bruno", False), ("chloe", False)):
        page = town.client(who).get("/how/appointments/").content.decode()
        main = page[page.index("<h1") : page.index("</main>")]
        assert ('href="/appointments/"' in main) == is_led, who


def test_all_acts_stand_on_one_page_under_a_heading_and_the_page_of_each_says_each_way(town: Town) -> None:
    client = town.client("visitor")
    whole = client.get("/how/").content.decode()
    for act in acts():
        assert f"/how/{act.slug}/" in whole
        page = client.get(f"/how/{act.slug}/").content.decode()
        assert page.count("<dt>") == len(words.ways_of(act)) >= 3, act.slug
    assert {act.group for act in acts()} == set(words.GROUPS)
    assert client.get("/how/nothing/").status_code == 404
