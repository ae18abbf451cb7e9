"""What every page of staff shows of alarms: a button, and each that stands in the agency."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists
from django.http import HttpRequest

from visavis.agencies.roles import STAFF
from visavis.common.prepared import Prepared
from visavis.live.followed import Followed
from visavis.live.models import Bulletin
from visavis.people.models import User
from visavis.queues import alarms
from visavis.queues.enums import Ended
from visavis.queues.models import Alarm, AlarmQuerySet


def not_ended(organisations: Sequence[int]) -> AlarmQuerySet:
    return Alarm.objects.not_ended().filter(agency__organisation__in=organisations)


# How far the numbers of open pages are, and whether an alarm stands at all: asked by every page of staff.
NEWEST = Prepared(
    lambda organisations: (
        Bulletin.objects.order_by("-pk")
        .annotate(is_alarm=Exists(not_ended(organisations)))
        .values_list("pk", "is_alarm")[:1]
    )
)


def alarm(request: HttpRequest) -> dict[str, Any]:
    """Return the alarms that stand where the reader works, for `ui/header.html`; nothing to anybody else."""
    user = getattr(request, "user", None)
    # Who serves somebody at the counter is still a colleague.
    user = getattr(getattr(request, "acting", None), "helper", user)
    if not isinstance(user, User) or getattr(request, "sitting", None):
        return {}
    here = sorted(set(user.organisation_ids(*STAFF)))
    if not here:
        return {}
    after, is_alarm = NEWEST.first(here) or (0, False)
    rows = not_ended(here).select_related("by", "agency").prefetch_related("answers__by") if is_alarm else []
    return {
        "alarm_bar": "queues/alarms.html",
        "alarm_button": "queues/alarm_button.html",
        "alarm_live": Followed(alarms.TOPIC, max(0, after)),
        "alarm_reader": user.pk,
        "alarm_names_agency": len(here) > 1,
        "alarm_rows": rows,
        "alarm_ends": Ended.choices,
    }
