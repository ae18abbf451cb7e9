"""The description of the service and the pages drawn from it."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.api.conftest import MakeProgram
from tests.personas import Town
from visavis.api import openapi, problems, words
from visavis.api.declaring import WrongAnswer
from visavis.api.operations.all import SERVICE

LANGUAGES = ("fr", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_description_is_openapi_3_1_in_both_languages(
    town: Town, program: MakeProgram, language: str
) -> None:
    made = program().get("/openapi.json", **{"Accept-Language": language}).json()
    assert made["openapi"] == "3.1.0"
    summary = made["paths"]["/api/v1/vacancies"]["post"]["summary"]
    assert summary == {"fr": "Commencer un brouillon.", "en": "Begin a draft."}[language]


def test_every_error_of_the_description_is_a_problem() -> None:
    for methods in openapi.schema()["paths"].values():
        for one in methods.values():
            for status, answer in one["responses"].items():
                if status >= "400":
                    assert list(answer["content"]) == [problems.MEDIA_TYPE]


def test_the_shape_of_an_error_is_made_once_for_all_operations() -> None:
    """For each status of each operation it was 1,300 shapes: 20 MB of each process, and a fifth of its start."""
    routers = [router for _prefix, router in SERVICE._routers]
    made = [one for router in routers for path in router.path_operations.values() for one in path.operations]
    shapes = {shape for one in made for status, shape in one.response_models.items() if status >= 400}
    assert len(made) > 100 and shapes == {WrongAnswer}


def test_every_operation_has_its_words_and_no_words_are_left_over() -> None:
    told = {one["operationId"] for methods in openapi.schema()["paths"].values() for one in methods.values()}
    assert told == set(words.OPERATIONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_operation_is_on_a_page(town: Town, language: str) -> None:
    with translation.override(language):
        paths = openapi.schema()["paths"]
    client = Client(headers={"Accept-Language": language})
    pages = [
        client.get(reverse("api:docs_group", kwargs={"group": group})).content.decode()
        for group in words.GROUPS
    ]
    for methods in paths.values():
        for one in methods.values():
            (page,) = (page for page in pages if f'id="{one["operationId"]}"' in page)
            assert {} in one["security"] or "Authorization: Bearer" in page


@pytest.mark.parametrize("name", ["api:docs", "api:errors"])
def test_the_pages_fetch_nothing_from_elsewhere(town: Town, name: str) -> None:
    page = Client().get(reverse(name)).content.decode()
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page)


def test_every_kind_of_problem_is_on_the_page_its_type_leads_to(town: Town) -> None:
    page = Client().get(reverse("api:errors")).content.decode()
    assert all(f'id="{kind.code}"' in page for kind in problems.KINDS)


def test_a_group_that_is_not_is_404(town: Town) -> None:
    assert Client().get(reverse("api:docs_group", kwargs={"group": "swagger"})).status_code == 404
