"""Lists of introductions: hers, and those of an employer's vacancy."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.introductions import cards, limits, permissions, waiting, wording
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.introductions.stories import Group
from visavis.jobseekers.permissions import can_have_profile
from visavis.people.requests import PersonRequest
from visavis.vacancies.models import Vacancy

ENDED_SHOWN = 20


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """Show a person her introductions: her turn first, then who is waited for, what ended last."""
    if not can_have_profile(request.user):
        raise Http404
    hers = Introduction.objects.filter(jobseeker__user=request.user).with_card()
    found = waiting.listed(hers.open(), Side.JOBSEEKER)
    found |= {Group.ENDED: waiting.listed(hers.closed()[:ENDED_SHOWN], Side.JOBSEEKER)[Group.ENDED]}
    groups = [
        {"title": wording.GROUPS[group], "code": group.value, "rows": rows}
        for group, rows in found.items()
        if rows
    ]
    context = {"title": _("My introductions"), "groups": groups}
    return render(request, "introductions/mine.html", context)


@require_GET
def of_vacancy(request: PersonRequest, vacancy_id: int) -> HttpResponse:
    """Show an employer the few people put to him, best first; of those who wait, the number only."""
    actor = request.user
    vacancy = get_object_or_404(Vacancy.objects.visible_to(actor).with_card(), pk=vacancy_id)
    if not permissions.works_for(actor, vacancy):
        raise Http404
    rows = Introduction.objects.of_employer(actor).filter(vacancy=vacancy)
    put = sorted(
        rows.filter(state=State.PUT).with_person(),
        key=lambda row: (row.score is None, -(row.score or 0.0), row.pk),
    )
    going_on = list(rows.open().exclude(state=State.PUT).with_card())
    others = [line_of(row) for row in (*going_on, *rows.closed().with_card()[:ENDED_SHOWN])]
    context = {
        "title": _("People who wish to work here"),
        "vacancy": vacancy,
        "put": [
            {"card": cards.of_person(row), "story": wording.story(row, Side.EMPLOYER), "row": row}
            for row in put[: limits.AT_ONCE]
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
