"""What the list of acts says reception does in a visit, a visit opens; what stays hers, it does not."""

import pytest
from django.urls import get_resolver

from tests.access.row import Row
from tests.counter.making import stands, url
from tests.mandates.test_errands import OTHER_ENTRANCES
from tests.personas import Town
from tests.sweeps import few
from tests.test_access import address, names, rows
from visavis.counter.reach import BEGINNINGS, HERS, errand_at
from visavis.portal.ways.registry import Means, Way, acts

pytestmark = pytest.mark.django_db
# Of her alone, also at the counter: what lets somebody in, and what she says of herself to her counsellor only.
STAYS = ("people:", "account", "mfa", "identity", "traces:", "api:", "mandates:", "noticing:", "leaving:close",
         "casefiles:hurdles", "stations:")  # fmt: skip


def test_every_act_done_in_a_visit_is_within_it_and_what_stays_hers_is_not() -> None:
    answered = {row.name for row in rows() if row.method == "post" and "amelie" in row.allowed}
    visited = [act for act in acts() if act.means(Way.COUNTER) == Means.VISIT]
    assert len(visited) >= 10
    missing = [
        (act.slug, page)
        for act in visited
        for page in act.pages
        if page in answered - OTHER_ENTRANCES and errand_at(page, {}, answers=True) is None
    ]
    assert not missing
    everything = set(names(get_resolver().url_patterns))
    opened = {
        name for name in everything for answers in (False, True) if errand_at(name, {}, answers=answers)
    }
    assert len(opened) > 50
    assert not [one for one in opened if one.startswith(STAYS)]
    assert {one for errand in HERS for one in errand.reads | errand.answers} <= everything
    assert all(errand_at(one.first, {}, answers=False) for one in BEGINNINGS)


def test_a_visit_opens_what_it_names_and_no_other_page_of_the_site(town: Town) -> None:
    """Every address of the table of access that she may read, asked at the counter."""
    visit, client = stands(town), town.client("rosa")
    read = [
        row for row in rows() if row.method == "get" and 200 in row.statuses and row.name != "portal:door"
    ]
    # Hired, she has a second introduction: the town gives the one or the other.
    hers = [row for row in read if "amelie" in row.allowed and "hired" not in row.arguments.values()]
    wrong = []
    for row in few("visit", one_an_address(hers)):
        arguments = {key: str(value) for key, value in row.arguments.items()}
        opens = errand_at(row.name, arguments, answers=False) is not None
        status = client.get(url(visit, address(row, town).removeprefix("/"))).status_code
        if (status in {403, 404}) == opens:
            wrong.append((row.name, opens, status))
    assert not wrong


def one_an_address(found: list[Row]) -> list[Row]:
    return list({row.name: row for row in found}.values())
