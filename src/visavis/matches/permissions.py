"""Who may see whose list."""

from django.db.models import Q, QuerySet

from visavis.jobseekers.models import Jobseeker
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet


def people_with_openings(actor: User) -> QuerySet[Jobseeker]:
    """Herself; her counsellor; the head of her agency. Reception sees no list."""
    agencies = actor.organisation_ids(Role.HEAD)
    hers = Q(user=actor)
    if actor.has_role(Role.COUNSELLOR):
        hers |= Q(counsellor=actor)
    return Jobseeker.objects.visible_to(actor).filter(hers | Q(agency__organisation__in=agencies))


def vacancies_with_candidates(actor: User) -> VacancyQuerySet:
    """An employer's own vacancies; every vacancy for counsellors and heads. Nobody else."""
    if actor.has_role(Role.COUNSELLOR, Role.HEAD):
        return Vacancy.objects.visible_to(actor)
    return Vacancy.objects.editable_by(actor)


def can_start_runs(actor: User) -> bool:
    """Counsellors and heads may have the lists made anew."""
    return actor.has_role(Role.COUNSELLOR, Role.HEAD)


def names_shown(actor: User, jobseeker_ids: list[int]) -> dict[int, str]:
    """Return the names an actor may read among candidates: those of people whose file she may see.

    An employer reads none: nothing of identity crosses before both said yes.
    """
    if not actor.has_role(Role.COUNSELLOR, Role.HEAD):
        return {}
    visible = people_with_openings(actor).filter(pk__in=jobseeker_ids)
    return dict(visible.values_list("pk", "user__name"))
