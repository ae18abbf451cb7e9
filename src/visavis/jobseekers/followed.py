"""Whom a counsellor follows: the only way of the desk to people."""

from django.http import Http404, HttpRequest

from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.models.jobseeker import JobseekerQuerySet
from visavis.jobseekers.permissions import follows
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


PERSON = Prepared(
    lambda number: Jobseeker.objects.filter(pk=number).select_related(
        "user", "commune__department", "agency", "counsellor"
    )
)


def person_of(actor: User, jobseeker_id: int) -> Jobseeker:
    """Return one of the people she accompanies, else 404."""
    return if_followed(actor, PERSON.first(jobseeker_id))


def if_followed(actor: User, found: Jobseeker | None) -> Jobseeker:
    """Return whom one number has found if she accompanies that person, else 404.

    Asked of one, and not whether one is among all whom she accompanies: these the database would list first.
    """
    if found is None or not follows(actor, found.user):
        raise Http404
    return found


def person_url(jobseeker: Jobseeker, anchor: str = "") -> str:
    """Return the address of a person's page at the desk."""
    return address("portal:desk_person", jobseeker_id=jobseeker.pk) + anchor
