"""Every page that links lead to, for people: it opens, axe finds nothing, it reflows, it is light."""

import pytest

from tests.journeys import coming_in
from tests.journeys.conftest import Open
from tests.journeys.site import Site
from tests.journeys.walking import PEOPLE, looked_at, sound

pytestmark = pytest.mark.journey

EMPTY_AT_FIRST = (
    "/openings/?",
    "/openings/more/?",
    "/profile/?",
    "/profile/experience/?",
    "/profile/skills/?",
    "/account/readings/?",
)


@pytest.mark.parametrize("role", PEOPLE, ids=[role or "visitor" for role in PEOPLE])
def test_every_page_that_links_lead_to_is_sound(role: str, opened: Open, site: Site) -> None:
    sound(role, opened(role), site)


def test_every_page_of_somebody_new_is_sound(opened: Open, site: Site) -> None:
    page = opened()
    coming_in.with_a_new_file(page, site, "06 12 34 56 79", "Nina Passerat")
    with looked_at(site) as looks:
        for kind in EMPTY_AT_FIRST:
            looks.pop(kind, None)
    sound("new", page, site)
