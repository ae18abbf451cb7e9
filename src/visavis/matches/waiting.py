"""What lists and opinions say to the desk."""

from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.matches.models import Match, Opinion
from visavis.people.models import User
from visavis.people.waiting import HERS, App, Event, Filter, Urgency, Waiting
from visavis.vacancies.models import Vacancy


def has_no_opening(actor: User) -> Any:
    listed = Match.objects.filter(
        jobseeker=HERS, side=Match.Side.JOBSEEKER, vacancy__in=Vacancy.objects.open().order_by()
    )
    return Q(is_looking=True) & ~Exists(listed)


def see_what_opens(person: Any) -> Waiting:
    return Waiting(
        _("No opening suits: see what one change would open."),
        reverse("matches:more_of", kwargs={"jobseeker_id": person.pk}),
        Urgency.STUCK,
        label=_("What would open more doors"),
    )


class Lists(App):
    """What lists and opinions say to the desk."""

    filters = (
        Filter(
            "no-opening",
            gettext_lazy("No opening suits"),
            has_no_opening,
            place=40,
            is_hot=True,
            to_do=see_what_opens,
        ),
    )

    def said_by_her(self) -> tuple[QuerySet[Opinion], str]:
        return Opinion.objects.filter(jobseeker=HERS), "said_at"

    def events(self, person: Any, actor: User, most: int) -> list[Event]:
        """Return what she says of vacancies today."""
        said = Opinion.objects.filter(jobseeker=person).select_related("vacancy").order_by("-said_at")
        return [Event(row.said_at, opinion_words(row, actor)) for row in said[:most]]


def opinion_words(row: Opinion, actor: User) -> str:
    said = str(row.get_kind_display())
    words = {
        "title": row.vacancy.title,
        "said": f"{said} ({str(row.get_reason_display()).lower()})" if row.reason else said,
    }
    if row.said_by_id == actor.pk:
        return _("Said of “%(title)s”, noted by you: %(said)s.") % words
    return _("Said of “%(title)s”: %(said)s.") % words
