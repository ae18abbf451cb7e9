"""Questions whose SQL is written once: the same rows as when Django writes it anew, and nothing of yesterday."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.models import Max, Value
from django.test.utils import CaptureQueriesContext

from tests.personas import Town
from visavis.common import clock
from visavis.common.prepared import Latest, NotPrepared, Prepared
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


@pytest.mark.database
def test_the_answer_is_always_of_now_and_any_text_or_number_may_be_asked_for(town: Town) -> None:
    name = Prepared(lambda number: User.objects.filter(pk=number).values_list("name", flat=True))
    user = User.objects.order_by("pk")[0]
    assert name.first(user.pk) == user.name
    User.objects.filter(pk=user.pk).update(name="no 12 of them")
    assert name.first(user.pk) == "no 12 of them"
    assert name(10**30) == name(-(10**30)) == [], "a number too large for the database is nobody"
    within = Prepared(
        lambda number: User.objects.filter(name__contains=f"no {number} of").values_list("pk", flat=True)
    )
    assert (within(12), within(1)) == ([user.pk], [])
    by_number = lambda pk: (
        User.objects.filter(pk__gte=pk).order_by(Value(1), "-name").values_list("name", flat=True)
    )
    assert Prepared(by_number)(0) == list(User.objects.order_by("-name").values_list("name", flat=True))
    # A text that no call gives stands in the words of the question on SQLite, whatever signs it holds.
    for text in ("d\N{RIGHT SINGLE QUOTATION MARK}ici", "l'un l''autre", "100 % sûr, %s ?", "", "a\\b"):
        User.objects.filter(pk=user.pk).update(name=text)
        rows = User.objects.filter(name=text).annotate(said=Value(text)).values_list("said", "is_active")
        named = Prepared(lambda pk, rows=rows: rows.filter(pk=pk))
        assert (named(user.pk), named(user.pk + 1)) == ([(text, True)], [])


@pytest.mark.database
def test_any_number_of_values_may_be_given_also_together_with_others_and_twice(town: Town) -> None:
    people = lambda numbers: User.objects.filter(pk__in=numbers).values_list("pk", flat=True)
    some = Prepared(people)
    named = Prepared(lambda names: User.objects.filter(name__in=names).values_list("name", flat=True))
    for count in (1, 2, 3, 8, 33, 500):
        numbers = list(range(1, count + 1))
        assert sorted(some(numbers)) == sorted(people(numbers)), count
        names = [*User.objects.order_by("name").values_list("name", flat=True)[:count]]
        assert sorted(named(names * 3)) == names, count
    # One text does for a list however long; SQLite is told how many where they are few.
    assert len(some._written) == (4 if connection.vendor == "sqlite" else 1)
    both = Prepared(lambda one, some, others: people([one, *some, *others]).order_by("pk"))
    numbers = list(User.objects.order_by("pk").values_list("pk", flat=True)[:6])
    for cut in (2, 3, 5):
        assert both(numbers[0], numbers[1:cut], numbers[cut:]) == numbers
    twice, numbers = (
        Prepared(lambda numbers: people(numbers).union(people(numbers), all=True)),
        list(range(1, 51)),
    )
    assert sorted(twice(numbers)) == sorted([*people(numbers)] * 2)
    [written] = twice._written.values()
    one, other = written.params([numbers])
    assert isinstance(one, str)
    assert one is other, "a list of numbers is one text for every place of it"


@pytest.mark.database
def test_texts_bytes_and_instants_are_values_too_and_are_read_as_django_reads_them(town: Town) -> None:
    """Instants of a column, of one that holds none, of what no column declares, and of a whole second."""
    numbers = Vacancy.objects.values_list("pk", flat=True)
    since = Prepared(lambda state, moment: numbers.filter(state=state, changed_at__gte=moment))
    moment = Vacancy.objects.order_by("changed_at").values_list("changed_at", flat=True)[1]
    assert sorted(since("open", moment)) == sorted(numbers.filter(state="open", changed_at__gte=moment))
    told = Prepared(lambda numbers: MatchList.objects.filter(pk__in=numbers).exclude(facts=b""))
    assert told([1]) == list(MatchList.objects.filter(pk__in=[1]).exclude(facts=b""))
    whole = clock.now().replace(microsecond=0)
    User.objects.filter(pk=town.people["amelie"].pk).update(last_login=whole)
    asked = User.objects.order_by("pk").annotate(latest=Max("last_login"))
    rows = asked.values_list("pk", "last_login", "latest", "joined_at")
    found = Prepared(lambda: rows)()
    assert found == list(rows)
    moments = [one for row in found for one in row[1:]]
    assert whole in moments and None in moments
    assert {one.tzinfo for one in moments if one is not None} == {dt.UTC}


def test_more_is_fetched_beside_as_the_queryset_says_and_of_the_latest_as_many_as_are_asked_for(
    town: Town,
) -> None:
    people = Prepared(lambda number: Jobseeker.objects.filter(pk=number).prefetch_related("opinions"))
    [person] = people(town.jobseeker.pk)
    with CaptureQueriesContext(connection) as asked:
        list(person.opinions.all())
    assert not asked.captured_queries
    latest = Latest(lambda: Vacancy.objects.order_by("-pk").values_list("pk", flat=True))
    whole = list(Vacancy.objects.order_by("-pk").values_list("pk", flat=True))
    assert [latest(most) for most in (1, 2, 1, 50)] == [whole[:1], whole[:2], whole[:1], whole[:50]]


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


def test_a_page_that_is_only_read_is_guarded_as_before_and_no_lasting_value_is_bound(town: Town) -> None:
    """The question goes through the guards of the connection like any other.

    SQLite would hold each value against the conditions of the indexes, and plan the whole question anew at each call.
    """
    asked: list[tuple[str, Any]] = []

    def watch(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        asked.append((sql, params))
        return refuse_writes(execute, sql, params, many, context)

    looked = Entry.objects.readings().filter(note="looked", thing="jobseeker").values("at")
    read = Prepared(lambda actor: looked.filter(actor_id=actor))
    with connection.execute_wrapper(watch):
        read(7)
        with pytest.raises(WroteOnGet):
            User.objects.update(name="x")
    assert len(asked) == 2
    if connection.vendor == "sqlite":
        assert "'looked'" in asked[0][0] and asked[0][1] == [7]
