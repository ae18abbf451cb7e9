"""The service does what its description says, whatever is sent: schemathesis on the site itself, without a network.

In the suite, a few cases for each operation, always the same. `VISAVIS_API_CASES=10000` asks for that
many in all.
"""

import os
from collections.abc import Callable
from math import ceil
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from pytest_django import Settings
from schemathesis import checks as known
from schemathesis.config import SchemathesisConfig

from tests import factories
from tests.api.conftest import MakeProgram
from tests.personas import Town
from visavis.api import openapi

CASES = int(os.environ.get("VISAVIS_API_CASES", "350"))
PERSONAS = ("amelie", "chloe", "bruno")
CONFIG = SchemathesisConfig.from_dict(
    {
        # What a form refuses for its meaning (a town nobody knows) is 422: the description cannot say it all.
        "checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "401", "403", "404", "409", "422"]}},
        "generation": {"database": "none", "deterministic": True},
    }
)


class Undone(Exception):
    """Takes back what a case wrote."""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """Answer as the site does."""
    environ.setdefault("REMOTE_ADDR", "127.0.0.1")
    return SITE(environ, start_response)


SITE = get_wsgi_application()
OPERATIONS = sorted(
    (method, path) for path, methods in openapi.schema()["paths"].items() for method in methods
)


@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=lambda value: value)
def test_an_operation_does_what_its_description_says(
    method: str, path: str, town: Town, program: MakeProgram, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    factories.SkillFactory()
    described = schemathesis.openapi.from_dict(openapi.schema(), config=CONFIG)
    described.app = application
    operation = described[path][method.upper()]
    keys = {persona: program(persona).key for persona in PERSONAS}
    checks = known.CHECKS.get_all()
    each = max(1, ceil(CASES / len(OPERATIONS)))

    for persona, key in keys.items():
        strategy = operation.as_strategy() | operation.as_strategy(
            generation_mode=schemathesis.GenerationMode.NEGATIVE
        )

        @hypothesis.settings(
            max_examples=ceil(each / len(keys)),
            deadline=None,
            database=None,
            derandomize=CASES < 1000,
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(case=strategy)
        def run(case: Any, key: str = key) -> None:
            try:
                with transaction.atomic():
                    response = case.call(headers={"Authorization": f"Bearer {key}"})
                    case.validate_response(response, checks=checks)
                    raise Undone
            except Undone:
                pass

        run()
        del persona
