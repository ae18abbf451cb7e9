"""Look through all searches that are due, once a day: what is new is laid out once, every search is asked of it.

What is told is written with the search it was told for, in one transaction: a round that is killed goes on where it
stopped, and nothing is told twice, however many rounds there are.
"""

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from visavis.common import clock
from visavis.common.listeners import Listeners
from visavis.jobseekers.models import Jobseeker
from visavis.news import services as news
from visavis.news.models import News
from visavis.searches.alerts import telling
from visavis.searches.alerts.among import Among
from visavis.searches.models import Alert, Announced, Round
from visavis.vacancies.models import Vacancy

log = logging.getLogger(__name__)

FROM_HOUR = 7
STUCK_AFTER = dt.timedelta(minutes=10)
STOPPED_FOR = dt.timedelta(days=183)
MOST_TRIES = 5
# What was put before the searches longer ago is not new any more, whoever paused meanwhile.
NEW_FOR = dt.timedelta(days=31)
# What is put before the searches by a transaction that commits late is still found: only what is older is looked at.
MARGIN = dt.timedelta(minutes=2)
AT_ONCE = 500
# A connection keeps each text of a statement it was given, ready to run: texts of hundreds of rows, of another number
# each time, take megabytes.
WRITTEN_AT_ONCE = 25
MOST_TOLD = 50

# How to start a round: the tasks module puts its door here, because it imports this one.
START = Listeners[int]()


def announce() -> int:
    """Put what has come before the searches: it is new from this moment on, and never again."""
    waiting = Vacancy.objects.open().filter(announced__isnull=True).order_by("pk")
    now = clock.now()
    rows = [Announced(vacancy_id=pk, at=now) for pk in waiting.values_list("pk", flat=True)]
    Announced.objects.bulk_create(rows, batch_size=2_000, ignore_conflicts=True)
    return len(rows)


def sweep() -> None:
    """Put what has come before the searches, begin the round of the day, and go on with one that was killed."""
    announce()
    if clock.local().hour >= FROM_HOUR and Alert.objects.due(clock.today()).exists():
        Round.objects.get_or_create(day=clock.today())
    before = clock.now() - STUCK_AFTER
    stuck = Round.objects.filter(state=Round.State.RUNNING, moved_at__lt=before)
    stuck.filter(tries__gte=MOST_TRIES).update(state=Round.State.FAILED, ended_at=clock.now())
    stuck.update(state=Round.State.DUE)
    for number in Round.objects.filter(state=Round.State.DUE).values_list("pk", flat=True):
        START.call_now(number)


def work_on(round_id: int) -> None:
    """Do one round, whoever else tries: the row is claimed in one statement. Safe to call twice."""
    claim = {"state": Round.State.RUNNING, "tries": F("tries") + 1, "moved_at": clock.now()}
    if not Round.objects.filter(pk=round_id, state=Round.State.DUE).update(**claim):
        return
    try:
        look_through(round_id)
    except Exception:
        # The sweep begins it again: what was told is told.
        log.exception("the round %s failed", round_id)
        raise
    Round.objects.filter(pk=round_id).update(state=Round.State.DONE, ended_at=clock.now())
    while news.send_what_waits():
        Round.objects.filter(pk=round_id).update(moved_at=clock.now())


def look_through(round_id: int) -> None:
    """Ask every search that is due of what is new since it was looked through last."""
    day, until = clock.today(), clock.now() - MARGIN
    due = list(Alert.objects.due(day).order_by("user_id", "pk").values_list("pk", "user_id", "looked_at"))
    Round.objects.filter(pk=round_id).update(total=F("done") + len(due))
    since = max(min((looked for _pk, _user, looked in due), default=until), until - NEW_FOR)
    opened = Vacancy.objects.open().filter(announced__at__gt=since, announced__at__lte=until)
    news_since = dict(opened.values_list("pk", "announced__at"))
    among = Among(opened)
    for numbers in batches([(pk, user) for pk, user, _looked in due]):
        batch = list(Alert.objects.filter(pk__in=numbers).select_related("user").order_by("user_id", "pk"))
        own = {one.user_id for one in batch if one.asked.in_limits} if news_since else set()
        limits = among.limits_of(list(Jobseeker.objects.filter(user__in=own)))
        for one in batch:
            hers = limits.get(one.user_id) if one.asked.in_limits else None
            found = among.answers(one.asked, hers) if news_since else []
            one.told = [pk for pk in found if news_since[pk] > one.looked_at][:MOST_TOLD]
        told = keep(batch, until, day)
        moved = {"done": F("done") + len(batch), "told": F("told") + told, "moved_at": clock.now()}
        Round.objects.filter(pk=round_id).update(**moved)


def batches(due: Sequence[tuple[int, int]]) -> Iterator[list[int]]:
    """Cut the searches into batches; those of one person stay together, for one message."""
    batch: list[int] = []
    for _user, hers in groupby(due, key=lambda one: one[1]):
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
        batch += [pk for pk, _user in hers]
    if batch:
        yield batch


def keep(batch: Sequence[Alert], until: dt.datetime, day: dt.date) -> int:
    """Write what each search found and whom to tell, all of it or nothing; another round's work is left alone."""
    with transaction.atomic():
        still = Alert.objects.due(day).filter(pk__in=[one.pk for one in batch]).order_by("pk")
        held = {row.pk: row.looked_at for row in still.select_for_update(of=("self",))}
        own = [one for one in batch if held.get(one.pk) == one.looked_at]
        found = [one for one in own if one.told]
        for one in own:
            one.due_on = day + telling.pause(one)
        for due_on in {one.due_on for one in own}:
            same = [one.pk for one in own if one.due_on == due_on]
            Alert.objects.filter(pk__in=same).update(
                due_on=due_on, looked_at=Greatest("looked_at", Value(until))
            )
        for one in found:
            one.told_at = clock.now()
        Alert.objects.bulk_update(found, ["told", "told_at"], batch_size=WRITTEN_AT_ONCE)
        News.objects.bulk_create(
            [telling.news_of(list(hers)) for _user, hers in groupby(found, key=lambda one: one.user_id)],
            batch_size=WRITTEN_AT_ONCE,
        )
    return len({one.user_id for one in found})


def over(now: dt.datetime) -> QuerySet[Round]:
    """Find the rounds of more than a month ago."""
    return Round.objects.filter(day__lt=timezone.localdate(now) - NEW_FOR)


def stopped(now: dt.datetime) -> QuerySet[Alert]:
    """Find the searches that were stopped six months ago."""
    return Alert.objects.filter(stopped_at__lt=now - STOPPED_FOR)
