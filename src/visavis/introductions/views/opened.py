"""What every view of this app starts with: the introduction, who reads it and for which side."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404

from visavis.introductions import permissions, stories
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.introductions.models.introduction import IntroductionQuerySet
from visavis.jobseekers.models import Experience, SkillHeld
from visavis.jobseekers.opened import note_reading
from visavis.people.models import User
from visavis.people.requests import PersonRequest


@dataclass(frozen=True)
class Opened:
    """An introduction as one reader opens it; `side` is the side he acts for on this page."""

    row: Introduction
    actor: User
    reader: Side
    sides: list[Side]
    side: Side

    @property
    def is_hers(self) -> bool:
        return self.reader == Side.JOBSEEKER


def with_person(introductions: IntroductionQuerySet) -> IntroductionQuerySet:
    """Fetch at once what both cards show, in a fixed number of queries."""
    skills = SkillHeld.objects.select_related("skill")
    jobs = Experience.objects.select_related("occupation")
    return (
        introductions.with_card()
        .select_related("employer_contact")
        .prefetch_related(
            Prefetch("jobseeker__skills_held", skills),
            Prefetch("jobseeker__experiences", jobs),
            "jobseeker__languages",
        )
    )


def opened(request: PersonRequest, introduction_id: int) -> Opened:
    """Return an introduction that the person may see, or answer 404; reading it is in the journal."""
    actor = request.user
    seen = with_person(Introduction.objects.visible_to(actor))
    row = get_object_or_404(seen, pk=introduction_id)
    reader, sides = permissions.reads_as(actor, row), permissions.sides_of(actor, row)
    if not sides:
        raise Http404
    note_reading(request, "introduction", row.pk, row.jobseeker)
    asked = request.POST.get("side") or request.GET.get("for")
    return Opened(row, actor, reader, sides, side_of(row, sides, asked))


def side_of(row: Introduction, sides: list[Side], asked: str | None) -> Side:
    """Return the side to act for: the one asked for, else the one whose turn it is, else the own one."""
    if asked in sides:
        return Side(asked)
    turn = stories.turn_of(stories.situation_of(row))
    return next((side for side in sides if side in turn), sides[0])
