"""What is written down of a walk through the whole site: the number of each request, and nothing of a person."""

import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from tests.personas import PERSONAS, Town
from tests.test_access import address, rows
from visavis.common import logs, numbers
from visavis.matches.making.tasks import work_on_run
from visavis.operations.management.commands.work import worker_of
from visavis.portal import views

pytestmark = pytest.mark.django_db
# What stands in the town by itself.
PLAIN = {"agency", "employer", "jobseeker", "vacancy", "draft"}
PHONE = "06 12 34 56 78"


class Kept(logging.Handler):
    """Keeps what the log of the site would be, all of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logs.AsJson())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def of(self, number: str) -> list[dict[str, str]]:
        return [told for line in self.lines if (told := json.loads(line)).get("request") == number]


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler, root = Kept(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    # As an operator sets it at most: Django's own queries are below.
    root.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_walk_through_every_page_leaves_nobody_in_the_log(
    town: Town, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    amelie = town.people["amelie"]
    clients = {persona: town.client(persona) for persona in PERSONAS}
    walked = [
        clients[next(one for one in PERSONAS if one in row.allowed)].get(address(row, town))
        for row in rows()
        if row.method == "get" and row.allowed and set(row.arguments.values()) <= PLAIN
    ]
    assert len(walked) > 50
    visitor = Client(raise_request_exception=False)
    visitor.get(f"/nowhere/{amelie.email}/{PHONE}/", {"name": amelie.name})
    visitor.post(reverse("account_login"), {"login": amelie.email, "code": "123456"})
    visitor.post(reverse("account_login"), {"login": PHONE})
    visitor.post(reverse("account_login"), {"login": amelie.email}, headers={"Host": amelie.email})

    def broken(*_given: object, **_named: object) -> None:
        raise ValueError(f"cannot read {amelie.email}, {PHONE}\nDETAIL: {amelie.name}")

    monkeypatch.setattr(views, "render", broken)
    answer = visitor.get("/")
    assert answer.status_code == 500
    errors = kept.of(answer[numbers.HEADER])
    assert [one["level"] for one in errors] == ["ERROR"] and "ValueError: cannot read" in errors[0]["error"]

    text = "\n".join(kept.lines)
    for person in town.people.values():
        assert person.email not in text and person.name not in text
    assert PHONE not in text and PHONE.replace(" ", "") not in text


def test_each_answer_bears_a_number_of_its_own_and_none_that_a_visitor_chose(client: Client) -> None:
    first = client.get("/health/live", headers={numbers.HEADER: "mine"})[numbers.HEADER]
    second = client.get("/health/live")[numbers.HEADER]
    assert len(first) == numbers.SIGNS and first != second and "mine" not in first


def test_a_job_is_logged_under_the_number_of_who_asked_for_it(
    client: Client, kept: Kept, settings: Settings
) -> None:
    backend = "visavis.common.numbers.NumberedBackend"
    settings.TASKS = {"default": {**settings.TASKS["default"], "BACKEND": backend}}
    number = client.get("/health/live")[numbers.HEADER]
    work_on_run.enqueue(0)
    numbers.end(DBTaskResult.objects.get().task_result)
    worker_of("default", batch=True).run()
    assert any("state=SUCCESSFUL" in one["message"] for one in kept.of(number))
    # And the next job, which nobody asked for, is of no request.
    work_on_run.enqueue(0)
    DBTaskResult.objects.ready().update(args_kwargs={"args": [0], "kwargs": {}})
    before = len(kept.of(number))
    worker_of("default", batch=True).run()
    assert len(kept.of(number)) == before and not numbers.current()
