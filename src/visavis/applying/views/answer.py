"""The answer itself: what is still needed, what the employer will read, and what happens next."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.applying import musts, services
from visavis.applying.forms import NeededForm
from visavis.applying.views.coming_in import contact, url
from visavis.applying.views.opening import head, hindered, opening
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import limits, permissions, undoing, wording
from visavis.introductions.cards import without_name
from visavis.introductions.enums import Act, Side, State
from visavis.introductions.forms import form_for
from visavis.introductions.models import Introduction
from visavis.jobseekers import permissions as jobseekers
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.services import open_own, profile_of
from visavis.news.services import channel_of
from visavis.people import codes
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.services import AddressTaken
from visavis.people.views.signing_in import HAS_ACCOUNT, let_in, open_account, start_again
from visavis.vacancies.models import Vacancy

# The openings whose questions she has seen in this session: they are asked once, whatever she says.
ASKED_KEY, MOST_ASKED = "applying_asked", 50


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Lead whoever answers an opening to the next thing that her answer needs, or send it."""
    vacancy, actor = opening(vacancy_id), request.user
    if not isinstance(actor, User):
        if (no := hindered(request, vacancy)) is not None:
            return no
        return redirect(url("needed", vacancy)) if codes.proven(request) else contact(request, vacancy)
    if not jobseekers.can_have_profile(actor):
        return not_hers(request, vacancy, actor)
    her = profile_of(actor)
    begun = last_introduction(her, vacancy)
    if begun is not None and (begun.is_open or not permissions.can_begin_again(begun) or is_over(vacancy)):
        return sent(request, vacancy, begun, actor)
    if (no := hindered(request, vacancy)) is not None:
        return no
    if request.method == "POST":
        return send(request, vacancy, her, actor)
    if vacancy.pk not in asked(request) and musts.unknown(vacancy, her):
        return redirect(url("needed", vacancy))
    return shown(request, vacancy, her, actor)


def is_over(vacancy: Vacancy) -> bool:
    return not vacancy.is_open_on(clock.today())


def last_introduction(her: Jobseeker, vacancy: Vacancy) -> Introduction | None:
    rows = (
        Introduction.objects.filter(jobseeker=her.pk, vacancy=vacancy)
        if her.pk
        else Introduction.objects.none()
    )
    return rows.with_card().order_by("-pk").first()


def asked(request: HttpRequest) -> list[int]:
    return list(request.session.get(ASKED_KEY, []))


def not_hers(request: HttpRequest, vacancy: Vacancy, actor: User) -> HttpResponse:
    """Say kindly to whoever works for an employer or for the service how an answer is given."""
    if actor.has_role(Role.COUNSELLOR, Role.RECEPTION):
        return hindered(request, vacancy) or redirect(url("people", vacancy))
    context = head(request, vacancy, _("This account cannot answer")) | {
        "is_employer": actor.has_role(Role.EMPLOYER),
    }
    return render(request, "applying/not_hers.html", context)


def send(request: HttpRequest, vacancy: Vacancy, her: Jobseeker, actor: User) -> HttpResponse:
    """Ask the introduction."""
    if her.pk is None:
        open_own(actor)
        her = profile_of(actor)
    try:
        services.answer(jobseeker=her, vacancy=vacancy, by=actor)
    except Refused as refusal:
        return shown(request, vacancy, her, actor, str(refusal))
    return redirect(url("answer", vacancy))


def shown(
    request: HttpRequest, vacancy: Vacancy, her: Jobseeker, actor: User, refusal: str = ""
) -> HttpResponse:
    """Show what the employer will read, before anything is sent."""
    context = head(request, vacancy, _("Your answer to this opening")) | {
        "person": without_name(her, vacancy, number=0) if her.pk else None,
        "lacking": musts.lacking(vacancy, her),
        "until": clock.today() + limits.EMPLOYER_SILENCE,
        "channel": channel_of(actor),
        "is_looking": her.is_looking,
        "refusal": refusal,
        "needed_url": url("needed", vacancy) if musts.unknown(vacancy, her) else "",
    }
    return render(request, "applying/answer.html", context)


def sent(request: HttpRequest, vacancy: Vacancy, row: Introduction, actor: User) -> HttpResponse:
    """Say that it is asked, what happens next and until when; how to take it back; what else she may do."""
    can_undo = undoing.can_undo(row, actor)
    context = head(request, vacancy, title_of(row)) | {
        "row": row,
        "story": wording.story(row, Side.JOBSEEKER),
        "undo": form_for(Act.UNDO, Side.JOBSEEKER, row) if can_undo else None,
        "is_just_sent": can_undo and row.state in (State.WANTED, State.PUT),
        "is_profile_short": len(row.jobseeker.answered) < 4,
        "is_hidden": vacancy.state == Vacancy.State.HIDDEN,
    }
    return render(request, "applying/sent.html", context)


def title_of(row: Introduction) -> str:
    if row.state == State.PROPOSED:
        return _("This opening waits for your answer")
    return _("You have answered this opening")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def needed(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Ask, on one short page, the name of somebody new and what the opening asks for; or skip it."""
    vacancy, actor = opening(vacancy_id), request.user
    if (no := hindered(request, vacancy)) is not None:
        return no
    address = None if isinstance(actor, User) else codes.proven(request)
    if isinstance(actor, User):
        if not jobseekers.can_have_profile(actor):
            return redirect(url("answer", vacancy))
    elif address is None:
        return start_again(
            request,
            _("Give your e-mail or your number again: the opening is still here."),
            url("answer", vacancy),
        )
    her = profile_of(actor) if isinstance(actor, User) else None
    form = NeededForm(
        request.POST or None, musts=musts.unknown(vacancy, her), is_new=not isinstance(actor, User)
    )
    if not form.fields:
        return redirect(url("answer", vacancy))
    if request.method != "POST" or not form.is_valid():
        context = head(request, vacancy, "") | {
            "form": form,
            "is_new": address is not None,
            "address": address,
            "title": _("One page, then your answer") if address else _("What this opening asks for"),
        }
        return render(request, "applying/needed.html", context)
    return keep(request, vacancy, form)


def keep(request: HttpRequest, vacancy: Vacancy, form: NeededForm) -> HttpResponse:
    """Open the account of somebody new, and put what she said into her file."""
    response: HttpResponse = redirect(url("answer", vacancy))
    user, address = request.user, codes.proven(request)
    if not isinstance(user, User):
        assert address is not None
        try:
            user = open_account(request, form.cleaned_data["name"], address)
        except AddressTaken:
            return start_again(request, HAS_ACCOUNT, url("answer", vacancy))
        response = let_in(request, user, method="code", then=url("answer", vacancy))
    if "skip" not in request.POST:
        form.save(profile_of(user), vacancy, user)
    request.session[ASKED_KEY] = [*asked(request), vacancy.pk][-MOST_ASKED:]
    return response
