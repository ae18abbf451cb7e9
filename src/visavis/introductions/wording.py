"""What each side reads of where an introduction stands: one headline, what happens next, whose turn, by when."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.common import clock
from visavis.common.sentences import sentences_beside
from visavis.introductions import headlines, reasons, stories
from visavis.introductions.enums import NewsKind, Reason, Side
from visavis.introductions.models import Introduction
from visavis.introductions.stories import Group, Situation

GROUPS: dict[Group, Promise] = {
    Group.YOUR_TURN: gettext_lazy("Your turn"),
    Group.WAITING: gettext_lazy("Waiting for an answer"),
    Group.TO_MEET: gettext_lazy("To meet"),
    Group.ENDED: gettext_lazy("Ended"),
}
# The colour of the tag, beside its word.
KINDS: dict[Group, str] = {
    Group.YOUR_TURN: "wait",
    Group.WAITING: "info",
    Group.TO_MEET: "good",
    Group.ENDED: "",
}


@dataclass(frozen=True)
class Story:
    """What one reader is told; `turn` and `until` are the same for every reader."""

    situation: Situation
    group: Group
    headline: str
    next: str
    turn: frozenset[Side]
    turn_words: str
    until: dt.date | None
    left: str
    why: str
    helps: str

    @property
    def kind(self) -> str:
        return "good" if self.situation == Situation.HIRED else KINDS[self.group]

    @property
    def is_yours(self) -> bool:
        return self.group == Group.YOUR_TURN


def story(row: Introduction, reader: Side) -> Story:
    """Return what a side reads of where an introduction stands."""
    situation = stories.situation_of(row)
    until = last_day(row, situation)
    turn = stories.turn_of(situation)
    words = headlines.of(situation, reader)
    return Story(
        situation=situation,
        group=stories.group_of(situation, row.is_open, reader),
        headline=str(words[0]),
        next=str(headlines.NOTHING_MORE if ended_on_her_side(row, reader) else words[1]),
        turn=turn,
        turn_words=turn_words(turn, reader),
        until=until,
        left=days_left(until),
        why=why(row, reader),
        helps=reasons.helps(row.reason, row.closed_by) if reader != Side.EMPLOYER else "",
    )


def last_day(row: Introduction, situation: Situation) -> dt.date | None:
    """Return the last day to tell: a time proposed is taken before it comes, and before a meeting nobody waits."""
    if situation == Situation.TO_MEET:
        return None
    if situation in (Situation.TIME_OF_JOBSEEKER, Situation.TIME_OF_EMPLOYER) and row.meeting_at is not None:
        return timezone.localdate(row.times()[-1])
    return stories.until(row)


def ended_on_her_side(row: Introduction, reader: Side) -> bool:
    """Say whether she reads of an end that came with her own hire, or because she stopped looking."""
    return reader == Side.JOBSEEKER and row.reason in (Reason.HIRED_ELSEWHERE, Reason.NOT_LOOKING)


def why(row: Introduction, reader: Side) -> str:
    """Return why it ended, or why the meeting is cancelled; the counsellor reads the reason that was given."""
    if row.is_open:
        said = row.meeting_off if row.meeting_at is None else ""
        if reader == Side.COUNSELLOR and said:
            return str(Reason(said).label)
        return reasons.told(said, row.meeting_off_by, reader)
    if reader == Side.COUNSELLOR and row.reason:
        return str(Reason(row.reason).label)
    return reasons.told(row.reason, row.closed_by, reader)


def turn_words(turn: frozenset[Side], reader: Side) -> str:
    """Say whose word is awaited."""
    if not turn:
        return ""
    if len(turn) == 2:
        return (
            _("One of the two goes on") if reader == Side.COUNSELLOR else _("Your turn, or the other side’s")
        )
    if reader in turn:
        return _("Your turn")
    if Side.JOBSEEKER in turn:
        return _("Waiting for the person")
    return _("Waiting for the employer") if Side.EMPLOYER in turn else _("Waiting for the counsellor")


def days_left(until: dt.date | None) -> str:
    """Say how many days are left, in words."""
    if until is None:
        return ""
    days = (until - clock.today()).days
    if days < 0:
        return _("The last day has passed")
    if days == 0:
        return _("Last day: today")
    return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}


ALOUD: dict[str, Promise] = {
    NewsKind.TO_ANSWER: NewsKind.TO_ANSWER.label,
    **{NewsKind(kind): said for kind, said in sentences_beside(__file__)["aloud"].items()},
}
