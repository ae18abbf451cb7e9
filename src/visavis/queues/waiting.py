"""What the queue says to the homes: a ticket in one's hand, and those that wait for one."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Urgency, Waiting
from visavis.queues.enums import HERE, State
from visavis.queues.models import Ticket

HERS = Prepared(
    lambda user, day: (
        Ticket.objects.filter(person=user, day=day, state__in=HERE)
        .order_by("-pk")
        .values_list("code", "number")[:1]
    )
)
FOR_ONE = Prepared(
    lambda user, day: (
        Ticket.objects.filter(to=user, day=day, state=State.WAITING)
        .order_by("came_at")
        .values_list("came_at", "agency")
    )
)


class Queue(App):
    """The tickets of today."""

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return her ticket to a person, and to a counsellor who waits for him alone."""
        today = clock.today()
        if role == Role.JOBSEEKER:
            return [
                Waiting(
                    _("You have ticket %(number)s. See when it is your turn.") % {"number": number},
                    reverse("queues:place", args=[code]),
                    Urgency.TO_SETTLE,
                    is_hot=True,
                    due=today,
                )
                for code, number in HERS(actor.pk, today)
            ]
        if role != Role.COUNSELLOR or not (found := list(FOR_ONE(actor.pk, today))):
            return []
        sentence = ngettext(
            "%(number)s person waits for you at the door.",
            "%(number)s people wait for you at the door.",
            len(found),
        )
        url = reverse("queues:board", args=[found[0][1]])
        words = sentence % {"number": len(found)}
        return [Waiting(words, url, Urgency.TO_SETTLE, is_hot=True, due=found[0][0])]
