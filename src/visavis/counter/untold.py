"""Who stands at the counter is told what nobody has said to her yet: reception learns that there is something."""

from django.utils.translation import gettext as _

from visavis.common.addresses import address
from visavis.counter.models import CounterVisit
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Hint
from visavis.news.models import News
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import User

UNTOLD = AskedBy(
    lambda actor, account: (
        News.objects.untold()
        .filter(user=account, role=Role.JOBSEEKER)
        .filter(user__jobseeker__agency__organisation__in=actor.organisation_ids(Role.RECEPTION))
        .exclude(user=actor.pk)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
)


def hint(actor: User, jobseeker: Jobseeker) -> Hint | None:
    """Say to reception that something new waits to be said to a person by somebody; not what.

    Where her pages are open already, they say it themselves.
    """
    if UNTOLD.first(actor, jobseeker.user_id) is None:
        return None
    if CounterVisit.objects.of_clerk(actor).filter(person=jobseeker.user_id).exists():
        return None
    return Hint(
        _("Something new waits for this person, and nobody has said it yet. Look at it together."),
        address("counter:open", jobseeker_id=jobseeker.pk),
        _("Open the pages together"),
    )
