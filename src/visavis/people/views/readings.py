"""Who has read my file, for everybody; the whole journal, for the data protection officer."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from visavis.common.prepared import Prepared, together
from visavis.journal import chain
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people import wording
from visavis.people.entries import page_of
from visavis.people.enums import STAFF_ROLES, Capacity, Role
from visavis.people.forms import JournalForm
from visavis.people.models import Membership, User
from visavis.people.requests import PersonRequest

PAGE = 25
CHECKED_LINKS = 1000
NAMES: Prepared[tuple[int, str]] = Prepared(
    lambda users: User.objects.filter(pk__in=users).values_list("pk", "name")
)
HELD = Prepared(
    lambda users: (
        Membership.objects.filter(user__in=users).select_related("organisation").order_by("starts_on")
    )
)


AS_WHAT = {
    Capacity.SUBSTITUTE: gettext_lazy("%(name)s, in place of the counsellor, %(where)s"),
    Capacity.MET: gettext_lazy("%(name)s, who had an appointment with the person, %(where)s"),
    Capacity.AT_DESK: gettext_lazy("%(name)s, at whose desk the person was, %(where)s"),
    Capacity.ADMITTED: gettext_lazy("%(name)s, who does not accompany the person, %(where)s"),
}


# Numbers of other accounts of hers, whose entries are hers too: an app above that knows them adds itself.
ALSO_HERS: list[Callable[[int], Collection[int]]] = []


def about(user: User) -> QuerySet[Entry]:
    """Find what concerns somebody, under every number that is hers."""
    numbers = {user.pk, *(one for ask in ALSO_HERS for one in ask(user.pk))}
    return Entry.objects.filter(person_id__in=numbers) if len(numbers) > 1 else Entry.objects.about(user.pk)


@dataclass(frozen=True)
class Line:
    """One entry, in words."""

    at: dt.datetime
    who: str
    what: str
    action: str
    entry: Entry
    # Why, of a file that was opened outside one's own people.
    why: str = ""


@require_GET
def readings(request: PersonRequest) -> HttpResponse:
    """Show what was read and done about the person who asks, and by whom."""
    user = request.user
    # What a program of hers did is not her own hand: she sees it without asking for more.
    own = Q(actor_id=user.pk, token_id__isnull=True)
    entries = about(user).exclude(own).order_by("-pk")
    everything = request.GET.get("show") == "all"
    if everything:
        entries = about(user).order_by("-pk")
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    here = reverse("people:readings")
    context = {
        "page_obj": page,
        "lines": in_words(list(page), viewer=user),
        "filters": [
            {"url": here, "label": _("Done by others, and by programs"), "is_current": not everything},
            {"url": f"{here}?show=all", "label": _("Everything, my own acts too"), "is_current": everything},
        ],
        "back_url": reverse("people:account"),
    }
    return render(request, "people/readings.html", context)


def in_words(entries: list[Entry], *, viewer: User) -> list[Line]:
    """Turn entries into words: role, agency and name of whoever works for the service, and why where it was asked."""
    whys = wording.whys(entries)
    actors = sorted({entry.actor_id for entry in entries if entry.actor_id})
    named, held = together((NAMES, (actors,)), (HELD, (actors,))) if actors else ([], [])
    names = dict(named)
    return [
        Line(
            entry.at,
            who(entry, names, held, viewer),
            wording.thing(entry.thing),
            wording.action(entry.action),
            entry,
            whys.get(entry.pk, ""),
        )
        for entry in entries
    ]


def who(entry: Entry, names: dict[int, str], held: list[Membership], viewer: User) -> str:
    if entry.actor_id is None:
        return _("The service itself")
    if entry.actor_id == viewer.pk:
        return own_hand(entry)
    if entry.counter_id is not None:
        return _("%(name)s, at the counter, with the person present") % {
            "name": names.get(entry.actor_id, "")
        }
    if entry.mandate_id is not None:
        words = {"name": names.get(entry.actor_id, ""), "mandate": entry.mandate_id}
        return _("%(name)s, for the person, under mandate %(mandate)s") % words
    day = timezone.localdate(entry.at)
    for membership in held:
        if membership.user_id == entry.actor_id and holds(membership, day) and membership.role in STAFF_ROLES:
            where = membership.organisation.name if membership.organisation else _("the service")
            words = {
                "name": names.get(entry.actor_id, ""),
                "role": Role(membership.role).label,
                "where": where,
            }
            for capacity, said in AS_WHAT.items():
                if capacity in entry.note.split(":"):
                    return said % words
            return _("%(name)s, %(role)s, %(where)s") % words
    others = [one for one in held if one.user_id == entry.actor_id and holds(one, day)]
    if not others:
        return _("Somebody who has left the service")
    role = Role(others[0].role).label
    # Of an employer, the firm: who reads there is told once both have said yes.
    firm = others[0].organisation
    return _("%(role)s, %(where)s") % {"role": role, "where": firm.name} if firm else str(role)


def own_hand(entry: Entry) -> str:
    """Say whether she did it herself, or a program of hers."""
    if entry.token_id is None:
        return _("You")
    return _("A program of yours, with key %(number)s") % {"number": entry.token_id}


def holds(membership: Membership, day: dt.date) -> bool:
    return membership.starts_on <= day and (membership.ends_on is None or membership.ends_on >= day)


@require_GET
def journal_page(request: PersonRequest) -> HttpResponse:
    """Let the data protection officer look into the journal; that she looked is in the journal too."""
    if not request.user.has_role(Role.PROTECTION):
        raise Http404
    form = JournalForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    journal.read("journal", "", by=request.user.pk, person_id=given.get("person"))
    page = page_of(given, request.GET)
    context = {
        "form": form,
        "page": page,
        "lines": in_words(page.entries, viewer=request.user),
        "broken": chain.broken(last=CHECKED_LINKS),
        "checked": CHECKED_LINKS,
        "density": "staff",
    }
    return render(request, "people/journal.html", context)
