"""Who may read and change a profile. What one may not see is 404."""

from django.db.models import Exists, OuterRef, QuerySet

from visavis.agencies.models import Absence
from visavis.jobseekers.models import Jobseeker
from visavis.noticing import admissions
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity, Role
from visavis.people.models import User

DESK_ROLES = (Role.COUNSELLOR, Role.RECEPTION, Role.HEAD)


def can_read_profile(actor: User, jobseeker: Jobseeker) -> bool:
    """Whoever acts for her: herself, and her own counsellor. Reception and the head see the file's head only."""
    return acts_for(actor, jobseeker.user) is not None


def follows(actor: User, person: User) -> bool:
    """Her counsellor, and who stands in: not who was let into her file for some hours."""
    return acts_for(actor, person, Capacity.COUNSELLOR) is not None


def accompanies(actor: User, person: User) -> bool:
    """Say whether he is her counsellor, and works in her agency today: a way of `people/acting.py`."""
    if not actor.has_role(Role.COUNSELLOR):
        return False
    jobseeker = getattr(person, "jobseeker", None)
    return (
        jobseeker is not None
        and jobseeker.counsellor_id == actor.pk
        and works_in_her_agency(actor, jobseeker, Role.COUNSELLOR)
    )


def accompanied(actor: User) -> QuerySet[Jobseeker, int]:
    """Give the numbers of the users whom he accompanies today: the other half of the same way."""
    desks = actor.organisation_ids(Role.COUNSELLOR)
    followed = Jobseeker.objects.filter(counsellor=actor.pk, agency__organisation__in=desks)
    return followed.values_list("user_id", flat=True)


def receives(actor: User, person: User) -> bool:
    """Say whether he sits at the counter of her agency today: a way of `people/acting.py` that is asked by name."""
    jobseeker = getattr(person, "jobseeker", None)
    return jobseeker is not None and works_in_her_agency(actor, jobseeker, Role.RECEPTION)


def received(actor: User) -> QuerySet[Jobseeker, int]:
    """Give the numbers of the users whom he receives today: the other half of the same way."""
    desks = actor.organisation_ids(Role.RECEPTION)
    return Jobseeker.objects.filter(agency__organisation__in=desks).values_list("user_id", flat=True)


def stands_in(actor: User, person: User) -> bool:
    """Say whether he is the substitute of her counsellor, who is absent today: a way of `people/acting.py`."""
    if not actor.has_role(Role.COUNSELLOR):
        return False
    jobseeker = getattr(person, "jobseeker", None)
    if jobseeker is None or jobseeker.counsellor_id in (None, actor.pk):
        return False
    return (
        works_in_her_agency(actor, jobseeker, Role.COUNSELLOR)
        and Absence.objects.covered_by(actor)
        .filter(user=jobseeker.counsellor_id, agency=jobseeker.agency_id)
        .exists()
    )


def stood_in_for(actor: User) -> QuerySet[Jobseeker, int]:
    """Give the numbers of the users for whose absent counsellors he stands in: the other half of the same way."""
    desks = actor.organisation_ids(Role.COUNSELLOR)
    absent = Absence.objects.covered_by(actor)
    here = absent.filter(user=OuterRef("counsellor"), agency=OuterRef("agency"))
    # Said twice, so that the database begins with the few who are absent, and not with everybody of the agency.
    followed = Jobseeker.objects.filter(
        Exists(here), counsellor__in=absent.values("user"), agency__organisation__in=desks
    )
    return followed.exclude(counsellor=actor.pk).values_list("user_id", flat=True)


def was_admitted(actor: User, person: User) -> bool:
    """Say whether he works in her agency and has said why he needs her file: a way of `people/acting.py`."""
    return may_be_admitted(actor, person) and admissions.holds(actor, person)


def admitted(actor: User) -> QuerySet[Jobseeker, int]:
    """Give the numbers of the users whose files he said why he needs: the other half of the same way."""
    desks = actor.organisation_ids(Role.COUNSELLOR)
    here = Jobseeker.objects.filter(user__in=admissions.people(actor), agency__organisation__in=desks)
    return here.values_list("user_id", flat=True)


def may_be_admitted(actor: User, person: User) -> bool:
    """A counsellor of her agency: he is asked why, and her file opens for some hours."""
    jobseeker = getattr(person, "jobseeker", None)
    return (
        jobseeker is not None
        and actor.has_role(Role.COUNSELLOR)
        and actor.pk != person.pk
        and works_in_her_agency(actor, jobseeker, Role.COUNSELLOR)
    )


def works_in_her_agency(actor: User, jobseeker: Jobseeker, *roles: Role) -> bool:
    """Say whether the actor has one of these roles in her agency today."""
    return jobseeker.agency is not None and jobseeker.agency.organisation_id in actor.organisation_ids(*roles)


def can_assign(actor: User, jobseeker: Jobseeker) -> bool:
    """The head and the reception of her agency; any head when she has none."""
    return works_in_her_agency(actor, jobseeker, Role.RECEPTION) or can_move(actor, jobseeker)


def can_move(actor: User, jobseeker: Jobseeker) -> bool:
    """The head of her agency; any head when she has none. Reception chooses a counsellor only."""
    if jobseeker.agency is None:
        return actor.has_role(Role.HEAD)
    return works_in_her_agency(actor, jobseeker, Role.HEAD)


def can_have_profile(actor: User) -> bool:
    """Whoever is a jobseeker, before she has answered anything."""
    return actor.has_role(Role.JOBSEEKER)


def can_list_people(actor: User) -> bool:
    """Counsellors, reception and heads of an agency."""
    return actor.has_role(*DESK_ROLES)


def can_register_people(actor: User) -> bool:
    """Counsellors and reception: whoever sits at the counter."""
    return actor.has_role(Role.COUNSELLOR, Role.RECEPTION)
