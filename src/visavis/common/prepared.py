"""Questions to the database whose SQL is written once in a process, and asked again with other values.

Django writes the SQL of a query anew each time, which takes it longer than the database takes to answer. What is kept
here is the text of the question, never an answer. The values of a call take the places of stand-ins, also within a
text. What reads the clock is asked by the clock of the call: each question is written at two moments, and an instant or
a day that has moved with them moves with the present; one that has moved otherwise is refused.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from visavis.common import clock

type Value = int | str | dt.date | dt.datetime
type Given = Value | Sequence[int] | Sequence[str]
# How a parameter is made of the values of a call and of the present.
type Fill = Callable[[list[Value], dt.datetime], Value]

FIRST_NUMBER, FIRST_YEAR = 4_000_000_000_000_000, 8_000
MOST = 2**63 - 1
LENGTH_OF_A_DAY = len("2026-11-27")
A_WHILE = dt.timedelta(days=40, hours=5)


class NotPrepared(ValueError):
    """A question that cannot be written once: a value is not in it as it is, or it changes by itself."""


class FindsNothing(NotPrepared):
    """A question that no row answers, whatever is asked."""


class Prepared[Row]:
    """A question written once; called with its values it gives the rows of today.

    `make` builds the queryset of values as they come: a number, a text, a day, an instant, or a sequence of numbers
    or texts, which must not be empty. Sequences are filled up to a power of two with their last value, so that few
    texts do for all lengths. The first `unasked` values may be left out of the question.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], unasked: int = 0) -> None:
        self._make, self._unasked = make, unasked
        self._written: dict[tuple[object, ...], _Written] = {}

    def __call__(self, *given: Given) -> list[Row]:
        """Ask, and return the rows."""
        filled = [_filled(one) for one in given]
        shape = tuple(_shape(one) for one in filled)
        written = self._written_for(shape)
        asked = _Asked(
            written, [one for some in filled for one in (some if isinstance(some, list) else [some])]
        )
        rows: list[Any] = list(written.queryset._iterable_class(asked))
        if lookups := written.queryset._prefetch_related_lookups:
            prefetch_related_objects(rows, *lookups)
        return rows

    def first(self, *given: Given) -> Row | None:
        """Ask, and return the first row if there is one."""
        return next(iter(self(*given)), None)

    def _written_for(self, shape: tuple[object, ...]) -> "_Written":
        # Any thread may write it: it is the same text.
        if shape not in self._written:
            now = clock.now()
            with clock.moved(now):
                asked, places = _with_stand_ins(self._make, shape)
            with clock.moved(now + A_WHILE):
                later, _places = _with_stand_ins(self._make, shape)
            may_miss = sum(one[1] if isinstance(one, tuple) else 1 for one in shape[: self._unasked])
            self._written[shape] = _Written(asked, later, places, now, may_miss)
        return self._written[shape]


class _Written:
    """The SQL of a queryset, and which of its parameters a call gives."""

    def __init__(
        self,
        queryset: QuerySet[Any, Any],
        later: QuerySet[Any, Any],
        places: list[Value],
        now: dt.datetime,
        may_miss: int = 0,
    ) -> None:
        # What its iterables and its compiler read is named for no type checker.
        self.queryset: Any = queryset
        self.db = queryset.db
        self.ops = connections[self.db].ops
        self.compiler: Any = queryset.query.get_compiler(using=self.db)
        try:
            self.sql, self.constants = self.compiler.as_sql()
            again, moved = later.query.get_compiler(using=self.db).as_sql()
        except EmptyResultSet as error:
            raise FindsNothing("it finds nothing whatever is asked") from error
        if self.sql != again:
            raise NotPrepared("its words change by themselves")
        # How each column is read: the same for every connection of a site.
        self.converters: Any = None
        # Which parameters are a value of the call as it is, and which are made of it.
        self.taken: list[tuple[int, int]] = []
        self.fills: list[tuple[int, Fill]] = []
        met: set[int] = set()
        for at, (one, other) in enumerate(zip(self.constants, moved, strict=True)):
            if _plain(one) != _plain(other):
                self.fills.append((at, _moving(one, other, now)))
            elif (found := _place_in(one, places, self.ops)) is not None:
                met.add(found[0])
                if found[1] is None:
                    self.taken.append((at, found[0]))
                else:
                    self.fills.append((at, found[1]))
        if not met.issuperset(range(may_miss, len(places))):
            raise NotPrepared("a value is not among the parameters as it was given")

    def params(self, values: list[Value]) -> list[Any]:
        """Give the parameters of one call."""
        params, now = list(self.constants), clock.now()
        said = [adapted(one, self.ops) for one in values]
        for at, place in self.taken:
            params[at] = said[place]
        for at, fill in self.fills:
            params[at] = adapted(fill(values, now), self.ops)
        return params


class _Asked:
    """What Django's iterables read of a queryset, with the SQL written already and the values of one call."""

    _known_related_objects: dict[Any, Any] = {}

    def __init__(self, written: _Written, values: list[Value]) -> None:
        self.written, self.values = written, values
        self.db, self.query = written.db, self
        self.model, self._fetch_mode = written.queryset.model, written.queryset._fetch_mode
        self._fields = written.queryset._fields

    def get_compiler(self, using: str, **_how: object) -> Any:
        """Give the compiler that has written the SQL, for this thread's connection."""
        written, params = self.written, self.written.params(self.values)
        compiler = type(written.compiler)(written.queryset.query, connections[using], using)
        for name in ("select", "klass_info", "annotation_col_map", "col_count", "has_extra_select"):
            setattr(compiler, name, getattr(written.compiler, name))
        compiler.as_sql = lambda *_how, **_more: (written.sql, params)
        find_converters = compiler.get_converters

        def converters(expressions: Any) -> Any:
            if written.converters is None:
                written.converters = find_converters(expressions)
            return written.converters

        compiler.get_converters = converters
        return compiler


def _with_stand_ins(
    make: Callable[..., QuerySet[Any, Any]], shape: tuple[object, ...]
) -> tuple[QuerySet[Any, Any], list[Value]]:
    """Build the queryset with a value for each place that nobody gives."""
    numbers = iter(range(10_000))
    given: list[Given] = []
    places: list[Value] = []
    for one in shape:
        kind, count = one if isinstance(one, tuple) else (one, None)
        some = [_stand_in(kind, next(numbers)) for _turn in range(count or 1)]
        places += some
        given.append(some[0] if count is None else some)  # type: ignore[arg-type]
    return make(*given), places


def _stand_in(kind: object, number: int) -> Value:
    if kind is int:
        return FIRST_NUMBER + number
    if kind is dt.datetime:
        return dt.datetime(FIRST_YEAR + number, 1, 1, tzinfo=dt.UTC)
    return dt.date(FIRST_YEAR + number, 1, 1) if kind is dt.date else f"\N{WHITE SQUARE}{number:04}"


def _filled(given: Given) -> Value | list[Value]:
    if isinstance(given, int | str | dt.date):
        return given
    values: list[Value] = list(given)
    return [*values, *values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))]


def _shape(filled: Value | list[Value]) -> object:
    return (type(filled[0]), len(filled)) if isinstance(filled, list) else type(filled)


def _place_in(param: Any, places: list[Value], ops: Any) -> tuple[int, Fill | None] | None:
    """Return which value of a call a parameter is, or holds in its text; of the latter, how it is made of it."""
    if not isinstance(param, int | str | dt.date):
        return None
    for place, stand_in in enumerate(places):
        said = adapted(stand_in, ops)
        if param == said:
            return place, None
        if isinstance(param, str) and str(said) in param:
            return place, lambda values, _now, place=place, said=said: param.replace(
                str(said), str(values[place])
            )
    return None


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


def adapted(value: Value, ops: Any) -> Any:
    """Give a value as the database takes it for a parameter; a number too large for it becomes its largest."""
    if isinstance(value, int):
        return value if -MOST <= value <= MOST else max(-MOST - 1, min(MOST, value))
    if isinstance(value, dt.datetime):
        return ops.adapt_datetimefield_value(value)
    return ops.adapt_datefield_value(value) if isinstance(value, dt.date) else value
