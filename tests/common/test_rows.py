"""Rows of a question that is written once: what Django makes of them, made more quickly."""

import json
from typing import Any
from unittest import mock

import pytest
from django.db import connection, models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.signals import post_init  # noqa: TID251  (what somebody else's code may do)
from django.test.utils import CaptureQueriesContext

from tests.personas import Town
from visavis.common import clock, prepared, rows, statements
from visavis.common.inserted import insert
from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Showing
from visavis.people.models import LinkedIdentity, Membership, User
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

IS_OPEN = ExpressionWrapper(Q(state="open"), output_field=BooleanField())
ASKED: dict[str, Any] = {
    "tuples": lambda: Vacancy.objects.order_by("pk").values_list("pk", "changed_at", "closes_on", "state"),
    "values": lambda: Vacancy.objects.order_by("pk").values_list("published_at", flat=True),
    "named": lambda: User.objects.order_by("pk").values_list("name", "joined_at", named=True),
    "dicts": lambda: User.objects.order_by("pk").values("pk", "is_active", "channel"),
    "annotated dicts": lambda: Vacancy.objects.order_by("pk").annotate(is_open=IS_OPEN).values("is_open"),
    "ordered by more than is asked": lambda: (
        Membership.objects.order_by("user__name", "pk").values_list("role", flat=True).distinct()
    ),
}


@pytest.mark.database
def test_values_and_models_are_those_that_django_gives(town: Town) -> None:
    for kind, asked in ASKED.items():
        rows, found = list(asked()), Prepared(asked)()
        assert found == rows and len(found) > 1, kind
        assert [type(one) for one in found] == [type(one) for one in rows], kind
    # Remote sides lead back: what stands beside a row is told without them.
    for asked in MODELS:
        found = [_shallow(row) for row in Prepared(asked)()]
        assert found and found == [_shallow(row) for row in asked()]


MODELS: list[Any] = [
    lambda: Jobseeker.objects.order_by("pk").select_related("user", "commune__department", "counsellor"),
    lambda: Vacancy.objects.order_by("pk").select_related("employer__organisation", "commune"),
    lambda: Vacancy.objects.order_by("pk").only("title", "employer__name").select_related("employer"),
    lambda: User.objects.order_by("pk").annotate(
        is_member=Exists(Membership.objects.filter(user=OuterRef("pk")))
    ),
]


def _shallow(row: models.Model) -> Any:
    named = {one.name for one in row._meta.concrete_fields}
    beside = {
        name: None if one is None else _shallow(one)
        for name, one in row._state.fields_cache.items()
        if name in named
    }
    kept = [(name, repr(value)) for name, value in vars(row).items() if name != "_state"]
    return type(row), kept, beside, row._state.adding, row._state.db, row.get_deferred_fields()


def test_a_row_made_quickly_is_kept_opened_and_read_again_as_any(town: Town) -> None:
    user = town.people["amelie"]
    [found] = Prepared(lambda number: User.objects.filter(pk=number))(user.pk)
    assert "•" in repr(vars(found)["email"]), "what rests sealed is opened where it is asked for"
    assert found.email == user.email
    [found] = Prepared(lambda number: Vacancy.objects.filter(pk=number))(town.vacancy.pk)
    found.title = "Fromagère"
    found.save()
    found.refresh_from_db()
    assert (found.title, found.employer) == ("Fromagère", town.employer)


def test_who_waits_for_rows_is_told_and_a_model_that_makes_them_itself_is_left_to_django() -> None:
    def see(**_said: Any) -> None:
        """Somebody else's code."""

    class Own(models.Model):
        class Meta:
            app_label = "people"
            managed = False

        def __init__(self, *values: Any, **named: Any) -> None:
            super().__init__(*values, **named)

    assert rows.is_kept_as_given(LinkedIdentity)
    post_init.connect(see, sender=LinkedIdentity)
    try:
        assert not rows.is_kept_as_given(LinkedIdentity)
        assert not rows.is_kept_as_given(Own)
    finally:
        post_init.disconnect(see, sender=LinkedIdentity)
        del models.options.apps.all_models["people"]["own"]


@pytest.mark.database
def test_one_list_in_several_places_is_written_once_a_call(town: Town) -> None:
    both = Prepared(
        lambda some: Vacancy.objects.filter(Q(pk__in=some) | Q(same_as__in=some)).values_list("pk", flat=True)
    )
    numbers = [*Vacancy.objects.values_list("pk", flat=True), *range(-9, 0)]
    asked = Vacancy.objects.filter(Q(pk__in=numbers) | Q(same_as__in=numbers)).values_list("pk", flat=True)
    assert sorted(both(numbers)) == sorted(asked)
    with mock.patch.object(prepared.json, "dumps", wraps=json.dumps) as dumps:
        both(numbers)
    assert dumps.call_count == (1 if connection.vendor == "sqlite" else 0)


def test_statements_of_sqlite_are_marked_as_django_marks_them() -> None:
    for query in ("SELECT 1", "SELECT %s, '%%s', 100 %% %s", "a LIKE '%%' || %s"):
        assert statements.marked(query) == statements.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT '%%' || %s", ["a"])
            assert cursor.fetchone() == ("%a",)
            before = statements.marked.cache_info().hits
            cursor.execute("SELECT '%%' || %s", ["b"])
            assert statements.marked.cache_info().hits == before + 1
            cursor.execute("SELECT %(one)s", {"one": 1})
            assert cursor.fetchone() == (1,)


@pytest.mark.database
def test_a_row_is_the_one_that_django_writes(town: Town) -> None:
    said = {
        "actor_id": 7,
        "page": "openings",
        "engine_version": "1",
        "inputs": {"a": None},
        "shown": [[1, 2.5]],
    }
    ours, theirs = (Showing(at=clock.now(), **said) for _time in range(2))
    with CaptureQueriesContext(connection) as asked:
        insert(ours)
    theirs.save()
    assert len(asked) == 1
    read, other = (dict(Showing.objects.filter(pk=one.pk).values()[0]) for one in (ours, theirs))
    for unlike in ("id", "at"):
        read.pop(unlike), other.pop(unlike)
    assert read == other
    assert Showing.objects.get(pk=ours.pk) == ours and not ours._state.adding
