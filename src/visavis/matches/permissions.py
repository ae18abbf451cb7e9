"""Who may see whose list."""

from django.db.models import QuerySet

from visavis.jobseekers.models import Jobseeker
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet


def people_with_openings(actor: User) -> QuerySet[Jobseeker]:
    """Those for whom the actor may act. A list tells of the profile: nobody else reads either."""
    return Jobseeker.objects.acted_for_by(actor)


def vacancies_with_candidates(actor: User) -> VacancyQuerySet:
    """An employer's own vacancies; every vacancy for counsellors and heads. Nobody else."""
    if actor.has_role(Role.COUNSELLOR, Role.HEAD):
        return Vacancy.objects.visible_to(actor)
    return Vacancy.objects.editable_by(actor)


def can_start_runs(actor: User) -> bool:
    """Counsellors and heads may have the lists made anew."""
    return actor.has_role(Role.COUNSELLOR, Role.HEAD)


def can_read_learning(actor: User) -> bool:
    """Counsellors and heads read what the score has learned."""
    return actor.has_role(Role.COUNSELLOR, Role.HEAD)


def names_shown(actor: User, jobseeker_ids: list[int]) -> dict[int, str]:
    """Return the names an actor may read among candidates: those of people whose file she may see.

    An employer reads none: nothing of identity crosses before both said yes.
    """
    if not actor.has_role(Role.COUNSELLOR):
        return {}
    visible = people_with_openings(actor).filter(pk__in=jobseeker_ids)
    return dict(visible.values_list("pk", "user__name"))


def can_correct_profiles(actor: User) -> bool:
    """Counsellors correct what hires teach."""
    return actor.has_role(Role.COUNSELLOR)


def reads_who_corrected(actor: User) -> bool:
    """Counsellors and heads read which counsellor corrected; everybody else reads the reason and the day."""
    return actor.has_role(Role.COUNSELLOR, Role.HEAD)


def reads_interests(actor: User) -> bool:
    """Jobseekers and counsellors read what people like; whoever also hires does not."""
    return actor.has_role(Role.JOBSEEKER, Role.COUNSELLOR) and not actor.has_role(Role.EMPLOYER)
