"""The service does what its description says, whatever is sent: schemathesis on the site itself, without a network.

In the suite, a few cases for each operation, always the same. `VISAVIS_API_CASES=10000` asks for that
many in all.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import strategies as st
from pytest_django import Settings
from schemathesis import checks as known
from schemathesis.config import SchemathesisConfig

from tests import factories
from tests.api.conftest import MakeProgram
from tests.casefiles.test_plans import added, his
from tests.mandates.making import given
from tests.personas import Town
from tests.sweeps import few
from visavis.api import openapi, profile_answers, vacancy_answers
from visavis.api.scopes import BY_ROLE
from visavis.introductions import services as introductions
from visavis.matches.models import Match
from visavis.people.enums import Role

pytestmark = pytest.mark.database

CASES = int(os.environ.get("VISAVIS_API_CASES", "300"))
MANY = 1_000
MODES = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
CONFIG = SchemathesisConfig.from_dict(
    {
        # What a form refuses for its meaning (a town nobody knows) is 422: the description cannot say it all.
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "400", "401", "403", "404", "409", "422"]
            }
        },
        "generation": {"database": "none", "deterministic": True},
    }
)


class Undone(Exception):
    """Takes back what a case wrote."""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """Answer as the site does."""
    environ.setdefault("REMOTE_ADDR", "127.0.0.1")
    # The transport does not unpack what is packed.
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    return SITE(environ, start_response)


SITE = get_wsgi_application()
OPERATIONS = few(
    "operations",
    sorted((method, path) for path, methods in openapi.schema()["paths"].items() for method in methods),
)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Keep the test's own connection between two requests, as Django's own client does: a server would renew it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@dataclass
class Real:
    """Numbers and versions that exist, put in a part of the cases: else every answer is 404 or 409."""

    numbers: dict[str, int]
    versions: dict[str, str]

    def put_in(self, case: Any, operation_id: str) -> None:
        if not case.meta.generation.mode.is_positive:
            return
        for name in case.path_parameters or {}:
            case.path_parameters[name] = self.numbers.get(name, case.path_parameters[name])
        if not isinstance(case.body, dict):
            return
        if isinstance(case.body.get("version"), int):
            case.body["version"] = 1
        elif "version" in case.body:
            case.body["version"] = self.versions.get(operation_id, case.body["version"])


@pytest.fixture
def real(town: Town, program: MakeProgram) -> Real:
    factories.SkillFactory()
    answers = vacancy_answers.stored(town.draft)
    profile = profile_answers.profile(town.jobseeker).answers
    counsellor = town.people["bruno"]
    proposed = introductions.propose(jobseeker=town.jobseeker, vacancy=town.vacancy, by=counsellor)
    pair = {"jobseeker": town.other_jobseeker, "vacancy": town.vacancy}
    match = factories.MatchFactory(side=Match.Whose.VACANCY, rank=1, score=0.5, engine_version="1", **pair)
    return Real(
        {
            "vacancy_id": town.draft.pk,
            "person_id": town.jobseeker.pk,
            "job_id": town.job.pk,
            "introduction_id": proposed.pk,
            "match_id": match.pk,
            "months": 1,
            "agency_id": town.agency.pk,
            "thread_id": town.thread.pk,
            "document_id": town.document.pk,
            "cv_id": town.cv_reading.pk,
            "appointment_id": town.appointment_by_video.pk,
            "kind_id": town.appointment.kind_id,
            "account_id": town.employer_account.pk,
            "joining_id": town.joining.pk,
            "item_id": added(town, his(town)).pk,
            "mandate_id": given(town.people["amelie"], town.people["ines"]).pk,
        },
        {f"answer_vacancy_{one.question}": one.version for one in answers}
        | {f"answer_{one.question}": one.version for one in profile}
        | {"change_job": profile_answers.job(town.job).version},
    )


def owner_of(path: str, operation: dict[str, Any]) -> str:
    """Return whose program asks: one that has the scope."""
    scopes = [scope for way in operation["security"] for scope in way.get("token", [])]
    for persona, kept in (("amelie", BY_ROLE[Role.JOBSEEKER]), ("chloe", BY_ROLE[Role.EMPLOYER])):
        if set(scopes) <= kept:
            return persona
    return "bruno"


def give_key(described: Any, key: str) -> None:
    """Let every case that schemathesis does not spoil on purpose have a token that works."""

    class WithKey:
        def get(self, case: Any, ctx: Any) -> str:
            return key

        def set(self, case: Any, data: str, ctx: Any) -> None:
            case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}

    described.auth()(WithKey)


@pytest.mark.again("sqlite")
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda value: value)
def test_an_operation_does_what_its_description_says(
    method: str, path: str, real: Real, program: MakeProgram, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    described = schemathesis.openapi.from_dict(openapi.schema(), config=CONFIG)
    described.app = application
    raw = described.raw_schema["paths"][path][method]
    operation = described[path][method.upper()]
    give_key(described, program(owner_of(path, raw)).key)
    # The checks of OpenAPI are known once a description is read.
    checks = known.CHECKS.get_all()
    good, bad = (operation.as_strategy(generation_mode=mode) for mode in MODES)

    @hypothesis.settings(
        max_examples=max(2, ceil(CASES / len(OPERATIONS))),
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        derandomize=CASES < MANY,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(case=good | bad, is_real=st.booleans())
    def run(case: Any, is_real: bool) -> None:
        if is_real:
            real.put_in(case, raw["operationId"])
        with contextlib.suppress(Undone), transaction.atomic():
            response = case.call()
            case.validate_response(response, checks=checks)
            raise Undone

    run()
