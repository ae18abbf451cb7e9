"""Lists of introductions: hers, and those of an employer's vacancy."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.common.prepared import Prepared
from visavis.introductions import cards, limits, permissions, reading, stories, waiting, wording
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.introductions.models.introduction import IntroductionQuerySet
from visavis.introductions.stories import Group
from visavis.jobseekers.permissions import can_have_profile
from visavis.people.asked import AskedBy
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.vacancies.models import Vacancy

ENDED_SHOWN = 20

HER_CLOSED = Prepared(
    lambda user: Introduction.objects.filter(jobseeker__user=user).with_line().closed()[:ENDED_SHOWN]
)
VACANCY = AskedBy(lambda actor, number: Vacancy.objects.visible_to(actor).with_card().filter(pk=number))
PUT = AskedBy(lambda actor, vacancy: _of(actor, vacancy).filter(state=State.PUT).with_person())
GOING_ON = AskedBy(lambda actor, vacancy: _of(actor, vacancy).open().exclude(state=State.PUT).with_line())
CLOSED = AskedBy(lambda actor, vacancy: _of(actor, vacancy).closed().with_line()[:ENDED_SHOWN])


def _of(actor: User, vacancy: int) -> IntroductionQuerySet:
    """Return the introductions for a vacancy that its employer answers."""
    return Introduction.objects.of_employer(actor).filter(vacancy=vacancy)


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """Show a person her introductions: her turn first, then who is waited for, what ended last."""
    if not can_have_profile(request.user):
        raise Http404
    found = waiting.listed(waiting.HER_OPEN(request.user.pk), Side.JOBSEEKER)
    found |= {Group.ENDED: waiting.listed(HER_CLOSED(request.user.pk), Side.JOBSEEKER)[Group.ENDED]}
    groups = [
        {"title": wording.GROUPS[group], "code": group.value, "rows": rows}
        for group, rows in found.items()
        if rows
    ]
    context = {"title": _("My introductions"), "groups": groups}
    return render(request, "introductions/mine.html", context)


@require_GET
def of_vacancy(request: PersonRequest, vacancy_id: int) -> HttpResponse:
    """Show an employer the few people put to him, best first; of those who wait, the number only.

    Each that is shown was read: it is in the journal, for the person to see.
    """
    actor = request.user
    vacancy = VACANCY.first(actor, vacancy_id)
    if vacancy is None or not permissions.works_for(actor, vacancy):
        raise Http404
    best = sorted(PUT(actor, vacancy.pk), key=lambda row: (row.score is None, -(row.score or 0.0), row.pk))
    going_on = sorted(GOING_ON(actor, vacancy.pk), key=waiting.in_order_of_meeting)
    ended = stories.with_what_followed(CLOSED(actor, vacancy.pk))
    put, lines = best[: limits.AT_ONCE], [*going_on, *ended]
    reading.note_lines([*put, *lines], actor)
    others = [line_of(row) for row in lines]
    context = {
        "title": _("People who wish to work here"),
        "vacancy": vacancy,
        "put": [
            {"card": cards.of_person(row), "story": wording.story(row, Side.EMPLOYER), "row": row}
            for row in put
        ],
        "groups": [
            {"title": title, "rows": [line for line in others if line["group"] in groups]}
            for title, groups in (
                (_("To go on"), [Group.YOUR_TURN]),
                (_("Waiting for the person"), [Group.WAITING]),
                (_("To meet"), [Group.TO_MEET]),
                (_("Ended"), [Group.ENDED]),
            )
        ],
        "waiting": Introduction.objects.filter(vacancy=vacancy, state=State.WANTED).count(),
        "at_once": limits.AT_ONCE,
    }
    return render(request, "introductions/of_vacancy.html", context)


def line_of(row: Introduction) -> dict[str, object]:
    """Return one line: who, as the employer may read it, and where it stands."""
    story = wording.story(row, Side.EMPLOYER)
    return {
        "group": story.group,
        "story": story,
        "title": cards.title_of(row),
        "row": row,
    }
