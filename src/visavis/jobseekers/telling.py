"""Tell a person who accompanies her now, by her channel and once an act; the message never says who, a letter does.

Written in the transaction of the act. `known_before` of what has not left says whom she knows: whatever happens
meanwhile, she is told once, or not at all where he accompanies her again.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Absence, Agency
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.models.jobseeker import JobseekerQuerySet
from visavis.news import channels as by_channel
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui.dates import day

THING = "assignment"
FOLLOWS, STANDS_IN, NOBODY = "follows", "stands-in", "nobody"
KINDS = (FOLLOWS, STANDS_IN, NOBODY)
# A loan of a week is over before all were called, written to or seen: whom a message does not reach by itself hears of
# it when she calls or comes, or with what becomes of an appointment on these days.
SHORT = dt.timedelta(days=7)
ALOUD = {
    FOLLOWS: _("A counsellor accompanies you now. I tell you who, and how to reach us."),
    STANDS_IN: _("Your counsellor is away. I tell you who stands in, and until when."),
    NOBODY: _("No counsellor accompanies you for now. The agency answers you. I tell you how to reach us."),
}


@dataclass(frozen=True)
class Now:
    """Who accompanies a person today: her counsellor, or who stands in for him until a day; nobody."""

    kind: str
    user: User | None
    until: dt.date | None = None

    @property
    def number(self) -> int:
        return self.user.pk if self.user else 0

    @property
    def words(self) -> str:
        """Say it to her, in the language that is on."""
        if self.user is None:
            return gettext("The agency answers you until a counsellor is chosen")
        if self.until is None:
            return gettext("%(name)s accompanies you now") % {"name": self.user.name}
        return gettext("%(name)s stands in for your counsellor until %(day)s") % {
            "name": self.user.name,
            "day": day(self.until),
        }


# Whom -------------------------------------------------------------------------------------------------


def changed(people: Collection[int], was: Mapping[int, int | None]) -> None:
    """Tell of the people of these files who accompanies each now; `was` says whose each was, by number of the file."""
    known = {number: number_of for number, number_of in was.items() if number_of}
    instead = _standing_in(known.values())
    rows = _told(Jobseeker.objects.filter(pk__in=people))
    _tell(rows, {row.pk: _before(instead, row, known.get(row.pk, 0)) for row in rows})


def _before(instead: Mapping[tuple[int, int | None], Absence], row: Jobseeker, counsellor: int) -> int:
    absence = instead.get((counsellor, row.agency_id))
    return absence.substitute_id or counsellor if absence else counsellor


def lent(absence: Absence) -> None:
    """Tell the people of who is away that somebody stands in, on the first day; said twice, it was said."""
    mine = Absence.objects.on().filter(pk=absence.pk, substitute__isnull=False, begun_at__isnull=True)
    if mine.update(begun_at=clock.now()):
        rows = _told(_of(absence))
        if _is_short(absence):
            rows = [row for row in rows if not _is_told_by_hand(row)]
        _tell(rows, dict.fromkeys([row.pk for row in rows], absence.user_id))


def returned(absence: Absence, substitute: int) -> None:
    """Tell the people who were told that somebody stands in that it is over, and who accompanies them now."""
    rows = _told(_of(absence))
    if _is_short(absence):
        # Of a longer one that ended sooner, they know.
        heard = News.objects.filter(thing=THING, kind=STANDS_IN, thing_id__in=[row.pk for row in rows])
        since = clock.start_of(absence.starts_on)
        knows = set(heard.filter(at__gte=since).values_list("thing_id", flat=True))
        rows = [row for row in rows if row.pk in knows or not _is_told_by_hand(row)]
    _tell(rows, dict.fromkeys([row.pk for row in rows], substitute))


def sweep() -> int:
    """Tell of the absences that begin today, and of those that are over; return how many."""
    begin = Absence.objects.on().filter(substitute__isnull=False, begun_at__isnull=True)
    over = Absence.objects.filter(ends_on__lt=clock.today(), begun_at__isnull=False, over_at__isnull=True)
    number = 0
    for absence in begin:
        with transaction.atomic():
            lent(absence)
        number += 1
    for absence in over:
        with transaction.atomic():
            if over.filter(pk=absence.pk).update(over_at=clock.now()) and absence.substitute_id:
                returned(absence, absence.substitute_id)
        number += 1
    return number


def _is_short(absence: Absence) -> bool:
    return absence.ends_on - absence.starts_on < SHORT


def _is_told_by_hand(row: Jobseeker) -> bool:
    return news.channel_of(row.user) in news.BY_HAND


def _of(absence: Absence) -> JobseekerQuerySet:
    return Jobseeker.objects.filter(counsellor=absence.user_id, agency=absence.agency_id)


def _told(rows: JobseekerQuerySet) -> list[Jobseeker]:
    """Return those who are told: a follow-up that has ended says itself what becomes of it."""
    told = rows.followed_now().filter(user__is_active=True).with_presence()
    return list(told.select_related("user", "counsellor").order_by("pk"))


# How --------------------------------------------------------------------------------------------------


def _tell(rows: Sequence[Jobseeker], known: Mapping[int, int]) -> None:
    """Tell each who accompanies her, where that is not whom she knows: six questions, however many they are."""
    if not rows:
        return
    instead = _standing_in(row.counsellor_id for row in rows)
    unsent = news.take_back(thing=THING, numbers=[row.pk for row in rows], kinds=KINDS)
    told = []
    for row in rows:
        now, before = _now(instead, row), known[row.pk]
        if row.pk in unsent:
            before = unsent[row.pk].known_before or 0
        if now.number != before:
            told.append(_news(row, now, before))
    news.tell_all(told)


def _news(row: Jobseeker, now: Now, before: int) -> News:
    with override(row.user.language):
        subject = news.Subject(THING, row.pk, now.words, reverse("portal:home"))
    kept = news.news_of(user=row.user, role=Role.JOBSEEKER, kind=now.kind, subject=subject)
    kept.known_before = before
    return kept


def _standing_in(counsellors: Iterable[int | None]) -> dict[tuple[int, int | None], Absence]:
    """Return the absences of today in which somebody stands in, by who is away and where."""
    away = Absence.objects.on().filter(user__in={one for one in counsellors if one}, substitute__isnull=False)
    return {(one.user_id, one.agency_id): one for one in away.select_related("substitute").order_by("pk")}


def _now(instead: Mapping[tuple[int, int | None], Absence], row: Jobseeker) -> Now:
    absence = instead.get((row.counsellor_id or 0, row.agency_id))
    if absence is not None and absence.substitute is not None:
        return Now(STANDS_IN, absence.substitute, absence.ends_on)
    if row.counsellor is None or not getattr(row, "is_accompanied", False):
        return Now(NOBODY, None)
    return Now(FOLLOWS, row.counsellor)


def now_of(user: User) -> str:
    """Say to a person who accompanies her today, in the language that is on; empty where nobody does any more."""
    rows = Jobseeker.objects.filter(user=user.pk).followed_now().with_presence().select_related("counsellor")
    row = rows.first()
    return _now(_standing_in([row.counsellor_id]), row).words if row else ""


def taken_in(people: Collection[int]) -> dict[int, News]:
    """Take back what these users are told of who accompanies them, where other news says it; return it by user.

    Only what has not left: in the transaction of the same act that is all of it.
    """
    files = list(Jobseeker.objects.filter(user__in=people).values_list("pk", flat=True))
    return {row.user_id: row for row in news.take_back(thing=THING, numbers=files, kinds=KINDS).values()}


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells: who accompanies her today, that she has nothing to do, and how to reach us."""
    return [
        gettext("%(who)s.") % {"who": now_of(row.user) or row.title},
        gettext("You have nothing to do: your appointments, your messages and your file stay as they are."),
        gettext("A question? Call us, write to us, or come."),
    ]


def preview(former: User, agency: Agency) -> list[str]:
    """Say how many people will be told who accompanies them, and by which channel."""
    hers = Q(jobseeker__counsellor=former, jobseeker__agency=agency, jobseeker__ended_at__isnull=True)
    ways, channels = by_channel.counted(User.objects.filter(hers, is_active=True))
    if not channels:
        return []
    number = channels.total()
    said = ngettext(
        "%(number)s person is told who takes over: %(how)s",
        "%(number)s people are told who takes over: %(how)s",
        number,
    )
    return [said % {"number": number, "how": ways}]
