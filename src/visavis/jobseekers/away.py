"""A person's counsellor is away today: until when, and who acts meanwhile, as she is told it herself."""

from visavis.agencies.models import Absence
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker

AWAY = Prepared(
    lambda user, agency, day: (
        Absence.objects.on(day)
        .filter(user=user, agency=agency)
        .select_related("user", "substitute")
        .order_by("-ends_on")
    )
)


def away(person: Jobseeker) -> Absence | None:
    """Return the absence of her counsellor, if there is one today."""
    if person.counsellor_id is None or person.agency_id is None:
        return None
    return AWAY.first(person.counsellor_id, person.agency_id, clock.today())
