"""What appointments say to the homes and the desk."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.agencies.models import Absence
from visavis.appointments.enums import State
from visavis.appointments.handing import standing_in
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import App, Event, Meeting, Waiting

MOST = 20
LATELY = dt.timedelta(days=14)
OF_HER = Prepared(
    lambda user, now: (
        Appointment.objects.filter(person=user, state=State.BOOKED, ends_at__gt=now)
        .select_related("agency__commune", "kind", "counsellor")
        .order_by("starts_at", "pk")[:MOST]
    )
)


class Appointments(App):
    """What is booked."""

    def meetings_of(self, actor: User, role: Role) -> list[Meeting]:
        if role != Role.JOBSEEKER:
            return []
        return [
            Meeting(
                row.starts_at,
                row.kind.name,
                row.counsellor.name if row.counsellor else "",
                row.where,
                row.url,
                row.zone,
            )
            for row in OF_HER(actor.pk, clock.now())
        ]

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role != Role.COUNSELLOR:
            return []
        number = (
            Appointment.objects.booked()
            .filter(counsellor=actor.pk, ends_at__lt=clock.now(), ends_at__gt=clock.now() - LATELY)
            .count()
        )
        away = [row for one in Absence.objects.to_come().filter(user=actor.pk) for row in standing_in(one)]
        found = []
        if away:
            words = _("On your days away there is still what nobody took (%(n)s): move it, or cancel it.")
            url = f"{reverse('appointments:agenda')}?from={away[0].starts_at:%Y-%m-%d}"
            found.append(Waiting(words % {"n": len(away)}, url, label=_("See")))
        if not number:
            return found
        words = _("Say of your past appointments whether they took place (%(n)s).") % {"n": number}
        return [*found, Waiting(words, reverse("appointments:agenda"), label=_("See"))]

    def events(self, person: Any, actor: User, most: int) -> list[Event]:
        rows = (
            Appointment.objects.filter(person=person.user_id)
            .exclude(state=State.HELD)
            .select_related("agency", "kind")
            .order_by("-changed_at")[:most]
        )
        return [
            Event(row.changed_at, f"{row.kind.name}, {row.when}: {row.state_words}", row.url) for row in rows
        ]
