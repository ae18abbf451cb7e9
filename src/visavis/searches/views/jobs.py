"""Look for openings: anybody, and for a person whoever acts for her."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.jobseekers import opened
from visavis.jobseekers.opened import Opened
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.searches import services
from visavis.searches.asked import Asked
from visavis.searches.pages import asking, mapping, showing
from visavis.searches.pages.asking import Asking, query
from visavis.searches.pages.cards import cards
from visavis.vacancies import permissions, reporting


@login_not_required
@require_GET
def jobs(request: HttpRequest) -> HttpResponse:
    """Search without signing in; who has a profile, within her own limits unless she takes them off."""
    return page(request, own(request))


@require_GET
def jobs_of(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Search for somebody for whom one may act."""
    return page(request, opened.file(request, jobseeker_id, "search"))


def own(request: HttpRequest) -> Opened | None:
    """Return her own file, if she has one."""
    user = request.user
    if not isinstance(user, User) or not user.has_role(Role.JOBSEEKER):
        return None
    profile = opened.OWN_FILE.first(user.pk)
    return Opened(profile, user) if profile else None


def page(request: HttpRequest, owner: Opened | None) -> HttpResponse:
    read = asking.read(dict(request.GET.lists()), has_profile=owner is not None)
    found = services.find(
        read.asked,
        language=get_language() or "fr",
        page_size=showing.A_PAGE,
        jobseeker=owner.jobseeker if owner else None,
    )
    view = "map" if request.GET.get("view") == "map" else ""
    context = {
        "title": _("Find an opening"),
        "owner": owner,
        "form": showing.form(read, found),
        "found": found,
        "view": view,
        "groups": showing.groups(found),
        "taken": showing.taken(found, view=view),
        "understood": showing.understood(found, view=view),
        "suggestions": showing.suggestions(found),
        "page_obj": showing.pages(found),
        "is_staff": isinstance(request.user, User) and permissions.can_read_feeds(request.user),
        "settles": isinstance(request.user, User) and reporting.can_settle(request.user),
        "alert_url": f"{alert}{query(found.asked)}" if (alert := alert_url(request, owner)) else "",
        **links(request, read, found.asked, view),
        **(
            mapping.map_of(found)
            if view
            else {"openings": cards(found.openings, request.user, owner, query(found.asked))}
        ),
    }
    return render(request, "searches/jobs.html", context)


def alert_url(request: HttpRequest, owner: Opened | None) -> str:
    """Return where a search is kept; nothing for staff and employers, who look for nothing themselves."""
    if owner:
        return owner.url_of("searches:alert_new")
    return "" if request.user.is_authenticated else reverse("searches:alert_new")


def links(request: HttpRequest, read: Asking, asked: Asked, view: str) -> dict[str, Any]:
    """Return the addresses that keep this search: its orders, the list, the map, the feed, what tells of new ones."""
    feed = asked.but(in_limits=False)
    return {
        "orders": showing.orders(asked, view=view),
        "list_url": query(asked),
        "map_url": query(asked, view="map"),
        "feed_url": f"{reverse('searches:feed')}{query(feed)}",
        "likely": [(str(town), query(asked.but(commune=town.pk, department=""))) for town in read.likely],
        "is_empty": not asked.words
        and not any(True for _name, _value in asked.but(in_limits=False).params()),
    }
