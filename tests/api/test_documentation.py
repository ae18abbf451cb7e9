"""The description of the service and the pages drawn from it."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from ninja import Schema

from tests.api.conftest import MakeProgram
from tests.personas import Town
from visavis.api import openapi, problems, words


def test_every_operation_error_and_shape_is_described_once() -> None:
    for methods in openapi.schema()["paths"].values():
        for one in methods.values():
            for status, answer in one["responses"].items():
                if status >= "400":
                    assert list(answer["content"]) == [problems.MEDIA_TYPE]
    described = openapi.schema()
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))
    assert "ProblemOut" in named and named <= set(described["components"]["schemas"])
    told = {one["operationId"] for methods in openapi.schema()["paths"].values() for one in methods.values()}
    assert told == set(words.OPERATIONS)
    # They were 1,300 of 1,400: 20 MB of each process, and a fifth of its start.
    made = [one for one in Schema.__subclasses__() if one.__name__ == "NinjaResponseSchema"]
    assert 0 < len(made) <= len(words.OPERATIONS)


@pytest.mark.parametrize(("language", "said"), [("fr", "Commencer un brouillon."), ("en", "Begin a draft.")])
def test_the_description_is_openapi_3_1_and_every_operation_on_a_page_in_both_languages(
    town: Town, program: MakeProgram, language: str, said: str
) -> None:
    made = program().get("/openapi.json", **{"Accept-Language": language}).json()
    assert made["openapi"] == "3.1.0"
    assert made["paths"]["/api/v1/vacancies"]["post"]["summary"] == said
    client = Client(headers={"Accept-Language": language})
    pages = [
        client.get(reverse("api:docs_group", kwargs={"group": group})).content.decode()
        for group in words.GROUPS
    ]
    for methods in made["paths"].values():
        for one in methods.values():
            (page,) = (page for page in pages if f'id="{one["operationId"]}"' in page)
            assert {} in one["security"] or "Authorization: Bearer" in page


def test_the_pages_fetch_nothing_from_elsewhere_and_tell_every_kind_of_problem(town: Town) -> None:
    pages = [Client().get(reverse(name)).content.decode() for name in ("api:docs", "api:errors")]
    assert not [page for page in pages if re.findall(r'(?:src|href)="(?:https?:)?//', page)]
    assert all(f'id="{kind.code}"' in pages[1] for kind in problems.KINDS)
    assert Client().get(reverse("api:docs_group", kwargs={"group": "swagger"})).status_code == 404
