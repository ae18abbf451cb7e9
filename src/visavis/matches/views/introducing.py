"""She wants to be introduced; an employer asks to meet."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from visavis.common.errors import Refused
from visavis.introductions import permissions as introduction_permissions
from visavis.introductions import services as introductions
from visavis.jobseekers import opened
from visavis.jobseekers.opened import Opened
from visavis.matches import permissions, services
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import introducing, returning
from visavis.matches.views.opening import vacancy_seen
from visavis.people.models import User
from visavis.people.requests import actor_of
from visavis.vacancies.models import Vacancy


@require_POST
def introduce(request: HttpRequest, vacancy_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Begin an introduction, or take back one just begun; that she is interested is kept with it.

    From a card she stays where she was; from the opening's own page the story of the introduction follows.
    """
    owner = opened.file(request, jobseeker_id, "openings")
    vacancy = vacancy_seen(request, vacancy_id)
    actor = actor_of(request)
    back = returning.after(request, owner, vacancy.pk)
    try:
        if request.POST.get("kind") == "undo":
            take_back(owner, vacancy, actor)
            return redirect(back)
        row = introductions.want(
            jobseeker=owner.jobseeker,
            vacancy=vacancy,
            by=actor,
            score=introducing.score_for(owner.jobseeker, vacancy),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(
            back if "next" in request.POST else owner.url_of("matches:opening", vacancy_id=vacancy.pk)
        )
    services.say(jobseeker=owner.jobseeker, vacancy=vacancy, kind=Opinion.Kind.INTERESTED, by=actor)
    if "next" in request.POST:
        return redirect(back)
    messages.success(
        request,
        _("It is asked. Below: what happens next, until when, and exactly what the employer reads."),
    )
    return redirect("introductions:page", introduction_id=row.pk)


def take_back(owner: Opened, vacancy: Vacancy, actor: User) -> None:
    """Undo the asking while nobody has answered it, and the interest said with it."""
    row = introducing.asked_of(owner, vacancy)
    if row is None:
        raise introductions.NotNow
    introductions.undo(introduction=row, by=actor)
    services.unsay(jobseeker=owner.jobseeker, vacancy=vacancy, by=actor)


@require_POST
def ask(request: HttpRequest, vacancy_id: int, match_id: int) -> HttpResponse:
    """Ask to meet a person of the vacancy's list, whose name nobody has read."""
    actor = actor_of(request)
    vacancy = get_object_or_404(permissions.vacancies_with_candidates(actor).with_card(), pk=vacancy_id)
    if not introduction_permissions.works_for(actor, vacancy):
        raise Http404
    listed = Match.objects.visible_to(actor).for_vacancy(vacancy)
    match = get_object_or_404(listed.select_related("jobseeker"), pk=match_id)
    try:
        row = introductions.ask(jobseeker=match.jobseeker, vacancy=vacancy, by=actor, score=match.score)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("matches:candidates", vacancy_id=vacancy.pk)
    messages.success(request, _("It is asked. We tell you the answer."))
    return redirect("introductions:page", introduction_id=row.pk)
