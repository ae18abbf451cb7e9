"""Pages that links lead to: each opens, axe finds nothing, it reflows, it is light."""

import pytest

from tests.journeys import newcomer
from tests.journeys.conftest import Open
from tests.journeys.site import Site
from tests.journeys.walking import ROLES, sound
from tests.sweeps import few

pytestmark = pytest.mark.journey

# From the left end of what is in these to the right end.
SPANS = """all => {
  const boxes = all.flatMap((one) => [...one.children]).map((one) => one.getBoundingClientRect());
  return Math.max(...boxes.map((one) => one.right)) - Math.min(...boxes.map((one) => one.left));
}"""
LEAST_WIDE = 900


@pytest.mark.parametrize("role", few("walks", ROLES), ids=lambda role: role or "visitor")
def test_every_page_that_links_lead_to_is_sound(role: str, opened: Open, site: Site) -> None:
    page = opened(role)
    if not role:
        assert page.locator(".hero, .ways").evaluate_all(SPANS) >= LEAST_WIDE, (
            "the front page is narrow at 1280 px"
        )
    sound(role, page, site)


@pytest.mark.again
def test_every_page_of_somebody_new_is_sound(opened: Open, site: Site) -> None:
    page = opened()
    newcomer.open_a_file(page, site, "nina.passerat@example.org", "Nina Passerat")
    sound("new", page, site)
