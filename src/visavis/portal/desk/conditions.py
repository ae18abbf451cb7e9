"""The ready filters of a caseload: each a condition of the database, so that all are counted at once."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.introductions.enums import BOTH_SAID_YES, Side, State
from visavis.introductions.models import FollowUp, Hire, Introduction, Step
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.journal.models import Entry
from visavis.matches.models import Match, Opinion
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

SILENT_WEEKS = 4
WEEKS = (2, 4, 8, 12)
NEW_DAYS = 14
NEAR_DAYS = 2
WEEK = dt.timedelta(days=7)
HERS = OuterRef("pk")


@dataclass(frozen=True)
class Filter:
    """One ready filter. `since` finds, for one person of the outer query, since when it waits."""

    slug: str
    label: Promise
    condition: Callable[[User], Any]
    since: Callable[[User], QuerySet[Any]] | None = None
    is_hot: bool = False
    # What the person of the list says of `since`: since that day, or on that day.
    is_to_come: bool = False


def of_hers(*states: State) -> QuerySet[Introduction]:
    """Find the introductions of one person of the outer query."""
    return Introduction.objects.filter(jobseeker=HERS, state__in=states).order_by()


def said_since(moment: dt.datetime) -> Any:
    """Say whether she changed her profile, gave an opinion or answered since a moment."""
    opinions = Opinion.objects.filter(jobseeker=HERS, said_at__gte=moment)
    steps = Step.objects.filter(introduction__jobseeker=HERS, side=Side.JOBSEEKER, at__gte=moment)
    return Q(changed_at__gte=moment) | Exists(opinions.order_by()) | Exists(steps.order_by())


def heard_at() -> Greatest:
    """Return when she last changed her profile, gave an opinion or answered."""
    opinions = Opinion.objects.filter(jobseeker=HERS).order_by("-said_at").values("said_at")[:1]
    steps = Step.objects.filter(introduction__jobseeker=HERS, side=Side.JOBSEEKER)
    last = steps.order_by("-at").values("at")[:1]
    return Greatest(
        "changed_at",
        Coalesce(Subquery(opinions), "changed_at"),
        Coalesce(Subquery(last), "changed_at"),
        output_field=DateTimeField(),
    )


def is_silent(actor: User, weeks: int = SILENT_WEEKS) -> Any:
    return Q(is_looking=True) & ~said_since(clock.now() - dt.timedelta(weeks=weeks))


def is_new(actor: User) -> Exists:
    """She was given to this counsellor, or registered, a short time ago: the journal says so."""
    lately = clock.now() - dt.timedelta(days=NEW_DAYS)
    entries = Entry.objects.filter(person_id=OuterRef("user_id"), at__gte=lately)
    given = Q(thing="assignment", note__contains=f" counsellor:{actor.pk} was ")
    return Exists(entries.filter(given | Q(thing="profile", action=Entry.Action.CREATED)))


def is_unknown(actor: User) -> Any:
    return Q(commune__isnull=True) | ~Exists(WantedOccupation.objects.filter(jobseeker=HERS).order_by())


def has_no_opening(actor: User) -> Any:
    listed = Match.objects.filter(
        jobseeker=HERS, side=Match.Side.JOBSEEKER, vacancy__in=Vacancy.objects.open().order_by()
    )
    return Q(is_looking=True) & ~Exists(listed)


def ends_soon() -> QuerySet[Introduction]:
    return of_hers(State.PROPOSED).filter(answer_by__lte=clock.today() + dt.timedelta(days=NEAR_DAYS))


def meets_soon() -> QuerySet[Introduction]:
    now = clock.now()
    return of_hers(*BOTH_SAID_YES).filter(meeting_at__range=(now, now + WEEK))


def has_met() -> QuerySet[Introduction]:
    """The time to meet has passed and nobody has said how it went."""
    met = of_hers(*BOTH_SAID_YES).filter(meeting_at__lt=clock.now())
    return met.filter(hire__isnull=True)


def hires(**more: Any) -> QuerySet[Hire]:
    return Hire.objects.filter(introduction__jobseeker=HERS, confirmed_at__isnull=True, **more)


def asked_after_hire() -> QuerySet[FollowUp]:
    due = FollowUp.objects.filter(due_on__lte=clock.today(), answered_at__isnull=True)
    return due.filter(hire__introduction__jobseeker=HERS).order_by()


def to_tell(actor: User) -> QuerySet[News]:
    return News.objects.untold().filter(user=OuterRef("user"), role=Role.JOBSEEKER).order_by()


def where(
    slug: str, label: Promise, rows: Callable[[User], QuerySet[Any]], column: str, **kind: bool
) -> Filter:
    """Filter by whether a person has such rows; she waits since the earliest of a column of theirs."""
    return Filter(
        slug,
        label,
        lambda actor: Exists(rows(actor)),
        lambda actor: rows(actor).order_by(column).values(column)[:1],
        **kind,
    )


FILTERS: tuple[Filter, ...] = (
    where("to-tell", _("To be told by phone, letter or at the counter"), to_tell, "at", is_hot=True),
    where(
        "last-day", _("Proposal whose last day is near"), lambda actor: ends_soon(), "opened_at", is_hot=True
    ),
    where(
        "to-answer", _("Proposal waiting for the person"), lambda actor: of_hers(State.PROPOSED), "opened_at"
    ),
    where(
        "at-employer",
        _("Waiting for the employer"),
        lambda actor: of_hers(State.WANTED, State.PUT),
        "jobseeker_yes_at",
    ),
    where(
        "to-meet", _("Meets an employer this week"), lambda actor: meets_soon(), "meeting_at", is_to_come=True
    ),
    where("has-met", _("Meeting passed, no news"), lambda actor: has_met(), "meeting_at", is_hot=True),
    where(
        "hire-declared",
        _("Hire declared, not confirmed"),
        lambda actor: hires(disputed_at__isnull=True),
        "declared_at",
        is_hot=True,
    ),
    where(
        "hire-disputed",
        _("Hire disputed"),
        lambda actor: hires(disputed_at__isnull=False),
        "disputed_at",
        is_hot=True,
    ),
    where("still-there", _("Hired: is the person still there?"), lambda actor: asked_after_hire(), "due_on"),
    Filter("silent", _("Nothing said for four weeks"), is_silent),
    Filter("new", _("New to me"), is_new),
    Filter("unknown", _("Place or work wanted not known"), is_unknown),
    Filter("no-opening", _("No opening suits"), has_no_opening, is_hot=True),
    Filter(
        "unreachable",
        _("Cannot be reached digitally"),
        lambda actor: Q(user__email__isnull=True, user__phone__isnull=True),
    ),
    Filter("not-looking", _("Not looking for work"), lambda actor: Q(is_looking=False)),
)
BY_SLUG = {one.slug: one for one in FILTERS}


def flag(slug: str) -> str:
    """Return the name under which a query keeps whether a filter holds."""
    return "is_" + slug.replace("-", "_")


def with_flags(people: QuerySet[Jobseeker], actor: User) -> QuerySet[Any]:
    """Say of each person which filters hold, as `is_…`, and when she was last heard, as `heard_at`."""
    flags = {
        flag(one.slug): ExpressionWrapper(Q(one.condition(actor)), output_field=BooleanField())
        for one in FILTERS
    }
    return people.annotate(heard_at=heard_at(), **flags)
