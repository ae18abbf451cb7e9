"""Who may do what with vacancies, beside what the querysets keep."""

from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.models import Employer


def can_write(actor: User) -> bool:
    """Employers for themselves; counsellors and heads for an employer who telephones."""
    return actor.has_role(Role.EMPLOYER, Role.COUNSELLOR, Role.HEAD)


def writes_for_others(actor: User) -> bool:
    """Counsellors and heads."""
    return actor.has_role(Role.COUNSELLOR, Role.HEAD)


def can_read_feeds(actor: User) -> bool:
    """Counsellors and heads."""
    return actor.has_role(Role.COUNSELLOR, Role.HEAD)


def can_have_feeds_fetched(actor: User) -> bool:
    """Heads: from there on the service asks an address outside by itself."""
    return actor.has_role(Role.HEAD)


def own_employers(actor: User) -> list[Employer]:
    """Return the employers whose people the actor is one of."""
    return list(Employer.objects.of(actor))


def may_except(actor: User) -> bool:
    """Say whether the actor may let words stand that the law forbids: counsellors and heads, with their reason."""
    return actor.has_role(Role.COUNSELLOR, Role.HEAD)


def works_for(actor: User, employer: Employer | None) -> bool:
    """Say whether the actor is one of the employer's people."""
    return employer is not None and employer.organisation_id in actor.organisation_ids(Role.EMPLOYER)
