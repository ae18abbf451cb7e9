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
from visavis.matches import permissions, services
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import introducing
from visavis.matches.views.opening import vacancy_seen
from visavis.people.requests import actor_of


@require_POST
def introduce(request: HttpRequest, vacancy_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Begin an introduction; that she is interested is kept with it."""
    owner = opened.file(request, jobseeker_id, "openings")
    vacancy = vacancy_seen(request, vacancy_id)
    actor = actor_of(request)
    try:
        row = introductions.want(
            jobseeker=owner.jobseeker,
            vacancy=vacancy,
            by=actor,
            score=introducing.score_for(owner.jobseeker, vacancy),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(owner.url_of("matches:opening", vacancy_id=vacancy.pk))
    services.say(jobseeker=owner.jobseeker, vacancy=vacancy, kind=Opinion.Kind.INTERESTED, by=actor)
    messages.success(
        request,
        _("It is asked. Below: what happens next, until when, and exactly what the employer reads."),
    )
    return redirect("introductions:page", introduction_id=row.pk)


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
