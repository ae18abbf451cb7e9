"""The end of a follow-up: proposed, prolonged, withdrawn, come, taken up again, taken back.

What is promised: nobody's follow-up ends before she was told by a way that reached her, at least so many days ahead;
one word of hers keeps it, by any way; it ends on its day or never; and one act takes it up again.
"""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger as acts
from visavis.acts.ledger import Move
from visavis.casefiles.endings import telling
from visavis.casefiles.endings.enums import Act, Reason, Side, State, Way
from visavis.casefiles.models import Ending
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers import assigning
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User
from visavis.ui.dates import day as day_words

TAKEN_BACK_WITHIN = dt.timedelta(days=1)


class NotNow(acts.NotNow):
    """The act does not go with where the follow-up stands."""

    words = _("Something happened to this follow-up meanwhile. Here is where it stands.")


class TooEarly(Refused):
    """The person is told longer ahead."""


class TooSoon(Refused):
    """The person wanted to go on, a short time ago."""


class NoWords(Refused):
    """A reason of no list is said in words."""

    words = _("Say in a few words why, as the person may read it.")


class TooLate(Refused):
    """What ended longer ago is taken up again, and no more taken back."""

    words = _("This ended more than a day ago. Take the follow-up up again instead.")


class Ledger(acts.Ledger):
    """What one act does: its steps, and the journal, which is written last."""

    refusal = NotNow

    def stand_again(self, row: Ending) -> None:
        """What is taken back is over: the day that was told has passed, and nobody's follow-up ends by an undo."""
        row.state = State.WITHDRAWN


@dataclass(frozen=True)
class Origin:
    """Whose word it is, who writes it, and how it was said."""

    by: User | None
    side: Side
    way: Way = Way.SITE


@dataclass(frozen=True)
class Wanted:
    """Why a follow-up is to end, in words where the list has none, and on which day at the earliest."""

    reason: Reason
    words: str = ""
    ends_on: dt.date | None = None


def first_day() -> dt.date:
    """Return the first day on which a follow-up may end that is proposed today."""
    return clock.today() + notice()


def notice() -> dt.timedelta:
    """Return how long ahead a person is told."""
    return dt.timedelta(days=settings.VISAVIS_ENDING_NOTICE_DAYS)


# Proposing -------------------------------------------------------------------------------------------


def propose(*, jobseeker: Jobseeker, wanted: Wanted, origin: Origin) -> Ending:
    """Propose the end of a follow-up, and tell the person by her channel. Raises NoWords, TooEarly, TooSoon, NotNow.

    What she says herself ends it at once; what somebody writes down for her is told her in advance, as anything else.
    """
    _check(jobseeker, wanted, origin)
    with acts.acting(Ledger) as book:
        person = _held(jobseeker)
        if person.ended_at is not None or Ending.objects.unresolved().filter(person=person.user_id).exists():
            raise NotNow
        row = Ending(
            person=person.user,
            by=origin.by,
            counsellor_id=person.counsellor_id,
            is_hers=origin.side == Side.PERSON,
            reason=wanted.reason,
            words=wanted.words.strip(),
        )
        row.end_on(wanted.ends_on or first_day())
        try:
            with transaction.atomic():
                _step(book, row, Act.PROPOSE, origin, State.PROPOSED)
        except IntegrityError as error:
            raise NotNow from error
        if is_her_own(origin):
            row.told_on = clock.today()
            row.end_on(clock.today())
            _end(book, row, person, origin)
        else:
            telling.tell(row, telling.PROPOSED)
    return row


def is_her_own(origin: Origin) -> bool:
    """Whether she says it herself, signed in: not what a helper, a program or somebody of the service says for her."""
    return origin.side == Side.PERSON and origin.way == Way.SITE


def _check(jobseeker: Jobseeker, wanted: Wanted, origin: Origin) -> None:
    if wanted.reason == Reason.OTHER and not wanted.words.strip():
        raise NoWords
    if wanted.ends_on is not None and wanted.ends_on < first_day():
        words = _("The person is told at least %(days)s days ahead: choose %(day)s or later.")
        raise TooEarly(words % {"days": notice().days, "day": day_words(first_day())})
    if origin.side == Side.AGENCY and (until := may_be_proposed_on(jobseeker.user)) is not None:
        words = _("The person wanted the follow-up to go on. It may be proposed again from %(day)s.")
        raise TooSoon(words % {"day": day_words(until)})


def may_be_proposed_on(person: User) -> dt.date | None:
    """Return the day from which on the end may be proposed again, where that is still to come."""
    later = Ending.objects.filter(person=person, again_on__gt=clock.today()).order_by("-again_on")
    return later.values_list("again_on", flat=True).first()


# Her word, and ours ----------------------------------------------------------------------------------


def stay(*, ending: Ending, origin: Origin) -> Ending:
    """Let a follow-up go on at her word; said twice, it was said. Raises NotNow where it has ended."""
    with acts.acting(Ledger) as book:
        row = acts.read_anew(Ending.objects.select_related("person"), ending.pk)
        if row.state == State.STAYS:
            return row
        row.again_on = clock.today() + dt.timedelta(days=settings.VISAVIS_ENDING_AGAIN_DAYS)
        _step(book, row, Act.STAY, origin, State.STAYS)
        telling.forget(row)
        if origin.way == Way.SMS:
            telling.tell(row, telling.STAYS)
    return row


def withdraw(*, ending: Ending, origin: Origin) -> Ending:
    """Take a proposal back; who knew of it is told. Raises NotNow."""
    with acts.acting(Ledger) as book:
        row = acts.read_anew(Ending.objects.select_related("person"), ending.pk)
        _step(book, row, Act.WITHDRAW, origin, State.WITHDRAWN)
        # What reached nobody is not told any more; what may have reached her has its word.
        if not telling.forget(row):
            telling.tell(row, telling.GOES_ON)
    return row


def again(*, ending: Ending, origin: Origin) -> Ending:
    """Take a follow-up up again, with who followed her, where he is still there; said twice, it was said."""
    with acts.acting(Ledger) as book:
        person = _held_of(ending)
        row = acts.read_anew(Ending.objects.select_related("person"), ending.pk)
        if row.state == State.AGAIN:
            return row
        _step(book, row, Act.AGAIN, origin, State.AGAIN)
        _follow(person, row, origin.by)
        telling.forget(row)
        if origin.way == Way.SMS or origin.side == Side.AGENCY:
            telling.tell(row, telling.AGAIN)
    return row


def take_back(*, ending: Ending, by: User) -> Ending:
    """Take an end back, for a day: the follow-up stands as if it had never ended. Raises TooLate, NotNow."""
    with acts.acting(Ledger) as book:
        person = _held_of(ending)
        row = acts.read_anew(Ending.objects.select_related("person"), ending.pk)
        step = row.steps.filter(act=Act.END, undone_at__isnull=True).order_by("-number").first()
        if row.state != State.ENDED or step is None:
            raise NotNow
        if not step.is_within(TAKEN_BACK_WITHIN):
            raise TooLate
        row.told = {"way": Way.SITE, "day": row.ends_on}
        book.take_back(row, step, by)
        _follow(person, row, by)
        # She knew the day from what was told before, or ended it herself.
        telling.forget(row)
        telling.tell(row, telling.AGAIN)
    return row


def may_be_taken_back(ending: Ending) -> bool:
    """Say whether an end may still be taken back."""
    return (
        ending.is_over and ending.ended_at is not None and ending.ended_at > clock.now() - TAKEN_BACK_WITHIN
    )


# How it is written -----------------------------------------------------------------------------------


def end(book: Ledger, row: Ending) -> None:
    """End a follow-up whose day has come; the caller holds the row and has seen that she knows."""
    _end(book, row, _held_of(row), Origin(None, Side.SERVICE, Way.TIME))


def _end(book: Ledger, row: Ending, person: Jobseeker, origin: Origin) -> None:
    row.counsellor_id = person.counsellor_id
    row.ended_at = person.ended_at = clock.now()
    _step(book, row, Act.END, origin, State.ENDED)
    person.save(update_fields=["ended_at"])
    telling.tell(row, telling.ENDED)


def _follow(person: Jobseeker, row: Ending, by: User | None) -> None:
    """Let her be followed again: by who followed her, where he works in her agency today; else nobody yet."""
    before, former = assigning.choice(person), person.counsellor_id
    wanted = person.counsellor or row.counsellor
    if wanted is not None and not works(wanted, person):
        wanted = None
    person.ended_at, person.counsellor = None, wanted
    person.save(update_fields=["ended_at", "counsellor"])
    if assigning.choice(person) != before:
        assigning.note(person, before, by=by)
        assigning.AFTER_ASSIGNING.call(person, former)


def assigned(person: Jobseeker, former: int | None) -> None:
    """Take a follow-up up again where somebody was chosen to follow her who was followed by nobody."""
    if person.ended_at is None or person.counsellor_id in (None, former):
        return
    row = Ending.objects.filter(person=person.user_id, state=State.ENDED).first()
    if row is not None:
        again(ending=row, origin=Origin(None, Side.AGENCY))


def works(counsellor: User, person: Jobseeker) -> bool:
    """Say whether somebody works as a counsellor in a person's agency today."""
    if person.agency is None:
        return False
    try:
        assigning.check_works(counsellor, person.agency)
    except assigning.NotHere:
        return False
    return True


def _held(jobseeker: Jobseeker) -> Jobseeker:
    rows = Jobseeker.objects.select_for_update(of=("self",)).select_related("user", "agency", "counsellor")
    return rows.get(pk=jobseeker.pk)


def _held_of(ending: Ending) -> Jobseeker:
    rows = Jobseeker.objects.select_for_update(of=("self",)).select_related("user", "agency", "counsellor")
    return rows.get(user=ending.person_id)


def _step(book: Ledger, row: Ending, act: Act, origin: Origin, target: State) -> None:
    row.told = {"way": origin.way, "day": row.ends_on}
    book.step(row, Move(act, origin.side, target, origin.by))


def move(book: Ledger, row: Ending, day: dt.date) -> None:
    """Put the day off, because she did not know in time; the caller holds the row."""
    row.end_on(day)
    _step(book, row, Act.MOVE, Origin(None, Side.SERVICE, Way.TIME), State.PROPOSED)
