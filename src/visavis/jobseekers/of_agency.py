"""The people of an agency: counted, put in order and found by the database, a page at a time."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, QuerySet, Value

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.jobseekers import finding
from visavis.jobseekers.models import Jobseeker
from visavis.people.acting import people_of
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.people.names import in_any_order

A_PAGE = 25
FOUND_AT_MOST = 60
# Signs that mean something within the words of a question.
UNSAFE = frozenset("%_\\")

# What lists of people read of each: a quarter of what her file and her account hold.
IN_A_LIST = (
    *("user", "agency", "counsellor", "commune", "ended_at", "changed_at", "answered"),
    *(f"user__{one}" for one in ("name", "name_key", "channel", "email", "phone", "joined_at")),
    *("counsellor__name", "agency__organisation", "agency__name", "commune__name", "commune__department"),
)
ROWS = Prepared(
    lambda numbers: (
        Jobseeker.objects.filter(pk__in=numbers)
        .select_related("user", "counsellor", "agency", "commune")
        .only(*IN_A_LIST)
    )
)


class Counted(Paginator):  # type: ignore[type-arg]
    """Pages of rows whose number is known."""

    def __init__(self, rows: Any, size: int, number: int) -> None:
        super().__init__(rows, size)
        self.count = number


AGENCIES = Prepared(
    lambda desks: Agency.objects.filter(organisation__in=desks).order_by().values_list("pk", "organisation")
)
NAMES = Prepared(lambda people: User.objects.filter(pk__in=people).values_list("pk", "name"))
GIVEN = Prepared(
    lambda agencies: (
        Jobseeker.objects.filter(agency__in=agencies)
        .order_by()
        .values_list("agency", "counsellor")
        # The rows, not their numbers, and how many of them have an end: the index alone says both, in its order.
        .annotate(number=Count("*"), over=Count("ended_at"))
    )
)
AT_WORK = Prepared(
    lambda desks, day: (
        Membership.objects.current(day)
        .filter(role=Role.COUNSELLOR, user__is_active=True, organisation__in=desks)
        .order_by()
        .values_list("organisation", "user")
    )
)


# The counsellors at work, by organisation.
type AtWork = Mapping[int, set[int]]


@dataclass(frozen=True)
class Load:
    """How many people an agency, or none, gave to a counsellor, or to nobody; whether he works there today.

    `is_over` for those whose follow-up has ended: they are of the agency, and in nobody's load.
    """

    agency: int | None
    counsellor: int | None
    number: int
    is_accompanied: bool
    is_over: bool = False


def at_work(desks: Iterable[int]) -> AtWork:
    """Return the counsellors who work today in each of some organisations."""
    found: AtWork = {desk: set() for desk in desks}
    for desk, counsellor in AT_WORK(sorted(found), clock.today()) if found else ():
        found[desk].add(counsellor)
    return found


def loads(desks: list[int], there: AtWork | None = None) -> list[Load]:
    """Count the people of the agencies of some desks, counsellor by counsellor, without reading them.

    `there` is who is at work, where a page has asked it already.
    """
    agencies: dict[int, int] = dict(AGENCIES(desks)) if desks else {}
    if not agencies:
        return []
    there = at_work(desks) if there is None else there
    return [
        Load(agency, counsellor, number, counsellor in there[agencies[agency]], is_over)
        for agency, counsellor, given, over in GIVEN(sorted(agencies))
        for number, is_over in ((given - over, False), (over, True))
        if number
    ]


def by_counsellor(loads: list[Load]) -> list[tuple[str, int]]:
    """Return how many people each counsellor was given, by name, the most first."""
    given: Counter[int] = Counter()
    for one in loads:
        if one.counsellor is not None and not one.is_over:
            given[one.counsellor] += one.number
    names = NAMES([*given]) if given else []
    return sorted(((name, given[pk]) for pk, name in names), key=lambda one: (-one[1], one[0]))


def desks_of(actor: User) -> list[int]:
    """Return the organisations whose people somebody lists, as reception or head."""
    return actor.organisation_ids(Role.RECEPTION, Role.HEAD)


def _elsewhere(actor: User, day: dt.date, people: Sequence[int]) -> QuerySet[Jobseeker]:
    """Find those of some people who are of no agency of hers; those of no agency a head has counted."""
    desks = desks_of(actor)
    found = Jobseeker.objects.filter(user__in=people).exclude(agency__organisation__in=desks)
    if actor.has_role(Role.HEAD):
        found = found.filter(agency__isnull=False)
    return found.with_presence(day).order_by().only("agency_id", "counsellor_id", "ended_at")


ACTED_FOR = AskedBy(people_of)
ELSEWHERE = AskedBy(_elsewhere)
OF_NONE = Prepared(
    lambda: (
        Jobseeker.objects.filter(agency__isnull=True, ended_at__isnull=True)
        .order_by()
        .annotate(whole=Value(1))
        .values("whole")
        .annotate(number=Count("*"))
        .values_list("number", flat=True)
    )
)


@dataclass(frozen=True)
class Counts:
    """How many people stand in each list of somebody's agencies."""

    everybody: int
    unassigned: int


def counts(actor: User, known: list[Load] | None = None) -> Counts:
    """Count whom `listed` lists: those of her agencies, of none for a head, and whom she may act for elsewhere.

    `known` are the loads of her desks, where a page has read them already.
    """
    found = [*(loads(desks_of(actor)) if known is None else known)]
    if actor.has_role(Role.HEAD):
        found.append(Load(None, None, OF_NONE.first() or 0, False))
    # Asked first: they are few, and a database that looks for both at once reads everybody.
    acted_for = list(ACTED_FOR(actor))
    beside = ELSEWHERE(actor, clock.today(), acted_for) if acted_for else []
    found += [
        Load(one.agency_id, one.counsellor_id, 1, one.is_accompanied, one.ended_at is not None)  # type: ignore[attr-defined]
        for one in beside
    ]
    return Counts(
        sum(one.number for one in found if one.agency is not None),
        sum(one.number for one in found if not one.is_accompanied and not one.is_over),
    )


def listed(actor: User, show: str, words: str) -> QuerySet[Jobseeker]:
    """Return the people of a list. Those of no agency stand among the unassigned; a name finds them anywhere."""
    people = Jobseeker.objects.visible_to(actor)
    if show:
        people = people.without_counsellor()
    elif not words:
        people = people.filter(agency__isnull=False)
    return finding.within(people, words) if words else people


class _Named:
    """The numbers of the people of a list in the order of their names, of which a page asks a few."""

    def __init__(self, actor: User, show: str) -> None:
        self.actor, self.show = actor, show

    def __getitem__(self, wanted: slice) -> list[int]:
        return _some(self.show, wanted.start, wanted.stop)(self.actor)


@lru_cache(maxsize=64)
def _some(show: str, start: int, stop: int) -> AskedBy[int]:
    """Write the question for some places of a list, which are no values of it."""
    return AskedBy(lambda actor: by_name(listed(actor, show, ""))[start:stop])


def page(
    actor: User, show: str, people: QuerySet[Jobseeker], number: str | None, size: int, counted: int | None
) -> Page[int]:
    """Return the numbers of the people of one page of a list, or of whom words found, whom nobody has counted."""
    if counted is not None:
        return Counted(_Named(actor, show), size, counted).get_page(number)
    # Asked once: what is found stands on one page, and is counted only where it is more.
    numbers = list(people.values_list("pk", flat=True)[: size + 1])
    found = len(numbers) if len(numbers) <= size else people.order_by().count()
    return Counted(numbers[:size], size, found).get_page(1)


def named(actor: User, show: str, typed: str, size: int) -> Page[int]:
    """Return the one page of whom words find, as `finding.within` does, by questions that are written once."""
    words = finding.sought(typed, parts=False).words
    for way in range(len(finding.WAYS)) if words and not UNSAFE.intersection(*words, typed) else ():
        asked = (in_any_order(typed), *words)
        if numbers := _found(show, way, len(words), size + 1)(actor, *asked):
            found = len(numbers)
            if found > size:
                found = _found(show, way, len(words), 0).count(actor, *asked)
            return Counted(numbers[:size], size, found).get_page(1)
    return page(actor, show, listed(actor, show, typed), None, size, None)


@lru_cache(maxsize=64)
def _found(show: str, way: int, words: int, most: int) -> AskedBy[int]:
    """Write the question for whom so many words find in one way, in a list, once; of all where no `most` is given."""

    def make(actor: User, key: str, *typed: str) -> QuerySet[Jobseeker, int]:
        people = Jobseeker.objects.visible_to(actor)
        people = people.without_counsellor() if show else people
        people = people.filter(*(finding.WAYS[way](word) for word in typed))
        return finding.best_first(people, key).values_list("pk", flat=True)[: most or None]

    return AskedBy(make)


def by_name(people: QuerySet[Jobseeker]) -> QuerySet[User, int]:
    """Give the numbers of people in the order of their names."""
    return among(people).order_by("folded_name", "pk").values_list("jobseeker", flat=True)


def among(people: QuerySet[Jobseeker]) -> QuerySet[User]:
    """Give the users of people, asked so that the indexes of names lead: however many people there are."""
    return User.objects.filter(Exists(people.order_by().filter(user=OuterRef("pk"))))


def rows(numbers: Iterable[int], there: AtWork | None = None) -> list[Jobseeker]:
    """Read the people of one page, in its order, each with whether her counsellor works in her agency today.

    `there` is who is at work in some organisations, where a page has asked it already.
    """
    asked = list(numbers)
    found = {one.pk: one for one in ROWS(asked)} if asked else {}
    desks = {one.agency.organisation_id for one in found.values() if one.agency}
    known = {**(there or {})}
    known |= at_work(desks - set(known))
    for one in found.values():
        where = one.agency.organisation_id if one.agency else None
        one.is_accompanied = where is not None and one.counsellor_id in known[where]  # type: ignore[attr-defined]
    return [found[number] for number in asked if number in found]


SHARED = AskedBy(
    lambda actor, keys: (
        among(Jobseeker.objects.visible_to(actor))
        .filter(name_key__in=keys)
        .order_by()
        .values_list("name_key")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
        .values_list("name_key", flat=True)
    )
)


def told_apart(actor: User, shown: Sequence[Jobseeker]) -> dict[int, str]:
    """Say what tells apart those who are shown and share a name with anybody whom the actor may see."""
    keys = sorted({one.user.name_key for one in shown})
    shared = set(SHARED(actor, keys)) if keys else set()
    return {one.pk: finding.marks(finding.who(one)) for one in shown if one.user.name_key in shared}
