"""Nobody reads the name of a person who looks for work without a trace: every page that shows one is in the journal.

`test_promises` asks the addresses of one person; here are all the others: lists, searches, days, homes, exports.
Red before: the list of employers who ask for an account, and an employer's list of those who answered a vacancy.
"""

import pytest
from django.urls import reverse

from tests.access.row import EMPLOYERS, STAFF, Row
from tests.hostile.visit import sampled
from tests.personas import Town
from tests.sweeps import WHOLE, few
from tests.test_access import address, rows
from tests.test_hostile import named
from visavis.journal.models import Entry

NO_PERSON = [
    row for row in rows() if row.method == "get" and row.arguments.get("jobseeker_id") != "jobseeker"
]
# Who stands there by name and why it is not written down.
REASONS = {
    "interviews:seat": "Both sit opposite each other: who came, and when, stands in the interview for both.",
    "counter:person": "The visit is in the journal as it begins, with who receives her; so is each page opened in it.",
}
MOST_OF_EACH = 2


def asked(row: Row) -> list[str]:
    who = sorted(row.allowed & (STAFF | EMPLOYERS))
    return who if WHOLE else sampled(who, MOST_OF_EACH, named(row))


APPS = sorted({row.name.partition(":")[0] for row in NO_PERSON})


ORDERS = {1: "as listed", -1: "backwards"}


@pytest.mark.parametrize(("app", "order"), few("names", [(app, order) for order in ORDERS for app in APPS]))
def test_no_page_names_a_person_unseen(app: str, order: int, town: Town) -> None:
    """What one page makes the next one shows, or leads past: forwards and backwards."""
    names = [town.people[one].name for one in ("amelie", "gael")]
    for row in NO_PERSON[::order]:
        if row.name.partition(":")[0] != app or row.name in REASONS:
            continue
        url = address(row, town)
        for persona in asked(row):
            last = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            answer = town.client(persona).get(url)
            if answer.status_code != 200 or answer.streaming:
                continue
            found = [name for name in names if name in answer.content.decode(errors="replace")]
            noted = Entry.objects.readings().filter(pk__gt=last, actor_id=town.people[persona].pk)
            assert not found or noted.exists(), f"{persona} read {found} on {url} unseen"


def test_the_way_into_an_interview_and_each_reason_is_of_an_address_that_is_asked(town: Town) -> None:
    assert set(REASONS) <= {row.name for row in NO_PERSON}
    # Once there is a seat it leads there at once: asked before.
    answer = town.client("bruno").get(reverse("interviews:enter", args=[town.appointment_by_video.pk]))
    assert town.people["amelie"].name in answer.text
    assert Entry.objects.readings().filter(thing="appointment", actor_id=town.people["bruno"].pk).exists()
