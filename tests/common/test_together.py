"""Several questions asked together answer what each answers alone."""

import datetime as dt
from typing import Any

import pytest
from django.db import DataError, connection, transaction
from django.db.models import IntegerField, Value
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext

from tests.personas import Town
from visavis.common import clock
from visavis.common.prepared import Latest, Prepared, together
from visavis.common.readonly import refuse_writes
from visavis.common.statements import LONGEST
from visavis.people.models import Membership, User
from visavis.vacancies.models import Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAMED: Prepared[Any] = Prepared(lambda name: User.objects.filter(name=name).values_list("pk", flat=True))
OPEN = Prepared(lambda day: Vacancy.objects.open(day).with_card().order_by("pk"))
SOME = Prepared(lambda numbers: User.objects.filter(pk__in=numbers).order_by("pk"))
WITH_ROLES = Prepared(
    lambda number: User.objects.filter(pk=number).prefetch_related("memberships__organisation")
)
LATEST = Latest(lambda moment: Membership.objects.filter(user__joined_at__lte=moment).order_by("-pk"))


def everything(found: list[list[Any]]) -> list[list[object]]:
    def told(row: Any) -> object:
        of_it = vars(row).items() if hasattr(row, "_state") else ()
        return {name: value for name, value in of_it if name != "_state"} or row

    return [[told(row) for row in rows] for rows in found]


def test_each_answers_as_it_does_alone(town: Town) -> None:
    numbers, today = [one.pk for one in town.people.values()], clock.today()
    questions: list[Any] = [
        (OPEN, (today,)),
        (NAMED, ("Nobody; of this 'name' %s",)),
        (SOME, (numbers,)),
        (LATEST.of(3), (clock.now(),)),
        (SOME, (numbers[:1],)),
    ]
    for _turn in range(2):
        with CaptureQueriesContext(connection) as caught:
            found = together(*questions)
        assert len(caught) == (1 if connection.vendor == "postgresql" else len(questions))
        assert everything(found) == everything([question(*values) for question, values in questions])
        assert [bool(rows) for rows in found] == [True, False, True, True, True]
    Vacancy.objects.update(closes_on=today)
    [now, later] = together((OPEN, (today,)), (OPEN, (today + dt.timedelta(days=1),)))
    assert now and not later, "a day after it is asked of that day"


def test_what_a_question_fetches_beside_its_rows_is_fetched(town: Town) -> None:
    [[found], _others] = together((WITH_ROLES, (town.people["bruno"].pk,)), (NAMED, ("Nobody",)))
    with CaptureQueriesContext(connection) as caught:
        assert [str(one.organisation) for one in found.memberships.all()]
        assert together() == []
    assert len(caught) == 0
    # A page that only reads may ask several.
    with connection.execute_wrapper(refuse_writes):
        assert together((NAMED, ("Nobody",)), (OPEN, (clock.today(),)))[0] == []


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite takes any text for a number, and asks one by one"
)
def test_one_that_fails_fails_all_the_connection_is_of_use_again_and_words_are_marked_once(
    town: Town,
) -> None:
    from psycopg import _queries  # noqa: PLC0415  (only where PostgreSQL is asked for)

    number = lambda text: User.objects.annotate(number=Cast(Value(text), IntegerField()))
    numbers: Prepared[Any] = Prepared(lambda text: number(text).values_list("number", flat=True))
    with pytest.raises(DataError), transaction.atomic():
        together((NAMED, ("Nobody",)), (numbers, ("no number",)), (OPEN, (clock.today(),)))
    assert together((NAMED, ("Nobody",)), (numbers, ("7",)))[1][0] == 7
    questions: list[Any] = [(OPEN, (clock.today(),))] * 6
    together(*questions)
    before = _queries._query2pg_client.cache_info()
    with CaptureQueriesContext(connection) as caught:
        together(*questions)
    after = _queries._query2pg_client.cache_info()
    assert 4_096 < len(caught.captured_queries[0]["sql"]) < LONGEST
    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)
