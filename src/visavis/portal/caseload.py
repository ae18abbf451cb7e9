"""A counsellor's ready filters, as far as today's data allows."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Match, Opinion
from visavis.people.enums import Channel
from visavis.people.models import User

SAID_LAST = 8


def followed(actor: User) -> QuerySet[Jobseeker]:
    """The people she follows."""
    return Jobseeker.objects.visible_to(actor).filter(counsellor=actor).order_by("user__name")


def without_openings(actor: User) -> QuerySet[Jobseeker]:
    """Those who look for work and whose list is empty."""
    listed = Match.objects.filter(side=Match.Side.JOBSEEKER).values("jobseeker")
    return followed(actor).filter(is_looking=True).exclude(pk__in=listed)


def unreachable(actor: User) -> QuerySet[Jobseeker]:
    """Those whom neither e-mail nor text message reaches."""
    return followed(actor).filter(user__email__isnull=True, user__phone__isnull=True)


def by_hand(actor: User) -> QuerySet[Jobseeker]:
    """Those who prefer a call, a letter or the counter."""
    return followed(actor).filter(user__channel__in=[Channel.PHONE, Channel.POST, Channel.COUNTER])


def nearly_empty(actor: User) -> QuerySet[Jobseeker]:
    """Those of whom we know neither what they want nor what they did."""
    return followed(actor).filter(wishes__isnull=True, experiences__isnull=True, about="")


FILTERS: dict[str, Callable[[User], QuerySet[Jobseeker]]] = {
    "without_openings": without_openings,
    "nearly_empty": nearly_empty,
    "unreachable": unreachable,
    "by_hand": by_hand,
}


def filters(chosen: dict[str, QuerySet[Jobseeker]], show: str) -> list[dict[str, Any]]:
    """Return the filters with their counts, for `ui/filters.html`."""
    labels = {
        "without_openings": _("No opening suits them"),
        "nearly_empty": _("Nearly empty profile"),
        "unreachable": _("Cannot be reached digitally"),
        "by_hand": _("By phone, letter or at the counter"),
    }
    home = reverse("portal:home")
    first = {"url": home, "label": _("What they said last"), "count": None, "is_current": show not in labels}
    rest = [
        {
            "url": f"{home}?show={name}",
            "label": labels[name],
            "count": people.count(),
            "is_current": name == show,
            "is_hot": name == "without_openings",
        }
        for name, people in chosen.items()
    ]
    return [first, *rest]


def said_last(actor: User) -> QuerySet[Opinion]:
    """Return the last opinions of the people she follows."""
    said = Opinion.objects.filter(jobseeker__in=followed(actor))
    return said.select_related("jobseeker__user", "vacancy").order_by("-said_at")[:SAID_LAST]
