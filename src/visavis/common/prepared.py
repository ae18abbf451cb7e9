"""Questions to the database whose SQL is written once in a process, and asked again with other values.

Django writes the SQL of a query anew each time, which takes it longer than the database takes to answer. What is kept
here is the text of the question, never an answer. The values of a call take the places of stand-ins, also within a
text. What reads the clock is asked by the clock of the call: each question is written at two moments, and an instant or
a day that has moved with them moves with the present; one that has moved otherwise is refused.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from visavis.common import clock
from visavis.common.readonly import NEXT
from visavis.common.rows import Rows

type Value = int | str | dt.date | dt.datetime
type Given = Value | Sequence[int] | Sequence[str]
# How a parameter is made of the values of a call and of the present.
type Fill = Callable[[Sequence[Given], dt.datetime], Any]
# How all values of an `IN` are made of the values of a call.
type Gather = Callable[[Sequence[Given]], list[Any]]

FIRST_NUMBER, FIRST_YEAR = 4_000_000_000_000_000, 8_000
MOST = 2**63 - 1
LENGTH_OF_A_DAY = len("2026-11-27")
FEW = 4
A_WHILE = dt.timedelta(days=40, hours=5)
# All parameters of an `IN`, or one by itself; and what stands for an `IN` of however many values.
_PARAMETERS = re.compile(r"( IN \()(%s(?:, %s)*)(?=\))|%%|%s")
_IN, _EACH = " IN (", " IN (SELECT value FROM json_each(%s)"
_ANY, _ANY_NUMBER = " = ANY (%s", " = ANY (%s::bigint[]"


class NotPrepared(ValueError):
    """A question that cannot be written once: a value is not in it as it is, or it changes by itself."""


class FindsNothing(NotPrepared):
    """A question that no row answers, whatever is asked."""


class Prepared[Row]:
    """A question written once; called with its values it gives the rows of today.

    `make` builds the queryset of values as they come: a number, a text, a day, an instant, or a sequence of numbers
    or texts to be put into an `__in`, which must not be empty. A sequence is one value for the database, however long
    it is. The first `unasked` values may be left out of the question.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], unasked: int = 0) -> None:
        self._make, self._unasked = make, unasked
        self._written: dict[tuple[object, ...], Written] = {}

    def __call__(self, *given: Given) -> list[Row]:
        """Ask, and return the rows."""
        values = _listed(given)
        written = self.written_for(values)
        with connections[written.db].cursor() as cursor:
            cursor.execute(written.sql, written.params(values))
            found = cursor.fetchall()
        return written.read(found)

    def first(self, *given: Given) -> Row | None:
        """Ask, and return the first row if there is one."""
        return next(iter(self(*given)), None)

    def count(self, *given: Given) -> int:
        """Ask how many rows there are, and read none of them."""
        values = _listed(given)
        written = self.written_for(values)
        with connections[written.db].cursor() as cursor:
            # Its words are those that Django wrote.
            cursor.execute(
                f"SELECT COUNT(*) FROM ({written.sql}) counted",  # noqa: S608  # nosec B608
                written.params(values),
            )
            [number] = cursor.fetchone()
        return int(number)

    def written_for(self, given: Sequence[Given]) -> "Written":
        """Return what is written for values of such kinds."""
        kinds = tuple(map(_kind, given))
        # Any thread may write it: it is the same text.
        if kinds not in self._written:
            now, places = clock.now(), _stand_ins(kinds)
            with clock.moved(now):
                asked = self._make(*places)
            with clock.moved(now + A_WHILE):
                later = self._make(*places)
            few = [kind[1] if isinstance(kind, tuple) else 0 for kind in kinds]
            self._written[kinds] = Written(asked, later, places, now, self._unasked, few)
        return self._written[kinds]


class Latest[Row]:
    """A question for the first rows of an order, written once for each number of them that is asked for."""

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], unasked: int = 0) -> None:
        self.of: Callable[[int], Prepared[Row]] = lru_cache(maxsize=16)(
            lambda most: Prepared(lambda *given: make(*given)[:most], unasked)
        )

    def __call__(self, most: int, *given: Given) -> list[Row]:
        """Ask, and return so many rows at most."""
        return self.of(most)(*given)


type Asked = tuple[Prepared[Any], tuple[Given, ...]]


def together(*asked: Asked) -> list[list[Any]]:
    """Ask several questions with their values, and return the rows of each.

    PostgreSQL is given all of them in one message and answers in one: it costs a page more to send a question and to
    wait for the answer than to read a few rows.
    """
    if len(asked) < 2 or connection.vendor != "postgresql":
        return [question(*values) for question, values in asked]
    given = [_listed(values) for _question, values in asked]
    written = [question.written_for(values) for (question, _values), values in zip(asked, given, strict=True)]
    params = [one.params(values) for one, values in zip(written, given, strict=True)]
    found = []
    with connections[written[0].db].cursor() as cursor:
        cursor.execute(NEXT.join([one.sql for one in written]), [one for some in params for one in some])
        for _question in written:
            found.append(cursor.fetchall())
            cursor.nextset()
    return [one.read(rows) for one, rows in zip(written, found, strict=True)]


def keep_with(row: Any, name: str, found: list[Any]) -> None:
    """Keep rows that were asked for with the row whose relation they are, as `prefetch_related` would."""
    rows = getattr(row, name).all()
    rows._result_cache, rows._prefetch_done = found, True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = rows


class Written:
    """The SQL of a queryset, and which of its parameters a call gives."""

    def __init__(
        self,
        queryset: QuerySet[Any, Any],
        later: QuerySet[Any, Any],
        places: list[Given],
        now: dt.datetime,
        may_miss: int = 0,
        few: Sequence[int] = (),
    ) -> None:
        # What its iterables and its compiler read is named for no type checker.
        self.queryset: Any = queryset
        self.db = queryset.db
        self.ops = connections[self.db].ops
        self.compiler: Any = queryset.query.get_compiler(using=self.db)
        try:
            sql, params = self.compiler.as_sql()
            again, moved = later.query.get_compiler(using=self.db).as_sql()
        except EmptyResultSet as error:
            raise FindsNothing("it finds nothing whatever is asked") from error
        if sql != again:
            raise NotPrepared("its words change by themselves")
        self.few = few
        self.rows: Rows | None = None
        # What gathers the same values for several places of the question is the same, and asked once a call.
        self.gathers: dict[object, Fill] = {}
        self.constants: list[Any] = []
        # Which parameters are a value of the call as it is, and which are made of it.
        self.taken: list[tuple[int, int]] = []
        self.fills: list[tuple[int, Fill]] = []
        finder = _Finder(places, self.ops)
        self.sql = "".join(self._pieces(sql, list(zip(params, moved, strict=True)), finder, now))
        if not finder.met.issuperset(range(may_miss, len(places))):
            raise NotPrepared("a value is not among the parameters as it was given")

    def _pieces(
        self, sql: str, params: list[tuple[Any, Any]], finder: "_Finder", now: dt.datetime
    ) -> Iterator[str]:
        """Write the question again, with one parameter for many values, and note what each is made of."""
        is_list, at = connections[self.db].vendor == "postgresql", 0
        for text, count in _cut(sql):
            some, at = params[at : at + count], at + count
            found = [finder.find(one) for one, _moved in some]
            many = [one.value for one in found if one is not None and one.is_of_many]
            if many:
                places = sum(self.few[place] for place in dict.fromkeys(many))
                places += sum(one is None or not one.is_of_many for one in found)
                if all(self.few[place] for place in many):
                    yield text + ", ".join(["%s"] * places)
                    gather = _gathered([one for one, _moved in some], found, finder.places, few=self.few)
                    for number in range(places):
                        self.fills.append((len(self.constants), _one_of(gather, number)))
                        self.constants.append(None)
                    continue
                gather = _gathered([one for one, _moved in some], found, finder.places, few=self.few)
                whole, fill = _whole([one for one, _moved in some], is_list=is_list)
                yield text.removesuffix(_IN) + whole
                same = tuple(
                    (one, place) if place is None else place
                    for (one, _moved), place in zip(some, found, strict=True)
                )
                self.fills.append((len(self.constants), self.gathers.setdefault(same, fill(gather))))
                self.constants.append(None)
                continue
            words = []
            for (one, moved), place in zip(some, found, strict=True):
                word = _literal(one) if place is None and not is_list and one == moved else None
                words.append(word or "%s")
                if word is None:
                    self._note(one, moved, place, now)
                    self.constants.append(one)
            yield text + ", ".join(words)

    def _note(self, param: Any, later: Any, place: "_Place | None", now: dt.datetime) -> None:
        """Note of what a parameter is made; one that a call does not give may move with the clock only."""
        at = len(self.constants)
        if _plain(param) != _plain(later):
            self.fills.append((at, _moving(param, later, now)))
        elif place is not None and place.fill is None:
            self.taken.append((at, place.value))
        elif place is not None and place.fill is not None:
            self.fills.append((at, place.fill))

    def read(self, found: Sequence[Sequence[Any]]) -> list[Any]:
        """Return what the database found as the queryset would."""
        if self.rows is None:
            # The same for every connection of a site: any thread may work it out.
            self.rows = Rows(self.queryset, self.compiler)
        rows = self.rows.read(found)
        if lookups := self.queryset._prefetch_related_lookups:
            prefetch_related_objects(rows, *lookups)
        return rows

    def params(self, values: Sequence[Given]) -> list[Any]:
        """Give the parameters of one call."""
        params, now, ops = list(self.constants), clock.now(), self.ops
        made: dict[Fill, Any] = {}
        for at, place in self.taken:
            params[at] = adapted(values[place], ops)
        for at, fill in self.fills:
            if fill not in made:
                made[fill] = adapted(fill(values, now), ops)
            params[at] = made[fill]
        return params


def _listed(given: Sequence[Given]) -> list[Any]:
    """Give what is many as a list, whatever it was."""
    return [one if isinstance(one, int | str | dt.date) else list(one) for one in given]


def _kind(given: Any) -> object:
    """Return of what kind a value is; a sequence is of one kind, however long it is.

    SQLite is told the number of a few values: it takes a list that it cannot see for long, and begins elsewhere.
    """
    if isinstance(given, int | str | dt.date):
        return type(given)
    is_few = len(given) <= FEW and connection.vendor == "sqlite"
    return type(given[0]), 1 << (len(given) - 1).bit_length() if is_few else 0


def _stand_ins(kinds: Sequence[object]) -> list[Any]:
    """Return a value for each place that nobody gives; two for a sequence, which tell it from one value."""
    numbers = iter(range(10_000))
    return [
        [_stand_in(kind[0], next(numbers)), _stand_in(kind[0], next(numbers))]
        if isinstance(kind, tuple)
        else _stand_in(kind, next(numbers))
        for kind in kinds
    ]


def _stand_in(kind: object, number: int) -> Value:
    if kind is int:
        return FIRST_NUMBER + number
    if kind is dt.datetime:
        return dt.datetime(FIRST_YEAR + number, 1, 1, tzinfo=dt.UTC)
    return dt.date(FIRST_YEAR + number, 1, 1) if kind is dt.date else f"\N{WHITE SQUARE}{number:04}"


def _cut(sql: str) -> Iterator[tuple[str, int]]:
    """Cut a question at its parameters: what stands before, and how many follow, of an `IN` all together."""
    begins = 0
    for found in _PARAMETERS.finditer(sql):
        many = found[2] or found[0]
        if many == "%%":
            continue
        # The bracket of an `IN` that is left as it is belongs to what follows.
        yield sql[begins : found.start()] + (found[1] or ""), many.count("%s")
        begins = found.end()
    yield sql[begins:], 0


@dataclass(frozen=True)
class _Place:
    """Where a parameter comes from: a value of the call, one of many, or a text that holds it."""

    value: int
    is_of_many: bool = False
    fill: Fill | None = None


class _Finder:
    """Finds the values of a call among the parameters by what stands in for them."""

    def __init__(self, places: Sequence[Given], ops: Any) -> None:
        self.places = places
        self.said: list[tuple[int, bool, Any]] = []
        self.met: set[int] = set()
        for place, stand_in in enumerate(places):
            many = isinstance(stand_in, list)
            for one in stand_in if many else [stand_in]:  # type: ignore[union-attr]
                self.said.append((place, many, adapted(one, ops)))

    def find(self, param: Any) -> _Place | None:
        """Return what a parameter is made of, if a call gives it."""
        if not isinstance(param, int | str | dt.date):
            return None
        for place, many, said in self.said:
            if param == said:
                self.met.add(place)
                return _Place(place, many)
            if isinstance(param, str) and str(said) in param:
                if many:
                    raise NotPrepared("one of many values stands within a text")
                self.met.add(place)
                return _Place(place, fill=_within(param, str(said), place))
        return None


def _within(text: str, said: str, place: int) -> Fill:
    return lambda values, _now: text.replace(said, str(values[place]))


def _literal(param: Any) -> str | None:
    """Write a value that no call gives into a question for SQLite; None for what must be bound.

    SQLite holds each bound value against the conditions of the indexes that could serve, and plans the whole question
    anew when one is bound again.
    """
    if isinstance(param, str) and "\0" not in param:
        return "'" + param.replace("'", "''").replace("%", "%%") + "'"
    return str(int(param)) if isinstance(param, int) and abs(param) <= MOST else None


def _gathered(
    params: Sequence[Any],
    found: Sequence[_Place | None],
    places: Sequence[Given],
    *,
    few: Sequence[int],
) -> Gather:
    """Return how the values of all of an `IN` are made; a few of them filled up to their number with the last."""
    whole = [one.value for one in found if one is not None and one.is_of_many]
    if any(whole.count(place) != len(places[place]) for place in whole):  # type: ignore[arg-type]
        raise NotPrepared("some of many values stand by themselves")
    parts: list[tuple[int, bool, Any]] = []
    for param, one in zip(params, found, strict=True):
        part = (-1, False, param) if one is None else (one.value, one.is_of_many, None)
        if not (part[1] and part in parts):
            parts.append(part)

    def gather(values: Sequence[Given]) -> list[Any]:
        given: list[Any] = []
        for place, many, constant in parts:
            some: Any = values[place] if place >= 0 else constant
            given += some if many else [some]
            if many and few[place] > len(some):
                given += some[-1:] * (few[place] - len(some))
        if set(map(type, given)) == {int} and min(given) >= -MOST and max(given) <= MOST:
            return given
        return [_bounded(one) for one in given]

    return gather


def _whole(values: Sequence[Any], *, is_list: bool) -> tuple[str, Callable[[Gather], Fill]]:
    """Return what stands for an `IN` of however many values, and how these are given there."""
    if not is_list:
        return _EACH, _as_text
    return (_ANY_NUMBER, _as_array) if {type(one) for one in values} == {int} else (_ANY, _as_list)


def _as_text(gather: Gather) -> Fill:
    return lambda values, _now: json.dumps(gather(values))


def _as_list(gather: Gather) -> Fill:
    return lambda values, _now: gather(values)


def _as_array(gather: Gather) -> Fill:
    """Write numbers as PostgreSQL does: its driver writes each of hundreds anew for each place of a question."""
    return lambda values, _now: "{" + ",".join(map(str, gather(values))) + "}"


def _one_of(gather: Gather, number: int) -> Fill:
    return lambda values, _now: gather(values)[number]


def _bounded(value: Any) -> Any:
    """Return a number that the database can hold: one too large for it becomes its largest."""
    return value if not isinstance(value, int) or -MOST <= value <= MOST else max(-MOST - 1, min(MOST, value))


def _plain(param: Any) -> Any:
    """Return what a parameter is equal by: PostgreSQL is given bytes in a wrapper that equals nothing."""
    return getattr(param, "obj", param)


def _moving(param: Any, later: Any, now: dt.datetime) -> Fill:
    """Return how a parameter is made of the present, which moves with it."""
    one, other = (_moment(value) for value in (param, later))
    if isinstance(one, dt.datetime) and isinstance(other, dt.datetime):
        if other - one == A_WHILE:
            return lambda _values, present: one + (present - now)
    elif isinstance(one, dt.date) and isinstance(other, dt.date):
        day, days = timezone.localdate(now), timezone.localdate(now + A_WHILE) - timezone.localdate(now)
        if other - one == days:
            return lambda _values, present: one + (timezone.localdate(present) - day)
    raise NotPrepared("it changes by itself, and not with the clock")


def _moment(param: Any) -> Any:
    """Read a day or an instant as the database is told it: SQLite in words, in UTC."""
    if not isinstance(param, str):
        return param
    try:
        if len(param) == LENGTH_OF_A_DAY:
            return dt.date.fromisoformat(param)
        return dt.datetime.fromisoformat(param).replace(tzinfo=dt.UTC)
    except ValueError:
        return None


def adapted(value: Any, ops: Any) -> Any:
    """Give a value as the database takes it for a parameter; a number too large for it becomes its largest."""
    if isinstance(value, int):
        return _bounded(value)
    if isinstance(value, dt.datetime):
        return ops.adapt_datetimefield_value(value)
    return ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
