"""Propose to one or to many: tick, check what each will read, send, read the report."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from visavis.introductions import limits
from visavis.jobseekers.followed import counsellor_of, followed, person_of, person_url
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches.pages.headings import Heading
from visavis.people.models import User
from visavis.people.requests import number_in
from visavis.proposing import choosing, openings, sending
from visavis.proposing.forms import ProposalForm
from visavis.vacancies.models import Vacancy

REPORT = "desk_report"
TWO = 2


@dataclass(frozen=True)
class Way:
    """One direction: a vacancy and the people to tick, or a person and the vacancies to tick."""

    actor: User
    here: str
    back_url: str
    compare_url: str
    choices: Callable[[], list[choosing.Choice]]
    pairs: Callable[[list[int]], list[sending.Pair]]
    number: Callable[[sending.Pair], int]
    context: dict[str, Any]
    nothing_asked: Callable[[list[choosing.Choice]], Heading | None] = lambda choices: None


@require_http_methods(["GET", "HEAD", "POST"])
def to_people(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Propose one vacancy to people of the caseload."""
    actor = counsellor_of(request)
    vacancy = openings.vacancy_of(actor, vacancy_id)
    arguments = {"vacancy_id": vacancy.pk}

    def pairs(chosen: list[int]) -> list[sending.Pair]:
        people = followed(actor).filter(pk__in=chosen).select_related("user", "agency")
        return [(person, vacancy) for person in people.order_by("user__name")]

    way = Way(
        actor,
        reverse("proposing:to_people", kwargs=arguments),
        reverse("vacancies:page", kwargs=arguments),
        reverse("proposing:compare_people", kwargs=arguments),
        lambda: choosing.people_for(vacancy, actor),
        pairs,
        lambda pair: pair[0].pk,
        {
            "title": _("Propose this vacancy to people I accompany"),
            "lead": vacancy.title,
            "missing_url": reverse("proposing:find_person", kwargs=arguments),
        },
    )
    return _steps(request, way)


@require_http_methods(["GET", "HEAD", "POST"])
def to_person(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Propose vacancies of her list to one person."""
    actor = counsellor_of(request)
    person = person_of(actor, jobseeker_id)
    arguments = {"jobseeker_id": person.pk}

    def pairs(chosen: list[int]) -> list[sending.Pair]:
        work = Vacancy.objects.visible_to(actor).filter(pk__in=chosen).with_card()
        return [(person, vacancy) for vacancy in work.order_by("title", "pk")]

    def choices() -> list[choosing.Choice]:
        journal.read("openings", person.pk, by=actor.pk, person_id=person.user_id)
        return choosing.vacancies_for(person, actor)

    way = Way(
        actor,
        reverse("proposing:to_person", kwargs=arguments),
        person_url(person),
        reverse("proposing:compare_vacancies", kwargs=arguments),
        choices,
        pairs,
        lambda pair: pair[1].pk,
        {
            "title": _("Propose openings"),
            "lead": person.user.name,
            "missing_url": reverse("proposing:find_vacancy", kwargs=arguments),
            "is_not_looking": not person.is_looking,
        },
        lambda shown: choosing.nothing_asked(shown, person, actor),
    )
    return _steps(request, way)


@require_POST
def to_many(request: HttpRequest) -> HttpResponse:
    """Choose the opening for the people who are ticked; then check, as for one opening and several people."""
    actor = counsellor_of(request)
    chosen = _numbers(request, "chosen")
    people = list(followed(actor).filter(pk__in=chosen).select_related("user").order_by("user__name"))
    if not people:
        messages.error(request, _("Tick at least one person, then propose."))
        return redirect("portal:desk")
    words = request.POST.get("q", "").replace("\0", "").strip()[:120]
    acts = [journal.Act(Entry.Action.READ, "named-candidate", one.pk, one.user_id) for one in people]
    journal.record_all(acts, by=actor.pk)
    context = {
        "title": ngettext(
            "Which opening for %(number)s person?", "Which opening for %(number)s people?", len(people)
        )
        % {"number": len(people)},
        "people": people,
        "chosen": [one.pk for one in people],
        "words": words,
        "found": openings.for_people(people, actor, words),
        "back_url": reverse("portal:desk"),
        "density": "staff",
    }
    return render(request, "proposing/which.html", context)


def _steps(request: HttpRequest, way: Way) -> HttpResponse:
    """Tick, then check, then send; each step but the first is a POST of the same page."""
    step = request.POST.get("step", "") if request.method == "POST" else ""
    chosen = _numbers(request, "chosen")
    if step == "compare" and len(chosen) == TWO:
        return redirect(f"{way.compare_url}?a={chosen[0]}&b={chosen[1]}")
    among = _numbers(request, "among") or chosen
    pairs = way.pairs(among) if step in {"choose", "send"} else []
    if not pairs:
        return _choose(request, way, step, chosen)
    form = ProposalForm(request.POST if step == "send" else None)
    if step == "send" and form.is_valid():
        ticked = [pair for pair in pairs if way.number(pair) in chosen]
        if ticked:
            return _send(request, way, ticked, form)
        messages.error(request, _("Nobody is ticked: tick at least one, or go back."))
    return _check(request, way, pairs, form)


def _numbers(request: HttpRequest, name: str) -> list[int]:
    """Return the numbers ticked, each once; what is no number is left out."""
    given = request.POST.getlist(name)[: sending.MOST_AT_ONCE]
    return list(dict.fromkeys(number for one in given if (number := number_in(one))))


def _choose(request: HttpRequest, way: Way, step: str, chosen: list[int]) -> HttpResponse:
    if step == "compare":
        messages.error(request, _("Tick exactly two to compare them."))
    elif step:
        messages.error(request, _("Tick at least one, then go on."))
    choices = way.choices()
    context = way.context | {
        "choices": choices,
        "nothing_asked": way.nothing_asked(choices),
        "chosen": chosen,
        "can_go_on": any(choice.may for choice in choices),
        "can_compare": len(choices) >= TWO,
        "most": limits.MOST_PROPOSED,
        "back_url": way.back_url,
        "density": "staff",
    }
    return render(request, "proposing/choose.html", context)


def _check(request: HttpRequest, way: Way, pairs: list[sending.Pair], form: ProposalForm) -> HttpResponse:
    """Show what each will read and what stands against it. At first those are ticked against whom nothing does;
    one that was chosen alone is ticked whatever is said of it."""
    previews = sending.previews(pairs, way.number)
    may = [one for one in previews if not one.cannot]
    chosen = [one.number for one in may if one.is_plain] or ([may[0].number] if len(may) == 1 else [])
    context = {
        "title": _("Check before proposing"),
        "previews": previews,
        "may": may,
        "crowd": sending.crowd(pairs, previews, way.number),
        "chosen": _numbers(request, "chosen") if form.is_bound else chosen,
        "left_out": 0 if form.is_bound else len(may) - len(chosen),
        "form": form,
        "back_url": way.here,
        "density": "staff",
    }
    return render(request, "proposing/check.html", context)


def _send(request: HttpRequest, way: Way, pairs: list[sending.Pair], form: ProposalForm) -> HttpResponse:
    day = form.cleaned_data["answer_by"]
    outcomes = sending.propose_all(pairs, answer_by=day, note=form.cleaned_data["note"], by=way.actor)
    request.session[REPORT] = sending.kept(outcomes, day) | {"back_url": way.back_url}
    return redirect("proposing:proposed")


@require_http_methods(["GET", "HEAD", "POST"])
def proposed(request: HttpRequest) -> HttpResponse:
    """Show to whom it was proposed and to whom not, or take it back; reading it again proposes nothing."""
    actor = counsellor_of(request)
    told = request.session.get(REPORT)
    if not told:
        return redirect("portal:desk")
    if request.method == "POST":
        told, back = sending.take_back(told, _numbers(request, "back"), by=actor)
        request.session[REPORT] = told
        words = ngettext("%(number)s proposal is taken back.", "%(number)s proposals are taken back.", back)
        messages.info(request, words % {"number": back})
        return redirect("proposing:proposed")
    context = sending.report(told, actor) | {
        "title": _("What was proposed"),
        "back_url": told["back_url"],
        "density": "staff",
    }
    return render(request, "proposing/proposed.html", context)
