"""What happens without anybody: the next person is put to the employer, silence ends, questions are asked.

Each function may run twice: the rows are the truth, and the sweep calls them all.
"""

import datetime as dt
import logging
from collections.abc import Callable, Iterable

from django.db.models import F, QuerySet
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.introductions import frozen, limits, telling
from visavis.introductions.enums import BOTH_SAID_YES, Act, NewsKind, Reason, Side, State
from visavis.introductions.models import FollowUp, Introduction, Step
from visavis.introductions.models.hire import left_to_answer
from visavis.introductions.steps import Ledger, Move, acting, lock, lock_vacancies
from visavis.journal.models import Entry
from visavis.journal.services import Act as JournalAct
from visavis.news import services as news
from visavis.vacancies.models import Vacancy

log = logging.getLogger(__name__)

# Reminders of meetings leave at hours at which one reads them.
REMINDED_FROM = dt.time(9)
AGREED_LATELY = dt.timedelta(hours=6)

WAITING = (State.PROPOSED, State.WANTED, State.PUT)


def room(vacancy: Vacancy, besides: int | None = None) -> int:
    """Return how many more people may be put to the employer of a vacancy now."""
    put = Introduction.objects.filter(vacancy=vacancy, state=State.PUT)
    return limits.AT_ONCE - (put.exclude(pk=besides) if besides else put).count()


def put_next(vacancy_id: int) -> int:
    """Put the best of those who wait to the employer, as many as there is room for; return how many."""
    with acting() as ledger:
        vacancy = lock_vacancies([vacancy_id])[vacancy_id]
        if vacancy.state != Vacancy.State.OPEN:
            return 0
        free = room(vacancy)
        waiting = Introduction.objects.filter(vacancy=vacancy, state=State.WANTED)
        best = waiting.order_by(F("score").desc(nulls_last=True), "jobseeker_yes_at", "pk")
        chosen = list(best.select_related("jobseeker__user")[: max(free, 0)])
        for row in chosen:
            row.vacancy = vacancy
            ledger.step(row, Move(Act.PUT, Side.SERVICE, State.PUT), put_at=clock.now())
            ledger.tell(row, NewsKind.TO_ANSWER, Side.EMPLOYER)
    return len(chosen)


def close(
    ledger: Ledger,
    rows: Iterable[Introduction],
    reason: Reason,
    because_of: Step | None = None,
    kind: NewsKind = NewsKind.CLOSED,
) -> None:
    """Close introductions of vacancies that the caller holds, each with a word to both sides it had reached."""
    move = Move(Act.CLOSE, Side.SERVICE, State.WITHDRAWN, because_of=because_of)
    for row in rows:
        ledger.step(row, move, reason=reason)
        ledger.tell(row, kind, Side.JOBSEEKER, *telling.reached(row))


def vacancy_changed(vacancy_id: int) -> None:
    """Close what waits for a vacancy that is no longer open; those who meet already go on.

    What is open on a hidden one is closed by hidden.py, both yes too.
    """
    with acting() as ledger:
        vacancy = lock_vacancies([vacancy_id]).get(vacancy_id)
        if vacancy is None or vacancy.state in (Vacancy.State.OPEN, Vacancy.State.HIDDEN):
            return
        rows = Introduction.objects.filter(vacancy=vacancy, state__in=WAITING).select_related(
            "jobseeker__user"
        )
        is_filled = vacancy.state == Vacancy.State.FILLED
        close(ledger, _with(rows, vacancy), Reason.POSITION_FILLED if is_filled else Reason.VACANCY_CLOSED)


def ended_by_closing(vacancy_id: int) -> str:
    """Say whose wish ends when a vacancy is closed: who was not answered is told, and has to wish anew."""
    waiting = Introduction.objects.filter(vacancy=vacancy_id, state__in=(State.WANTED, State.PUT)).count()
    said = ngettext(
        "%(number)s person wishes to work here and waits for an answer. Closing ends this wish. Answer first, "
        "if you want to meet this person.",
        "%(number)s people wish to work here and wait for an answer. Closing ends these wishes. Answer first "
        "those you want to meet.",
        waiting,
    )
    return said % {"number": waiting} if waiting else ""


def jobseeker_changed(jobseeker_id: int) -> None:
    """Close what waits for somebody who no longer looks for work; those who meet already go on."""
    rows = Introduction.objects.filter(jobseeker=jobseeker_id, jobseeker__is_looking=False, state__in=WAITING)
    for row in rows:
        with acting() as ledger:
            held = lock(row)
            if held.state in WAITING and not held.jobseeker.is_looking:
                close(ledger, [held], Reason.NOT_LOOKING)
        put_next(row.vacancy_id)


def _with(rows: QuerySet[Introduction], vacancy: Vacancy) -> list[Introduction]:
    found = list(rows)
    for row in found:
        row.vacancy = vacancy
    return found


# Deadlines -----------------------------------------------------------------------------------------


def is_overdue(row: Introduction) -> bool:
    """Say whether nobody has answered in time."""
    now = clock.now()
    if row.state == State.PROPOSED:
        return row.answer_by is not None and row.answer_by < clock.today()
    if row.state == State.WANTED:
        return row.jobseeker_yes_at is not None and row.jobseeker_yes_at < now - limits.EMPLOYER_SILENCE
    if row.state == State.PUT:
        return row.put_at is not None and row.put_at < now - limits.EMPLOYER_SILENCE
    since = max(filter(None, (row.changed_at, row.meeting_at)))
    return row.state in BOTH_SAID_YES and since < now - limits.NO_NEWS


def overdue() -> QuerySet[Introduction]:
    """Return what may have ended by silence; `is_overdue` decides, on the row held."""
    now = clock.now()
    proposed = Introduction.objects.filter(state=State.PROPOSED, answer_by__lt=clock.today())
    waiting = Introduction.objects.filter(
        state__in=[State.WANTED, State.PUT], jobseeker_yes_at__lt=now - limits.EMPLOYER_SILENCE
    )
    silent = Introduction.objects.filter(state__in=BOTH_SAID_YES, changed_at__lt=now - limits.NO_NEWS)
    return (proposed | waiting | silent).order_by("pk")


def expire() -> int:
    """End what nobody answered in time, with a word to both sides; return how many."""
    ended = 0
    for row in overdue():
        with acting() as ledger:
            held = lock(row)
            if not is_overdue(held):
                continue
            ledger.step(held, Move(Act.EXPIRE, Side.SERVICE, State.EXPIRED), reason=Reason.NO_ANSWER)
            ledger.tell(held, NewsKind.EXPIRED, Side.JOBSEEKER, *telling.reached(held))
            ended += 1
        put_next(row.vacancy_id)
    return ended


def open_names() -> int:
    """Open the names that one person's two yes kept closed, once both sides were told and nobody stopped it.

    Who was not told yet has not had the time to stop it: the delay counts from the last telling.
    """
    opened = 0
    for row in Introduction.objects.filter(delayed_since__lt=clock.now() - limits.DELAY).order_by("pk"):
        with acting() as ledger:
            held = lock(row)
            if held.delayed_since is None or not _had_time_to_stop(held):
                continue
            ledger.step(held, Move(Act.SECOND, Side.SERVICE, State.AGREED), delayed_since=None)
            ledger.tell(held, NewsKind.AGREED, Side.JOBSEEKER, Side.EMPLOYER)
            opened += 1
    return opened


def _had_time_to_stop(row: Introduction) -> bool:
    told = telling.told_of(row, NewsKind.DELAYED, since=row.delayed_since)
    return all(at is not None and at < clock.now() - limits.DELAY for at in told)


def remind() -> int:
    """Remind once the employers who have not answered, and both sides once the time to meet has passed."""
    now = clock.now()
    silent = Introduction.objects.filter(
        state=State.PUT, reminded_at__isnull=True, put_at__lt=now - limits.REMIND_AFTER
    )
    met = Introduction.objects.filter(
        state=State.INTERVIEW, reminded_at__isnull=True, meeting_at__lt=now - dt.timedelta(days=1)
    )
    done = 0
    for row in (silent | met).with_card():
        with acting() as ledger:
            fresh = Introduction.objects.filter(pk=row.pk, reminded_at__isnull=True, state=row.state)
            if fresh.update(reminded_at=now):
                both = [Side.JOBSEEKER] if row.state == State.INTERVIEW else []
                ledger.tell(row, NewsKind.REMINDER, Side.EMPLOYER, *both)
                done += 1
    return done


def remind_the_day_before() -> int:
    """Remind both sides once of a meeting, on the day before, from nine o'clock; return how many."""
    local = clock.local()
    if local.time() < REMINDED_FROM:
        return 0
    tomorrow = local.date() + dt.timedelta(days=1)
    midnight = dt.datetime.combine(tomorrow, dt.time(), local.tzinfo)
    coming = Introduction.objects.filter(
        state=State.INTERVIEW,
        day_before_at__isnull=True,
        meeting_at__gte=midnight,
        meeting_at__lt=dt.datetime.combine(tomorrow + dt.timedelta(days=1), dt.time(), local.tzinfo),
        # Who has just agreed knows.
        meeting_agreed_at__lt=clock.now() - AGREED_LATELY,
    )
    done = 0
    for row in coming.with_card():
        with acting() as ledger:
            fresh = Introduction.objects.filter(
                pk=row.pk, day_before_at__isnull=True, state=State.INTERVIEW, meeting_at=row.meeting_at
            )
            if fresh.update(day_before_at=clock.now()):
                ledger.tell(row, NewsKind.TOMORROW, Side.JOBSEEKER, Side.EMPLOYER)
                done += 1
    return done


def ask_follow_ups() -> int:
    """Ask the questions whose day has come, each once; return how many."""
    due = left_to_answer(clock.today()).filter(asked_at__isnull=True)
    asked = 0
    for question in due.select_related("hire__introduction__jobseeker__user", "hire__introduction__vacancy"):
        with acting() as ledger:
            if FollowUp.objects.filter(pk=question.pk, asked_at__isnull=True).update(asked_at=clock.now()):
                row = question.hire.introduction
                ledger.tell(row, NewsKind.FOLLOW_UP, Side.JOBSEEKER)
                note = JournalAct(
                    Entry.Action.CREATED,
                    "follow-up",
                    question.pk,
                    row.jobseeker.user_id,
                    str(question.months),
                )
                ledger.note(note, None)
                asked += 1
    return asked


def close_behind() -> int:
    """Close what a change of a vacancy or of a profile should have closed, had its job not been lost; count it."""
    standing = [Vacancy.State.OPEN, Vacancy.State.HIDDEN]
    gone = Introduction.objects.filter(state__in=WAITING).exclude(vacancy__state__in=standing)
    stopped = Introduction.objects.filter(state__in=WAITING, jobseeker__is_looking=False)
    behind = set((gone | stopped).values_list("pk", flat=True))
    for vacancy_id in set(gone.values_list("vacancy_id", flat=True)):
        vacancy_changed(vacancy_id)
    for jobseeker_id in set(stopped.values_list("jobseeker_id", flat=True)):
        jobseeker_changed(jobseeker_id)
    return len(behind)


def put_all() -> int:
    """Put to employers whoever waits while there is room."""
    waiting = Introduction.objects.filter(state=State.WANTED, vacancy__state=Vacancy.State.OPEN)
    return sum(
        put_next(vacancy_id) for vacancy_id in sorted(set(waiting.values_list("vacancy_id", flat=True)))
    )


JOBS: tuple[Callable[[], int], ...] = (
    expire, close_behind, put_all, open_names, frozen.freeze_behind,
    remind, remind_the_day_before, ask_follow_ups, news.send_what_waits,
)  # fmt: skip


def sweep() -> int:
    """Do all of it; one that fails is logged and does not stop the others."""
    done = 0
    for job in JOBS:
        try:
            done += job()
        except Exception:
            log.exception("%s failed; it is tried again", job.__name__)
    return done
