"""Every page that links lead to, for those who work in the service or with it, in a process of its own."""

import pytest

from tests.journeys.conftest import Open
from tests.journeys.site import Site
from tests.journeys.walking import AT_WORK, sound

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("role", AT_WORK)
def test_every_page_that_links_lead_to_is_sound(role: str, opened: Open, site: Site) -> None:
    sound(role, opened(role), site)
