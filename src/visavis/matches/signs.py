"""The sign of the night: were everybody's lists made?"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from visavis.common.prepared import Prepared
from visavis.common.signs import Ages, Level, Sign
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Edition

TITLE = _("Everybody’s lists, made by night")
AGES = Ages(
    look=dt.timedelta(hours=26),
    wrong=dt.timedelta(hours=50),
    words={
        "well": _("They are of last night."),
        "look": _("Last night’s are missing: people read those of the night before."),
        "wrong": _("They are more than two nights old. Look at the log of the jobs."),
    },
)


SERVED = Prepared(
    lambda: (
        Edition.objects.filter(is_served=True, served_at__isnull=False)
        .order_by("pk")
        .values_list("began_at", flat=True)[:1]
    )
)

ANYBODY = Prepared(lambda: Jobseeker.objects.order_by().values_list("pk", flat=True)[:1])


def night() -> Sign:
    """Return how old the lists are that people read."""
    began = SERVED.first()
    if began is None:
        never: Level = "look" if ANYBODY.first() else "well"
        return Sign("night", TITLE, never, _("They have not been made yet: it happens after 3 o’clock."))
    return AGES.sign("night", TITLE, began)
