"""What a helper's page costs beside the person's own."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.mandates.making import amelies, given
from tests.personas import Town
from visavis.mandates import passage
from visavis.mandates.errands import Code
from visavis.people.enums import Role

pytestmark = pytest.mark.django_db


def questions(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.database
@pytest.mark.parametrize("page", ["profile/", "openings/", "introductions/", "messages/"])
def test_a_helpers_page_asks_four_questions_more_than_her_own(town: Town, page: str) -> None:
    """Which mandate holds, what the helper read lately, the entry of the journal, and the person herself."""
    mandate = amelies(town)
    own = questions(town.client("amelie"), f"/{page}")
    assert questions(town.client("ines"), f"/for/{mandate.pk}/{page}") <= own + 4


def test_the_links_of_a_page_are_looked_up_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another mandate, of the same pages, in the same process."""
    wide, client = amelies(town, Code.FILL_PROFILE), town.client("ines")
    path = f"/for/{wide.pk}/profile/"
    assert f"{path}pay/" in client.get(path).content.decode()
    with monkeypatch.context() as patch:
        looked_up, resolve = [], passage.resolve
        patch.setattr(passage, "resolve", lambda *given: looked_up.append(given) or resolve(*given))
        client.get(path)
    assert len(looked_up) == 1
    narrow = given(town.people["gael"], town.people["ines"], [Code.READ_PROFILE])
    assert f"/for/{narrow.pk}/profile/pay/" not in client.get(f"/for/{narrow.pk}/profile/").content.decode()
    assert client.get(f"/for/{narrow.pk}/profile/pay/").status_code == 403


@pytest.mark.database
def test_the_home_of_a_helper_asks_no_more_for_more_people(town: Town) -> None:
    """Nothing waits for any of them: what may wait is asked once for all."""
    helper, asked = town.people["ines"], []
    for more in (2, 4):
        for _person in range(more):
            given(factories.UserFactory(role=Role.JOBSEEKER), helper)
        asked.append(questions(town.client("ines"), "/home/"))
    assert asked[1] == asked[0]
