"""GET never writes."""

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from tests import factories
from visavis.common.readonly import ReadOnlyGetMiddleware, WroteOnGet, is_allowed, writes_on_get
from visavis.people.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def writing(request: HttpRequest) -> HttpResponse:
    User.objects.update(name="changed")
    return HttpResponse("done")


def answer(view: object, method: str) -> HttpResponse:
    request = getattr(RequestFactory(), method)("/")
    middleware = ReadOnlyGetMiddleware(lambda r: HttpResponse())
    return middleware.process_view(request, view, (), {}) or view(request)  # type: ignore[operator, no-any-return]


def test_a_view_that_writes_on_get_is_stopped_before_the_database() -> None:
    factories.UserFactory(name="before")
    with pytest.raises(WroteOnGet), transaction.atomic():
        answer(writing, "get")
    assert User.objects.get().name == "before"


def test_the_same_view_may_write_on_post() -> None:
    factories.UserFactory(name="before")
    answer(writing, "post")
    assert User.objects.get().name == "changed"


def test_a_marked_view_may_write_on_get() -> None:
    factories.UserFactory(name="before")
    answer(writes_on_get(writing), "get")
    assert User.objects.get().name == "changed"


@pytest.mark.parametrize(
    ("sql", "allowed"),
    [
        ("SELECT 1", True),
        ('(SELECT "a" FROM "b") UNION (SELECT "a" FROM "c")', True),
        ('(INSERT INTO "b" VALUES (1))', False),
        (' select * from "people_user"', True),
        ('WITH a AS (DELETE FROM "people_user" RETURNING 1) SELECT * FROM a', False),
        ('INSERT INTO "journal_entry" VALUES (1)', True),
        ('INSERT OR REPLACE INTO "people_user" VALUES (1)', False),
        ('UPDATE "people_session" SET x = 1', True),
        ('DELETE FROM "vacancies_vacancy"', False),
        ("DROP TABLE people_user", False),
        ("TRUNCATE people_user", False),
        ("SELECT 1;\nSELECT 2", True),
        ('SELECT 1;\nDELETE FROM "vacancies_vacancy";\nSELECT 2', False),
        ('SELECT 1;\nINSERT INTO "journal_entry" VALUES (1)', True),
    ],
)
def test_what_may_run_while_a_page_is_read(sql: str, allowed: bool) -> None:
    assert is_allowed(sql) is allowed
