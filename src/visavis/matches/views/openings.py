"""A person's list of openings."""

from collections import Counter
from collections.abc import Container, Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.jobseekers import changing, opened
from visavis.jobseekers import services as profiles
from visavis.jobseekers.opened import Opened
from visavis.matches import services
from visavis.matches.making import ranking
from visavis.matches.models import Match, MatchList, Opinion, Run
from visavis.matches.pages import cards, fit, headings, introducing, returning, unlocking
from visavis.people.acting import acts_for
from visavis.people.models import User
from visavis.people.requests import actor_of, number_in
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import OPEN_IN_A_LIST

AT_ONCE = 10
# In the session: the last change made on the page of chances, and what takes it back.
LAST_CHANGE = "change_made"
MOST_DIGITS = 15

OPINIONS = Prepared(lambda person: Opinion.objects.filter(jobseeker=person))
RUN = Prepared(
    lambda person: Run.objects.filter(
        Q(jobseeker=person) | Q(scope=Run.Scope.EVERYBODY), state__in=[Run.State.DUE, Run.State.RUNNING]
    )[:1]
)


@require_GET
def openings(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Show the list, best first, without what she put aside; or what she kept, wants or put aside."""
    owner = opened.file(request, jobseeker_id, "openings")
    asked = request.GET.get("show", "")
    shown = asked if asked in Opinion.Kind.values else ""
    opinions = {opinion.vacancy_id: opinion for opinion in OPINIONS(owner.jobseeker.pk)}
    answered = answered_in(request)
    matches = _matches(actor_of(request), owner, opinions, shown, answered)
    page = Paginator(matches, AT_ONCE).get_page(request.GET.get("page"))
    shown_matches = list(page.object_list)
    services.log_showing(
        page=f"openings {shown}".strip(),
        matches=shown_matches,
        by=actor_of(request),
        jobseeker=owner.jobseeker,
    )
    shown_cards = introducing.mark_openings(
        cards.openings(shown_matches, owner, opinions, answered), shown_matches, owner
    )
    for card in shown_cards:
        card["url"] += returning.came(
            [("show", shown), ("page", str(page.number) if page.number > 1 else "")]
        )
    context = {
        "title": _("Openings for you") if owner.is_hers else owner.jobseeker.user.name,
        "owner": owner,
        "cards": shown_cards,
        "headings": not shown
        and headings.of_list(shown_cards, shown_matches, owner, begins=page.number == 1),
        "one_answer": unlocking.one_answer(owner, matches),
        "page_obj": page,
        "filters": _filters(owner, opinions, shown),
        "more_url": owner.url_of("matches:more"),
        "run": _run_of(owner),
        "density": "" if owner.is_hers else "staff",
        "back_url": None if owner.is_hers else cards.person_url(owner.jobseeker),
    }
    return render(request, "matches/openings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def more(request: HttpRequest, jobseeker_id: int | None = None) -> HttpResponse:
    """Show what one change would open; make one, or take back the last."""
    owner = opened.file(request, jobseeker_id, "openings")
    if request.method == "POST":
        change(request, owner)
        return redirect(owner.url_of("matches:more"))
    changes = unlocking.changes(owner)
    last = request.session.get(LAST_CHANGE, {})
    context = {
        "title": _("What would open more doors"),
        "owner": owner,
        "changes": changes,
        "last": last if last.get("person") == owner.jobseeker.pk else None,
        "plot": unlocking.plot(changes),
        "back_url": owner.url_of("matches:openings"),
        "density": "" if owner.is_hers else "staff",
    }
    return render(request, "matches/more.html", context)


def change(request: HttpRequest, owner: Opened) -> None:
    """Make the change that the form names, or take the last one back."""
    actor, last = actor_of(request), request.session.get(LAST_CHANGE, {})
    if "undo" in request.POST:
        if last.get("person") == owner.jobseeker.pk:
            del request.session[LAST_CHANGE]
            try:
                changing.take_back(jobseeker=owner.jobseeker, kept=last["kept"], by=actor)
            except profiles.Stale as stale:
                messages.error(request, str(stale))
            else:
                messages.success(request, _("Taken back: the answer is as it was."))
        return
    person, key = owner.jobseeker, request.POST.get("change", "")
    asked = unlocking.to_make(person, key, number_in(request.POST.get("instead", "")))
    if asked is None:
        messages.info(request, _("This change is no longer among those below. Nothing was changed."))
        return
    if not changing.can_make(person, asked):
        messages.error(request, _("Choose which occupation gives its place. Nothing was changed."))
        return
    sentence = unlocking.sentence_of(asked, person)
    kept = changing.make(jobseeker=person, proposed=asked, by=actor)
    request.session[LAST_CHANGE] = {"person": person.pk, "kept": kept, "sentence": sentence}


def answered_in(request: HttpRequest) -> int | None:
    """Return the vacancy just answered: it stays where it stood until the page is left."""
    said = request.GET.get("said", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS else None


def _matches(
    actor: User, owner: Opened, opinions: dict[int, Opinion], shown: str, answered: int | None
) -> list[Match]:
    """Return the places of the list to show."""
    if shown:
        kept = [vacancy_id for vacancy_id, opinion in opinions.items() if opinion.kind == shown]
        wanted = kept if answered is None else [*kept, answered]
        return fit.openings_in_order(open_places(actor, owner, among=wanted), owner.jobseeker)
    return served(actor, owner, put_aside(opinions.values(), answered))


def put_aside(opinions: Iterable[Opinion], answered: int | None = None) -> set[int]:
    """Return the vacancies put aside, but for the one just answered."""
    aside = {one.vacancy_id for one in opinions if one.kind == Opinion.Kind.NOT_FOR_ME}
    return aside - {answered} if answered is not None else aside


def served(actor: User, owner: Opened, *gone: Iterable[int]) -> list[Match]:
    """Return the first places; the others wait: they come when one of these is closed, put aside or gone."""
    without = {number for some in gone for number in some}
    places = open_places(actor, owner, without=without, most=ranking.SERVED)
    return fit.openings_in_order(places, owner.jobseeker)


def open_places(
    actor: User,
    owner: Opened,
    *,
    among: Container[int] | None = None,
    without: Container[int] = (),
    most: int = ranking.KEPT,
) -> list[Match]:
    """Return the first places of the list whose vacancies are open, with what a card tells of them."""
    kept = MatchList.of(owner.jobseeker) if acts_for(actor, owner.jobseeker.user) else None
    if kept is None:
        return []
    waiting = [
        number for number in kept.numbers if number not in without and (among is None or number in among)
    ]
    work: dict[int, Vacancy] = {}
    # Nearly all are open: those that take the place of one that is not are asked for once more.
    while waiting and len(work) < most:
        some, waiting = waiting[: most - len(work)], waiting[most - len(work) :]
        work |= {row.pk: row for row in OPEN_IN_A_LIST(clock.today(), some)}
    found = kept.places(work)
    for place in found:
        place.vacancy = work[place.vacancy_id]
    return found


def _filters(owner: Opened, opinions: dict[int, Opinion], shown: str) -> list[dict[str, Any]]:
    counts = Counter(opinion.kind for opinion in opinions.values())
    labels = [
        ("", _("Best for you") if owner.is_hers else _("Best for this person"), None),
        (Opinion.Kind.INTERESTED, _("Interested"), counts[Opinion.Kind.INTERESTED]),
        (Opinion.Kind.KEPT, _("Kept for later"), counts[Opinion.Kind.KEPT]),
        (Opinion.Kind.NOT_FOR_ME, _("Put aside"), counts[Opinion.Kind.NOT_FOR_ME]),
    ]
    return [
        {
            "url": owner.url_of("matches:openings") + (f"?show={kind}" if kind else ""),
            "label": label,
            "count": count,
            "is_current": kind == shown,
        }
        for kind, label, count in labels
    ]


def _run_of(owner: Opened) -> Run | None:
    """Return the run that is making her list now, if any."""
    return RUN.first(owner.jobseeker.pk)
