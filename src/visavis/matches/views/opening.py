"""One opening, why it is in the list, and what she says of it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from visavis.common.errors import Refused
from visavis.common.prepared import Prepared
from visavis.introductions.cards import without_name
from visavis.jobseekers import opened
from visavis.matches import hidden, services
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import cards, introducing, returning
from visavis.matches.pages.opening import limits, pay, place
from visavis.people.asked import AskedBy
from visavis.people.requests import actor_of
from visavis.vacancies import facts, reporting
from visavis.vacancies.models import Vacancy
from visavis.vacancies.views.public import over

VACANCY = AskedBy(lambda actor, number: Vacancy.objects.visible_to(actor).with_card().filter(pk=number))
OPINION = Prepared(lambda person, vacancy: Opinion.objects.filter(jobseeker=person, vacancy=vacancy)[:1])


class OpinionForm(forms.Form):
    """What she says: an opinion, or nothing any more."""

    kind = forms.ChoiceField(choices=[*Opinion.Kind.choices, ("undo", "")])
    reason = forms.ChoiceField(choices=Opinion.Reason.choices, required=False)


@require_GET
def opening(request: HttpRequest, vacancy_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Show an opening with every reason and what it weighs; of one she answered that is hidden, only that."""
    owner = opened.file(request, jobseeker_id, "openings")
    vacancy = VACANCY.first(actor_of(request), vacancy_id)
    if vacancy is None:
        return over(request, hidden.answered_by(owner.jobseeker, vacancy_id))
    facts.read_asked(vacancy)
    match = next(iter(Match.of(owner.jobseeker, {vacancy.pk})), None)
    if match:
        match.vacancy = vacancy
        services.log_showing(page="opening", matches=[match], by=actor_of(request), jobseeker=owner.jobseeker)
    context = {
        "title": vacancy.title,
        "owner": owner,
        "vacancy": vacancy,
        "match": match,
        "why": match and cards.why(match, owner.jobseeker),
        "where": cards.where_in_words(vacancy, owner.jobseeker),
        "contract": facts.contract(vacancy),
        "pay_words": facts.pay_words(vacancy),
        "limits": [] if match else limits.broken(owner, vacancy),
        "facts": facts.about(vacancy),
        "essential": facts.skills(vacancy, is_essential=True),
        "wished": facts.skills(vacancy, is_essential=False),
        "place": place.of(vacancy, owner.jobseeker),
        "usual": pay.of(vacancy, owner.jobseeker),
        "opinion": OPINION.first(owner.jobseeker.pk, vacancy.pk),
        "opinion_url": owner.url_of("matches:opinion", vacancy_id=vacancy.pk),
        "introduction": introducing.of_openings(owner, [vacancy.pk]).get(vacancy.pk),
        "introduce_url": introducing.introduce_url(vacancy, owner),
        "person": without_name(owner.jobseeker, vacancy, number=0),
        "reasons": reporting.ONE_TAP,
        "back_url": returning.back(request, owner, vacancy.pk),
    }
    return render(request, "matches/opening.html", context)


@require_POST
def opinion(request: HttpRequest, vacancy_id: int, jobseeker_id: int | None = None) -> HttpResponse:
    """Keep what she says of an opening, or take it back."""
    owner = opened.file(request, jobseeker_id, "openings")
    vacancy = vacancy_seen(request, vacancy_id)
    form = OpinionForm(request.POST)
    back = returning.after(request, owner, vacancy.pk)
    if not form.is_valid():
        messages.error(request, cards.unknown_opinion())
        return redirect(back)
    said = form.cleaned_data
    if said["kind"] == "undo":
        services.unsay(jobseeker=owner.jobseeker, vacancy=vacancy, by=actor_of(request))
        return redirect(back)
    try:
        services.say(
            jobseeker=owner.jobseeker,
            vacancy=vacancy,
            kind=said["kind"],
            reason=said["reason"],
            by=actor_of(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(back)


def vacancy_seen(request: HttpRequest, vacancy_id: int) -> Vacancy:
    """Return a vacancy that the reader may see, or answer 404."""
    found = VACANCY.first(actor_of(request), vacancy_id)
    if found is None:
        raise Http404
    return found
