"""Whom a counsellor follows: the only way of the desk to people."""

from django.http import Http404, HttpRequest

from visavis.common.addresses import address
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.models.jobseeker import JobseekerQuerySet
from visavis.people.asked import AskedBy
from visavis.people.enums import Capacity, Role
from visavis.people.models import Membership, User


def counsellor_of(request: HttpRequest) -> User:
    """Return who is signed in when she works as a counsellor today, else 404."""
    actor = request.user
    if not isinstance(actor, User) or not actor.has_role(Role.COUNSELLOR):
        raise Http404
    return actor


def counsellor(actor: int, desks: list[int]) -> User:
    """Return somebody of whom only the number and the desks are known, to write a question once for all who ask it."""
    user = User(pk=actor)
    user.current_memberships = [Membership(role=Role.COUNSELLOR, organisation_id=desk) for desk in desks]
    return user


def followed(actor: User) -> JobseekerQuerySet:
    """Return the people she accompanies today."""
    return Jobseeker.objects.acted_for_by(actor, Capacity.COUNSELLOR)


FOLLOWED = AskedBy(
    lambda actor, number: (
        followed(actor)
        .filter(pk=number)
        .select_related("user", "commune__department", "agency", "counsellor")
    )
)


def person_of(actor: User, jobseeker_id: int) -> Jobseeker:
    """Return one of the people she accompanies, else 404."""
    found = FOLLOWED.first(actor, jobseeker_id)
    if found is None:
        raise Http404
    return found


def person_url(jobseeker: Jobseeker, anchor: str = "") -> str:
    """Return the address of a person's page at the desk."""
    return address("portal:desk_person", jobseeker_id=jobseeker.pk) + anchor
