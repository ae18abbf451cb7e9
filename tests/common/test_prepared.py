"""Questions whose SQL is written once: the same rows as when Django writes it anew, and nothing of yesterday."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max, Value
from django.test.utils import CaptureQueriesContext

from tests.personas import Town
from visavis.common import clock
from visavis.common.prepared import FEW, Latest, NotPrepared, Prepared
from visavis.common.readonly import WroteOnGet, refuse_writes
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.matches.models import MatchList
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

OPEN = Prepared(
    lambda day, numbers: Vacancy.objects.open(day).with_card().filter(pk__in=numbers).order_by("pk")
)


def everything(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if name != "_state"}


@pytest.mark.database
def test_rows_are_those_that_django_gives_and_counts_with_what_they_show(town: Town) -> None:
    numbers = list(Vacancy.objects.values_list("pk", flat=True))
    asked = Vacancy.objects.open().with_card().filter(pk__in=numbers).order_by("pk")
    for _turn in range(2):
        found = OPEN(clock.today(), numbers)
        assert found
        assert [everything(row) for row in found] == [everything(row) for row in asked]
        assert [row.employer for row in found] == [row.employer for row in asked]
    assert OPEN.count(clock.today(), numbers) == asked.count() > 0
    some = Prepared(lambda day: Vacancy.objects.open(day).order_by().values_list("pk", flat=True)[:2])
    assert some.count(clock.today()) == min(2, asked.count())
    with CaptureQueriesContext(connection) as queries:
        [str(row.commune) for row in OPEN(clock.today(), numbers)]
    assert len(queries) == 1


def test_the_answer_is_always_of_now(town: Town) -> None:
    name = Prepared(lambda number: User.objects.filter(pk=number).values_list("name", flat=True))
    user = User.objects.order_by("pk")[0]
    assert name.first(user.pk) == user.name
    User.objects.filter(pk=user.pk).update(name="Somebody Else")
    assert name.first(user.pk) == "Somebody Else"


@pytest.mark.database
def test_any_number_of_values_may_be_given(town: Town) -> None:
    some = Prepared(lambda numbers: User.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    named = Prepared(lambda names: User.objects.filter(name__in=names).values_list("name", flat=True))
    for count in (1, 2, 3, 8, 33, 500):
        numbers = list(range(1, count + 1))
        there = User.objects.filter(pk__in=numbers).values_list("pk", flat=True)
        assert sorted(some(numbers)) == sorted(there), count
        names = [*User.objects.order_by("name").values_list("name", flat=True)[:count]]
        assert sorted(named(names * 3)) == names, count
    assert len(some._written) <= FEW, "a list however long has no text of its own"


@pytest.mark.database
def test_a_number_too_large_for_the_database_is_nobody(town: Town) -> None:
    some = Prepared(lambda number: User.objects.filter(pk=number))
    assert some(10**30) == some(-(10**30)) == []


@pytest.mark.database
def test_texts_and_instants_are_values_too(town: Town) -> None:
    numbers = Vacancy.objects.values_list("pk", flat=True)
    since = Prepared(lambda state, moment: numbers.filter(state=state, changed_at__gte=moment))
    moment = Vacancy.objects.order_by("changed_at").values_list("changed_at", flat=True)[1]
    assert sorted(since("open", moment)) == sorted(numbers.filter(state="open", changed_at__gte=moment))
    # So are bytes.
    told = Prepared(lambda numbers: MatchList.objects.filter(pk__in=numbers).exclude(facts=b""))
    assert told([1]) == list(MatchList.objects.filter(pk__in=[1]).exclude(facts=b""))


@pytest.mark.database
def test_instants_are_those_that_django_reads(town: Town) -> None:
    """Of a column, of one that holds none, of what no column declares, and of a whole second."""
    whole = clock.now().replace(microsecond=0)
    first = User.objects.order_by("pk")[0]
    User.objects.filter(pk=first.pk).update(last_login=whole)
    asked = User.objects.order_by("pk").annotate(latest=Max("last_login"))
    rows = asked.values_list("pk", "last_login", "latest", "joined_at")
    found = Prepared(lambda: rows)()
    assert found == list(rows)
    moments = [one for row in found for one in row[1:]]
    assert whole in moments
    assert None in moments
    assert {one.tzinfo for one in moments if one is not None} == {dt.UTC}


def test_more_is_fetched_beside_as_the_queryset_says(town: Town) -> None:
    people = Prepared(lambda number: Jobseeker.objects.filter(pk=number).prefetch_related("opinions"))
    number = Jobseeker.objects.values_list("pk", flat=True)[0]
    [person] = people(number)
    with CaptureQueriesContext(connection) as asked:
        list(person.opinions.all())
    assert not asked.captured_queries


@pytest.mark.database
def test_what_reads_the_clock_is_asked_by_the_clock_of_the_call(town: Town) -> None:
    """Days and instants, before and after now; written today, asked at any other moment."""
    now, number = clock.now(), Vacancy.objects.open().values_list("pk", flat=True)[0]
    Vacancy.objects.filter(pk=number).update(closes_on=clock.today() + dt.timedelta(days=1), changed_at=now)
    rows, two_hours, days = Vacancy.objects.all(), dt.timedelta(hours=2), dt.timedelta(days=7)
    still = Prepared(lambda numbers: Vacancy.objects.open().filter(pk__in=numbers))
    lately = Prepared(
        lambda numbers: rows.filter(
            pk__in=numbers, changed_at__gt=clock.now() - two_hours, changed_at__lte=clock.now()
        )
    )
    week = Prepared(
        lambda some: rows.filter(pk__in=some, closes_on__range=(clock.today(), clock.today() + days))
    )
    whole, not_lately = (1, 1, 1), (1, 0, 1)
    hours = {0: whole, 1.9: whole, 2.1: not_lately, 49: (0, 0, 0), -1: not_lately, -216: (1, 0, 0)}
    for later, found in hours.items():
        with clock.moved(now + dt.timedelta(hours=later)):
            assert tuple(len(one([number])) for one in (still, lately, week)) == found, later


@pytest.mark.database
def test_a_value_may_stand_in_a_text(town: Town) -> None:
    named = Prepared(
        lambda number: User.objects.filter(name__contains=f"no {number} of").values_list("pk", flat=True)
    )
    user = User.objects.order_by("pk")[0]
    User.objects.filter(pk=user.pk).update(name="no 12 of them")
    assert named(12) == [user.pk]
    assert not named(1)


def test_what_is_not_the_same_question_at_every_call_is_refused(town: Town) -> None:
    turns = iter(range(10))
    changes, given, nothing = r"by itself|by themselves", "as it was given", "nothing"
    for why, make in (
        (changes, lambda number: User.objects.filter(pk=number, name=f"turn {next(turns)}")),
        (changes, lambda number: User.objects.filter(pk=number, joined_at__month=clock.today().month)),
        (
            changes,
            lambda number: User.objects.filter(pk=number).order_by("pk" if next(turns) % 2 else "name"),
        ),
        (given, lambda number: User.objects.all()),
        (given, lambda number: User.objects.filter(pk=number - 7)),
        (nothing, lambda number: User.objects.none().filter(pk=number)),
    ):
        with pytest.raises(NotPrepared, match=why):
            Prepared(make)(1)  # type: ignore[var-annotated]
    # Nor may one of many values stand by itself.
    with pytest.raises(NotPrepared):
        Prepared(lambda some: User.objects.filter(pk__in=[some[0]]))([1, 2])
    with pytest.raises(NotPrepared):
        Prepared(lambda some: User.objects.filter(name__contains=some[0]))(["a", "b"])


def test_a_page_that_is_only_read_is_guarded_as_before(town: Town) -> None:
    """The question goes through the guards of the connection like any other."""
    seen: list[str] = []

    def watch(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        seen.append(sql)
        return refuse_writes(execute, sql, params, many, context)

    with connection.execute_wrapper(watch):
        OPEN(clock.today(), [1])
        with pytest.raises(WroteOnGet):
            User.objects.update(name="x")
    assert len(seen) == 2


@pytest.mark.database
def test_values_that_stand_together_are_given_together(town: Town) -> None:
    both = Prepared(
        lambda one, some, others: (
            User.objects.filter(pk__in=[one, *some, *others]).order_by("pk").values_list("pk", flat=True)
        )
    )
    numbers = list(User.objects.order_by("pk").values_list("pk", flat=True)[:6])
    for cut in (2, 3, 5):
        assert both(numbers[0], numbers[1:cut], numbers[cut:]) == numbers


@pytest.mark.database
def test_a_list_of_numbers_is_one_text_for_every_place_of_it(town: Town) -> None:
    people = lambda numbers: User.objects.filter(pk__in=numbers).values_list("pk", flat=True)
    twice = Prepared(lambda numbers: people(numbers).union(people(numbers), all=True))
    numbers = list(range(1, 51))
    assert sorted(twice(numbers)) == sorted([*people(numbers)] * 2)
    [written] = twice._written.values()
    one, other = written.params([numbers])
    assert isinstance(one, str)
    assert one is other


def test_of_the_latest_as_many_are_given_as_are_asked_for(town: Town) -> None:
    latest = Latest(lambda: Vacancy.objects.order_by("-pk").values_list("pk", flat=True))
    whole = list(Vacancy.objects.order_by("-pk").values_list("pk", flat=True))
    assert [latest(most) for most in (1, 2, 1, 50)] == [whole[:1], whole[:2], whole[:1], whole[:50]]


@pytest.mark.database
def test_a_text_that_no_call_gives_is_what_it_was(town: Town) -> None:
    """It stands in the words of the question on SQLite, whatever signs it holds."""
    for text in ("d\N{RIGHT SINGLE QUOTATION MARK}ici", "l'un l''autre", "100 % sûr, %s ?", "", "a\\b"):
        User.objects.filter(pk=town.people["amelie"].pk).update(name=text)
        rows = User.objects.filter(name=text).annotate(said=Value(text)).values_list("said", "is_active")
        named = Prepared(lambda pk, rows=rows: rows.filter(pk=pk))
        assert named(town.people["amelie"].pk) == [(text, True)]
        assert named(town.people["bruno"].pk) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps a plan whatever is bound")
def test_sqlite_is_bound_no_value_that_is_always_the_same(town: Town) -> None:
    """It would hold each against the conditions of the indexes, and plan the whole question anew at each call."""
    looked = Entry.objects.readings().filter(note="looked", thing="jobseeker").values("at")
    read = Prepared(lambda actor: looked.filter(actor_id=actor))
    with CaptureQueriesContext(connection) as asked, connection.execute_wrapper(bound := Bound()):
        read(7)
    assert "'looked'" in asked[0]["sql"] and bound.params == [7]


@pytest.mark.database
def test_a_number_that_is_ordered_by_is_no_column(town: Town) -> None:
    names = Prepared(
        lambda pk: User.objects.filter(pk__gte=pk).order_by(Value(1), "-name").values_list("name", flat=True)
    )
    assert names(0) == list(User.objects.order_by("-name").values_list("name", flat=True))


class Bound:
    """Notes what a question was given for its marks."""

    params: Any = None

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.params = params
        return execute(sql, params, many, context)
