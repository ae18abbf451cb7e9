"""Whether somebody is followed by the agency, and what she says of it."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router

from visavis.api import callers
from visavis.api.declaring import operation
from visavis.api.scopes import Scope
from visavis.api.shapes.people import FollowedOut, FollowUpIn
from visavis.casefiles.endings import services, told
from visavis.casefiles.endings.enums import Reason, Side, Way
from visavis.casefiles.endings.services import NotNow, Origin, Wanted
from visavis.casefiles.models import Ending
from visavis.common.errors import Refused
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User

router = Router(tags=["profile"])


class NoReason(Refused):
    """Nobody's reason is made up."""

    words = _("Say why the follow-up is to end: choose a reason.")


@operation(router.get, "/follow-up", scope=Scope.PROFILE_READ)
def read_follow_up(request: HttpRequest) -> FollowedOut:
    """Read whether one's follow-up goes on, and on which day it may end."""
    actor = callers.of(request).user
    own(actor)
    return shown(told.latest(actor))


@operation(router.post, "/follow-up/answer", scope=Scope.PROFILE_WRITE)
def say_follow_up(request: HttpRequest, sent: FollowUpIn) -> FollowedOut:
    """Let one's follow-up go on, take it up again, or ask for its end, which is told in advance."""
    actor = callers.of(request).user
    jobseeker, row = own(actor), told.latest(actor)
    origin = Origin(actor, Side.PERSON, Way.PROGRAM)
    if sent.answer == "end":
        if sent.reason is None:
            raise NoReason
        wanted = Wanted(Reason(sent.reason), sent.words)
        services.propose(jobseeker=jobseeker, wanted=wanted, origin=origin)
    elif row is None:
        raise NotNow
    else:
        (services.stay if sent.answer == "stay" else services.again)(ending=row, origin=origin)
    return shown(told.latest(actor))


def own(actor: User) -> Jobseeker:
    """Return one's own file, else 404."""
    found = Jobseeker.objects.filter(user=actor).select_related("user").first()
    if found is None:
        raise Http404
    return found


def shown(row: Ending | None) -> FollowedOut:
    """Return where a follow-up stands."""
    if row is None or not row.is_unresolved:
        again_on = services.may_be_proposed_on(row.person) if row is not None else None
        return FollowedOut(state="followed", again_on=again_on)
    return FollowedOut(
        state="proposed" if row.is_proposed else "ended",
        reason=row.reason,  # type: ignore[arg-type]  # a word of the closed list, as the database keeps it
        words=row.words,
        ends_on=row.ends_on,
        told_on=row.told_on,
    )
