"""What every view of this app starts with: the introduction, who reads it and for which side."""

from dataclasses import dataclass

from django.http import Http404

from visavis.introductions import permissions, stories
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.jobseekers.opened import note_reading
from visavis.people.asked import AskedBy
from visavis.people.models import User
from visavis.people.requests import PersonRequest

SEEN = AskedBy(lambda actor, number: Introduction.objects.visible_to(actor).with_both().filter(pk=number))


@dataclass(frozen=True)
class Answering:
    """An introduction before one reader: the sides he may answer for, and the one of this page."""

    row: Introduction
    actor: User
    reader: Side
    sides: list[Side]
    side: Side

    @property
    def is_hers(self) -> bool:
        return self.reader == Side.JOBSEEKER


def answering(request: PersonRequest, introduction_id: int) -> Answering:
    """Return an introduction that the person may see, or answer 404; reading it is in the journal."""
    actor = request.user
    row = SEEN.first(actor, introduction_id)
    if row is None:
        raise Http404
    reader, sides = permissions.reads_as(actor, row), permissions.sides_of(actor, row)
    if not sides:
        raise Http404
    note_reading(request, "introduction", row.pk, row.jobseeker)
    asked = request.POST.get("side") or request.GET.get("for")
    return Answering(row, actor, reader, sides, side_of(row, sides, asked))


def side_of(row: Introduction, sides: list[Side], asked: str | None) -> Side:
    """Return the side to act for: the one asked for, else the one whose turn it is, else the own one."""
    if asked in sides:
        return Side(asked)
    turn = stories.turn_of(stories.situation_of(row))
    return next((side for side in sides if side in turn), sides[0])
