"""What the list of whom nothing has reached says to the homes and the desk."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.common.addresses import address
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Noted, Said, Urgency, Waiting, noted_filter
from visavis.unreached.enums import Outcome
from visavis.unreached.models import Attempt, Unreached

SLUG, PLACE = "unreached", 28
TO_DO = AskedBy(
    lambda actor: Unreached.objects.visible_to(actor).to_do().order_by().values_list("pk", flat=True)
)


def reach_again(person: Any) -> Waiting:
    return Waiting(
        gettext_lazy("Nothing has reached this person for weeks: see what was tried, and try otherwise."),
        address("unreached:one", jobseeker_id=person.pk),
        Urgency.UNTOLD,
        label=gettext_lazy("Reach the person again"),
        due=person.noted[SLUG],
    )


class NobodyLost(App):
    """Whom nothing has reached."""

    filters = (
        noted_filter(
            SLUG,
            gettext_lazy("Nothing has got through for weeks"),
            place=PLACE,
            is_hot=True,
            to_do=reach_again,
        ),
    )

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return to the head how many of the agency nobody has closed."""
        number = TO_DO.count(actor) if role == Role.HEAD else 0
        if not number:
            return []
        words = ngettext(
            "Nothing has reached %(n)s person for weeks.",
            "Nothing has reached %(n)s people for weeks.",
            number,
        )
        url = reverse("unreached:list")
        return [Waiting(words % {"n": number}, url, Urgency.UNTOLD, label=_("See"), is_hot=True)]

    def noted(self, morning: dt.datetime, tonight: dt.datetime) -> Sequence[Noted]:
        return [Noted(Unreached.objects.to_do(), "person", "found_at", SLUG, is_account=True)]

    def reached(self) -> Sequence[Said]:
        """Whom somebody reached and said so."""
        found = Attempt.objects.filter(outcome=Outcome.REACHED)
        return [Said(found, "unreached__person", "at", is_account=True)]
