"""What a token may be for. A role may grant some of it; a token never gives more than the person has today."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.people.enums import Role
from visavis.people.models import User


class Scope(models.TextChoices):
    """One thing that a program may do in a person's name."""

    VACANCIES_READ = "vacancies:read", _("Read vacancies, drafts of mine too")
    VACANCIES_WRITE = "vacancies:write", _("Write, publish and close vacancies")
    CANDIDATES_READ = "candidates:read", _("Read who suits a vacancy, without identity")
    PROFILE_READ = "profile:read", _("Read my profile")
    PROFILE_WRITE = "profile:write", _("Change my profile")
    MATCHES_READ = "matches:read", _("Read my list of openings and its reasons")
    OPINIONS_WRITE = "opinions:write", _("Say what I think of an opening")
    PEOPLE_READ = "people:read", _("Read the profiles and lists of the people I accompany")
    INTRODUCTIONS_READ = "introductions:read", _("Read introductions")
    INTRODUCTIONS_WRITE = "introductions:write", _("Answer and propose introductions")
    HIRES_READ = "hires:read", _("Read hires")
    HIRES_WRITE = "hires:write", _("Declare and confirm hires")


_VACANCIES = {Scope.VACANCIES_READ, Scope.VACANCIES_WRITE, Scope.CANDIDATES_READ}
_TOGETHER = {Scope.INTRODUCTIONS_READ, Scope.INTRODUCTIONS_WRITE, Scope.HIRES_READ, Scope.HIRES_WRITE}
BY_ROLE: dict[Role, frozenset[Scope]] = {
    Role.JOBSEEKER: frozenset(
        {
            Scope.VACANCIES_READ,
            Scope.PROFILE_READ,
            Scope.PROFILE_WRITE,
            Scope.MATCHES_READ,
            Scope.OPINIONS_WRITE,
            *_TOGETHER,
        }
    ),
    Role.EMPLOYER: frozenset({*_VACANCIES, *_TOGETHER}),
    Role.COUNSELLOR: frozenset({*_VACANCIES, Scope.PEOPLE_READ, *_TOGETHER}),
    Role.HEAD: frozenset(_VACANCIES),
    Role.RECEPTION: frozenset({Scope.VACANCIES_READ}),
    Role.PROTECTION: frozenset({Scope.VACANCIES_READ}),
    Role.HELPER: frozenset({Scope.VACANCIES_READ}),
}


def grantable(user: User) -> list[Scope]:
    """Return what she may grant today, by her roles, in the order of the list."""
    held: set[Scope] = set().union(*(BY_ROLE[role] for role in user.roles))
    return [scope for scope in Scope if scope in held]
