"""What searches say to her home: new openings, for a few days."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Waiting
from visavis.searches.alerts import telling
from visavis.searches.models import Alert

SHOWN_FOR = dt.timedelta(days=3)


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
            for one in Alert.objects.running().filter(user=actor, told_at__gte=since).order_by("-told_at")
        ]
