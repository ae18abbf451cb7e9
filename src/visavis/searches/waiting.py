"""What searches say to homes: new openings, for a few days; to a visitor where to look, and the newest."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet, Value
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, MayWait, Waiting
from visavis.searches.alerts import telling
from visavis.searches.forms import SearchForm
from visavis.searches.found import Opening
from visavis.searches.models import Alert
from visavis.searches.pages.cards import cards
from visavis.vacancies.models import Vacancy

SHOWN_FOR = dt.timedelta(days=3)
# So many openings a visitor sees before she looks for any.
NEWEST = 6

NEWEST_OURS = Prepared(
    lambda day: Vacancy.objects.public(day).with_card().order_by("-published_at", "-pk")[:NEWEST]
)
ALL_OPEN = Prepared(
    lambda day: (
        Vacancy.objects.open(day)
        .order_by()
        .annotate(whole=Value(1))
        .values("whole")
        .annotate(number=Count("pk"))
        .values_list("number", flat=True)
    )
)
TOLD = Prepared(lambda user, since: told(since).filter(user=user).order_by("-told_at"))


def told(since: dt.datetime) -> QuerySet[Alert]:
    """Keep the searches of which something new was told since a moment."""
    return Alert.objects.running().filter(told_at__gte=since)


class Searches(App):
    """What searches say to her home."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role != Role.JOBSEEKER:
            return []
        since = clock.now() - SHOWN_FOR
        return [
            Waiting(
                ngettext(
                    "%(n)s new opening for your search “%(search)s”.",
                    "%(n)s new openings for your search “%(search)s”.",
                    len(one.told),
                )
                % {"n": len(one.told), "search": telling.title_of(one)},
                reverse("searches:alert", kwargs={"alert_id": one.pk}),
                label=_("See them"),
            )
            for one in TOLD(actor.pk, since)
        ]

    def may_wait(self) -> Sequence[MayWait]:
        return [MayWait(told(clock.now() - SHOWN_FOR), "user")]

    def home(self, request: HttpRequest, role: Role | None) -> dict[str, Any]:
        """Return what a visitor sees first: where to look for openings, and the newest."""
        if role is not None or request.user.is_authenticated:
            return {}
        [number] = ALL_OPEN(clock.today())
        return {
            "search": SearchForm(),
            "openings": cards([Opening(one) for one in NEWEST_OURS(clock.today())], request.user, None),
            "number": number,
        }
