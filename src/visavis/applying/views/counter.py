"""An answer at the counter: the paper with the opening's number, and the person for whom it is opened."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.agencies.models import Agency
from visavis.agencies.words import week_words
from visavis.applying import musts, services
from visavis.applying.forms import NumberForm
from visavis.applying.views.coming_in import url
from visavis.applying.views.opening import head, hindered, opening
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import limits, permissions, wording
from visavis.introductions import services as introductions
from visavis.introductions.cards import without_name
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.jobseekers import finding, of_agency
from visavis.jobseekers import permissions as jobseekers
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import visible
from visavis.journal import services as journal
from visavis.people.requests import actor_of
from visavis.vacancies.models import Vacancy

FOUND_AT_MOST = 20
# Of those whom the words find, some belong to another agency.
LOOKED_AT_MOST = 200


@login_not_required
@require_GET
def paper(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Show what to bring to the counter: a number, addresses and hours. It holds nothing of who brings it."""
    vacancy = opening(vacancy_id)
    if (no := hindered(request, vacancy)) is not None:
        return no
    doors = [
        {"agency": agency, "lines": week_words(agency.week)}
        for agency in Agency.objects.select_related("commune")
    ]
    context = head(request, vacancy, _("Answer at the counter or by phone"))
    return render(
        request, "applying/paper.html", context | {"doors": doors, "back_url": url("answer", vacancy)}
    )


@require_GET
def number(request: HttpRequest) -> HttpResponse:
    """Find an opening by the number of a paper."""
    allow(request)
    form = NumberForm(request.GET or None)
    if form.is_bound and form.is_valid():
        found = Vacancy.objects.once_shown().filter(pk=form.cleaned_data["n"]).first()
        if found is not None:
            return redirect(url("people", found))
        form.add_error(
            "n", _("No opening has this number. Read it again on the paper, or look for its title.")
        )
    context = {"form": form, "title": _("Somebody comes for an opening"), "density": "staff"}
    return render(request, "applying/number.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Find the person who answers, or open a file for her: the opening is not forgotten.

    A name is looked for by POST: in an address it would stay in histories.
    """
    allow(request)
    vacancy = opening(vacancy_id)
    if (no := hindered(request, vacancy)) is not None:
        return no
    # Whose file has just been opened for this answer.
    if (new := request.GET.get("person", "")).isascii() and new.isdigit():
        return redirect("applying:person", vacancy_id=vacancy.pk, jobseeker_id=int(new[:12]))
    words = request.POST.get("q", "").strip()
    context = head(request, vacancy, _("Who answers this opening?")) | {
        "words": words,
        "found": found(request, words) if words else [],
        "new_url": reverse("jobseekers:person_new") + "?" + urlencode({"next": url("people", vacancy)}),
        "density": "staff",
    }
    return render(request, "applying/people.html", context)


def found(request: HttpRequest, words: str) -> list[tuple[Jobseeker, str]]:
    """Return whom the words find, as everywhere at reception, and for whom the reader may note an answer.

    With each, what tells her from others of her name.
    """
    actor = actor_of(request)
    seen = Jobseeker.objects.visible_to(actor)
    people = of_agency.rows(finding.within(seen, words).values_list("pk", flat=True)[:LOOKED_AT_MOST])
    may = [her for her in people if permissions.can_wish_for(actor, her)][:FOUND_AT_MOST]
    journal.listed("people", by=actor.pk, shown=len(may), asked=("counter", words))
    apart = of_agency.told_apart(actor, may)
    return [(her, apart.get(her.pk, "")) for her in may]


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, vacancy_id: int, jobseeker_id: int) -> HttpResponse:
    """Note the answer of a person who is at the counter or on the phone."""
    allow(request)
    vacancy, actor = opening(vacancy_id), actor_of(request)
    her = visible(actor, jobseeker_id)
    if not permissions.can_wish_for(actor, her):
        raise Http404
    begun = Introduction.objects.filter(jobseeker=her, vacancy=vacancy).with_card().order_by("-pk").first()
    if request.method == "POST":
        note(request, vacancy, her, begun)
        return redirect(request.path)
    journal.read("jobseeker", her.pk, by=actor.pk, person_id=her.user_id)
    is_begun = begun is not None and (begun.is_open or not permissions.can_begin_again(begun))
    if not is_begun and (no := hindered(request, vacancy)) is not None:
        return no
    reads = jobseekers.can_read_profile(actor, her)
    context = head(request, vacancy, _("The answer of %(name)s") % {"name": her.user.name}) | {
        "her": her,
        "row": begun if is_begun else None,
        "story": wording.story(begun, Side.COUNSELLOR) if begun is not None and is_begun else None,
        "may_undo": begun is not None and permissions.noted_lately(actor, begun),
        "card": without_name(her, vacancy, number=0) if reads else None,
        "lacking": musts.lacking(vacancy, her) if reads else [],
        "until": clock.today() + limits.EMPLOYER_SILENCE,
        "back_url": url("people", vacancy),
        "density": "staff",
    }
    return render(request, "applying/person.html", context)


def note(request: HttpRequest, vacancy: Vacancy, her: Jobseeker, begun: Introduction | None) -> None:
    """Send her answer, or take back what was just noted."""
    actor = actor_of(request)
    try:
        if "undo" in request.POST and begun is not None:
            introductions.undo(introduction=begun, by=actor)
            messages.success(request, _("The answer is taken back."))
        else:
            services.answer(jobseeker=her, vacancy=vacancy, by=actor)
            messages.success(request, _("The answer is noted. Tell the person what happens next."))
    except Refused as refusal:
        messages.error(request, str(refusal))


def allow(request: HttpRequest) -> None:
    """Answer 404 to whoever does not sit at a desk of an agency."""
    if not jobseekers.can_register_people(actor_of(request)):
        raise Http404
