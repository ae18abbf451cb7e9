"""The caseload: read at once, then filtered, counted, sorted and shown a page at a time.

What is counted are the rows that are listed, so that a count cannot say another number than its list.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from heapq import nsmallest
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.common.sheets import Sheet
from visavis.folding import fold_words
from visavis.jobseekers import finding
from visavis.jobseekers.followed import counsellor, followed
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.jobseekers.waiting import SILENT_WEEKS, WEEKS, is_silent
from visavis.people import waiting
from visavis.people.course import InCourse, in_course
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.people.waiting import Waiting, flag, moment_of
from visavis.portal.desk import next_act
from visavis.ui.dates import short_day

A_PAGE = 40
FOUND_AT_MOST = 80
URGENT = 8
SILENT = "silent"
# What of a person the list and its filters read.
OF_HER = ("pk", "user_id", "is_looking", "changed_at", "commune_id", "town")
OF_HER_ACCOUNT = ("user__name", "user__folded_name", "user__name_key", "user__channel", "is_reached")
IS_REACHED = Q(user__email__isnull=False) | Q(user__phone__isnull=False)


class Account(NamedTuple):
    """What the list reads of a person's account: her addresses stay sealed."""

    name: str
    folded_name: str
    name_key: str
    channel: str
    can_sign_in_alone: bool


class Person:
    """What the list and its filters read of one person: a caseload has hundreds, whose files nobody opens here.

    The flags of the filters, and what `waiting` notes of her, are added as they are to a row.
    """

    pk: int
    user_id: int
    is_looking: bool
    changed_at: dt.datetime
    commune_id: str | None
    town: str | None
    heard_at: dt.datetime
    noted: dict[str, dt.datetime]

    def __init__(self, row: Sequence[Any], flags: Sequence[str]) -> None:
        self.pk, self.user_id, self.is_looking, self.changed_at, self.commune_id, self.town = row[:6]
        self.user = Account(*row[6:11])
        vars(self).update(zip(flags, row[11:], strict=True))


@dataclass(frozen=True)
class Asked:
    """What the list should show; `sort` is a column, after a dash from its end; `opened` the person beside."""

    show: str = ""
    sort: str = ""
    words: str = ""
    page: str = "1"
    weeks: int = SILENT_WEEKS
    opened: int = 0


@cache
def _tagged(_apps: int) -> list[waiting.Filter]:
    """Return the filters whose word stands beside a name, of so many apps."""
    return [one for one in waiting.filters() if one.tag]


class Works:
    """What people look for first: their own words, else the name of the occupation; read when it is shown."""

    def __init__(self, everybody: Iterable[Person]) -> None:
        self.everybody, self.known = everybody, dict[int, str]()

    def read(self, people: Iterable[Person]) -> None:
        """Read what some people look for, at once."""
        is_english = (get_language() or "").startswith("en")
        numbers = [one.pk for one in people]
        self.known |= dict.fromkeys(numbers, "")
        self.known |= {
            person: typed or (is_english and english) or french or ""
            for person, typed, english, french in (WISHES(numbers) if numbers else ())
        }

    def of(self, person: Person) -> str:
        if person.pk not in self.known:
            self.read(self.everybody)
        return self.known[person.pk]


class Namesakes:
    """What tells apart those who share a name with another of them; read for whom a page shows."""

    def __init__(self, everybody: Sequence[Person]) -> None:
        shared = Counter(one.user.name_key for one in everybody)
        self.alike = {one.pk for one in everybody if shared[one.user.name_key] > 1}
        self.known = dict[int, str]()

    def read(self, people: Iterable[Person]) -> None:
        """Read what tells some people apart, at once."""
        numbers = [one.pk for one in people if one.pk in self.alike]
        self.known |= (
            {one.pk: finding.marks(one) for one in map(finding.who, KNOWN(numbers))} if numbers else {}
        )

    def of(self, person: Person) -> str:
        if person.pk not in self.alike:
            return ""
        if person.pk not in self.known:
            self.read([person])
        return self.known.get(person.pk, "")


@dataclass(frozen=True)
class Followed:
    """One person of the list: what its columns show."""

    person: Person
    works: Works
    since: dt.datetime | None
    course: InCourse
    namesakes: Namesakes

    @property
    def name(self) -> str:
        return self.person.user.name

    @property
    def apart(self) -> str:
        return self.namesakes.of(self.person)

    @property
    def tags(self) -> list[tuple[str, str]]:
        """Return what stands beside the name: a colour, and always its word."""
        flags = vars(self.person)
        return [(one.tag, str(one.label)) for one in _tagged(len(waiting.APPS)) if flags.get(flag(one.slug))]

    @property
    def work(self) -> str:
        return self.works.of(self.person)

    @property
    def folded(self) -> str:
        return self.person.user.folded_name

    @property
    def town(self) -> str:
        return self.person.town or ""

    @cached_property
    def url(self) -> str:
        return address("portal:desk_person", jobseeker_id=self.person.pk)

    @cached_property
    def act(self) -> Waiting:
        """What is to be done next: worked out for whom a page shows, or for all when they are sorted by it."""
        return next_act.of(self.person, self.course)

    @property
    def day(self) -> str:
        """Return the day of the next act in words."""
        if self.act.due is None:
            return ""
        day = localtime(moment_of(self.act.due)).date()
        days = (day - clock.today()).days
        if days in {0, 1}:
            return _("tomorrow") if days else _("today")
        return short_day(day)


@dataclass(frozen=True)
class Column:
    """One column: its word, what its rows are sorted by, and how it is asked for."""

    slug: str
    label: Any
    key: Callable[[Followed], Any]


COLUMNS_SHOWN = (
    Column("name", gettext_lazy("Name"), lambda line: line.folded),
    Column("work", gettext_lazy("Work sought"), lambda line: fold_words(line.work)),
    Column("town", gettext_lazy("Town"), lambda line: fold_words(line.town)),
    Column("waiting", gettext_lazy("Waits since"), lambda line: line.since),
    Column("act", gettext_lazy("Next act"), lambda line: str(line.act.label)),
    Column("date", gettext_lazy("Its day"), lambda line: line.act.due and moment_of(line.act.due)),
)
BY_COLUMN = {one.slug: one for one in COLUMNS_SHOWN}
SORTS = frozenset(BY_COLUMN) | {f"-{slug}" for slug in BY_COLUMN}


@dataclass(frozen=True)
class Listed:
    """One page of the list, with the filters and their counts."""

    filters: list[dict[str, Any]]
    page: Page[Followed]
    found: int
    asked: Asked
    sort: str

    @property
    def rows(self) -> list[Followed]:
        return list(self.page.object_list)

    @property
    def heads(self) -> list[dict[str, str]]:
        """Return the heads of the columns: which way each is sorted, and what a press asks for."""
        return [
            {
                "slug": one.slug,
                "label": str(one.label),
                "way": {one.slug: "ascending", f"-{one.slug}": "descending"}.get(self.sort, ""),
                "next": f"-{one.slug}" if self.sort == one.slug else one.slug,
            }
            for one in COLUMNS_SHOWN
        ]


def by_slug() -> dict[str, waiting.Filter]:
    """Return the filters by name, in their order."""
    return {one.slug: one for one in waiting.filters()}


def asked(given: Mapping[str, str], words: str = "") -> Asked:
    """Keep what is known of what was asked."""
    show, sort, weeks, opened = (given.get(name, "") for name in ("show", "sort", "weeks", "open"))
    return Asked(
        show if show in by_slug() else "",
        sort if sort in SORTS else "",
        words.strip(),
        given.get("page", "1"),
        {str(number): number for number in WEEKS}.get(weeks, SILENT_WEEKS),
        int(opened) if opened.isdecimal() and len(opened) < 16 else 0,
    )


def _people(actor: int, desks: list[int]) -> QuerySet[Jobseeker, Any]:
    """Find whom somebody accompanies who works as a counsellor at some desks."""
    user = counsellor(actor, desks)
    rows = waiting.with_flags(followed(user).followed_now().order_by(), user).annotate(
        town=F("commune__name"), is_reached=ExpressionWrapper(IS_REACHED, output_field=BooleanField())
    )
    found: QuerySet[Jobseeker, Any] = rows.values_list(*OF_HER, *OF_HER_ACCOUNT, *_flags())
    return found


def _flags() -> list[str]:
    """Return the flags that the database gives."""
    return [flag(one.slug) for one in waiting.filters() if one.condition is not None]


@cache
def _people_with(*filters: str) -> Prepared[Any]:
    """Write the question once for the filters that the apps have."""
    return Prepared(_people)


WISHES = Prepared(
    lambda people: (
        WantedOccupation.objects.filter(jobseeker__in=people)
        .order_by("-position", "-pk")
        .values_list("jobseeker", "typed", "occupation__label_en", "occupation__label_fr")
    )
)


KNOWN = Prepared(lambda people: finding.to_know(Jobseeker.objects.filter(pk__in=people)))


class Caseload:
    """Everybody whom a counsellor accompanies, with what is in course, in a fixed number of queries."""

    def __init__(self, actor: User) -> None:
        desks = actor.organisation_ids(Role.COUNSELLOR)
        asked = _people_with(*(one.slug for one in waiting.filters()))
        flags = _flags()
        self.people = [Person(row, flags) for row in asked(actor.pk, desks)] if desks else []
        self.course = in_course(actor, self.people)
        self.works, self.namesakes = Works(self.people), Namesakes(self.people)

    def holding(self, show: str, weeks: int = SILENT_WEEKS) -> list[Person]:
        """Return of whom a filter holds."""
        if show == SILENT and weeks != SILENT_WEEKS:
            return [one for one in self.people if is_silent(one, weeks)]
        if not show:
            return list(self.people)
        held = self.course.held[show]
        return [one for one in self.people if one.pk in held]

    def filters(self, what: Asked | None) -> list[dict[str, Any]]:
        """Return the filters with their counts, for `ui/filters.html`; none is current where nothing is listed."""
        home = reverse("portal:desk")
        current = None if what is None or what.words else what.show
        weeks = what.weeks if what is not None else SILENT_WEEKS
        rest = [
            {
                "url": f"{home}?show={one.slug}",
                "label": silent_for(weeks) if one.slug == SILENT else one.label,
                "count": (
                    len(self.holding(SILENT, weeks))
                    if one.slug == SILENT
                    else len(self.course.held[one.slug])
                ),
                "is_current": one.slug == current,
                "is_hot": one.is_hot,
            }
            for one in waiting.filters()
        ]
        everybody = {
            "url": home,
            "label": _("Everybody I accompany"),
            "count": len(self.people),
            "is_current": current == "",
        }
        return [everybody, *rest]

    def rows(self, people: Iterable[Person], show: str = "") -> list[Followed]:
        """Return people as the list shows them."""
        chosen = by_slug().get(show)
        among = [show] if chosen is not None and chosen.since is not None and not chosen.is_to_come else []
        since, course = self.course.since, self.course
        return [Followed(one, self.works, since(one, *among), course, self.namesakes) for one in people]

    def listed(self, what: Asked) -> Listed:
        """Return one page of whom a filter or the words find. What words find stands on one page, best first."""
        chosen = by_slug().get(what.show)
        sort = what.sort or ("date" if chosen is not None and chosen.is_to_come else "waiting")
        if what.words:
            found, sort, size = self.rows(self.named(what.words)), "", FOUND_AT_MOST
        else:
            found = arranged(self.rows(self.holding(what.show, what.weeks), what.show), sort)
            size = A_PAGE
        page = Paginator(found, size).get_page(what.page)
        shown = [line.person for line in page.object_list]
        self.works.read(shown)
        self.namesakes.read(shown)
        return Listed(self.filters(what), page, len(found), what, sort)

    def everything(self, what: Asked) -> list[Followed]:
        """Return everybody of a list, in its order: what `listed` shows a page at a time."""
        if what.words:
            return self.rows(self.named(what.words))
        return arranged(self.rows(self.holding(what.show, what.weeks), what.show), self.listed(what).sort)

    def named(self, words: str) -> list[Person]:
        """Return whom the words find, best first."""
        people = {one.pk: one for one in self.people}
        known = map(finding.who, KNOWN([*people]) if people else ())
        return [people[pk] for pk in finding.find(words, known, parts=True)]

    def urgent(self) -> list[Followed]:
        """Return the first people whom something that cannot wait concerns, the nearest act first."""
        hot = [one.slug for one in waiting.filters() if one.is_hot and one.since is not None]
        concerned = set[int]().union(*(self.course.held[slug] for slug in hot))
        lines = self.rows(one for one in self.people if one.pk in concerned)
        near = self.course.near
        return nsmallest(URGENT, lines, key=lambda line: (near(line.act), line.folded, line.person.pk))


def sheet(lines: Sequence[Followed]) -> Sheet:
    """Return the list as a table that leaves: what its columns show, and the channel by which each is reached."""
    rows = (
        [
            one.name,
            one.work,
            one.town,
            one.since,
            one.act.label,
            one.act.due and moment_of(one.act.due),
            Channel(one.person.user.channel).label,
        ]
        for one in lines
    )
    return Sheet(_("caseload"), [*(one.label for one in COLUMNS_SHOWN), _("Preferred channel")], rows)


def silent_for(weeks: int) -> str:
    return ngettext("Nothing said for %(weeks)s week", "Nothing said for %(weeks)s weeks", weeks) % {
        "weeks": weeks
    }


def arranged(lines: list[Followed], sort: str) -> list[Followed]:
    """Sort by a column, then by name; what has nothing in the column is last either way."""
    key = BY_COLUMN[sort.removeprefix("-")].key
    lines.sort(key=lambda line: (not line.person.is_looking, line.folded, line.person.pk))
    if sort.endswith("name"):
        lines.sort(key=lambda line: (line.folded, line.person.pk))
    keyed = [(key(line), line) for line in lines]
    said = [one for one in keyed if one[0]]
    said.sort(key=itemgetter(0), reverse=sort.startswith("-"))
    return [line for _key, line in said] + [line for value, line in keyed if not value]
