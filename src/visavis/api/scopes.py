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
    ALERTS_READ = "alerts:read", _("Read the searches that tell of new openings")
    ALERTS_WRITE = "alerts:write", _("Keep and stop searches that tell of new openings")
    MESSAGES_READ = "messages:read", _("Read what I and the agency write to each other")
    MESSAGES_WRITE = "messages:write", _("Write to the agency")
    DOCUMENTS_READ = "documents:read", _("Read which documents are asked of me, and what I sent")
    DOCUMENTS_WRITE = "documents:write", _("Send documents, and take them back")
    APPOINTMENTS_READ = "appointments:read", _("Read my appointments, with the link of those by video")
    APPOINTMENTS_WRITE = "appointments:write", _("Book, move and cancel appointments")
    PLAN_READ = "plan:read", _("Read my plan, and the minutes that are shared with me")
    PLAN_WRITE = "plan:write", _("Change my plan, and agree to it")
    ACCOUNT_READ = "account:read", _("Read how I am reached, who may act for me, and what I agreed to")
    PEOPLE_WRITE = "people:write", _("Open files for people")
    EMPLOYERS_ASK = "employers:ask", _("Ask for employers’ accounts")
    TEAM_READ = "team:read", _("Read who belongs to my team")
    # What hurts most in the wrong hands stands apart (`GRAVE`).
    TEAM_WRITE = "team:write", _("Let colleagues into my team")
    REACH_WRITE = "reach:write", _("Change my name, my postal address and how I am reached")
    MANDATES_WRITE = "mandates:write", _("Let somebody act for me, and end it")
    CONSENTS_WRITE = "consents:write", _("Agree to something in my name, and take it back")
    DATA_READ = "data:read", _("Take away all that is kept about me")
    ACCOUNT_CLOSE = "account:close", _("Close my account")


# Never ticked with others, told at once by a message, and over after a week.
GRAVE = frozenset(
    {
        Scope.TEAM_WRITE,
        Scope.REACH_WRITE,
        Scope.MANDATES_WRITE,
        Scope.CONSENTS_WRITE,
        Scope.DATA_READ,
        Scope.ACCOUNT_CLOSE,
    }
)
GRAVE_DAYS = 7

_VACANCIES = {Scope.VACANCIES_READ, Scope.VACANCIES_WRITE, Scope.CANDIDATES_READ}
_TOGETHER = {Scope.INTRODUCTIONS_READ, Scope.INTRODUCTIONS_WRITE, Scope.HIRES_READ, Scope.HIRES_WRITE}
_HERS = {
    Scope.ALERTS_READ,
    Scope.ALERTS_WRITE,
    Scope.MESSAGES_READ,
    Scope.MESSAGES_WRITE,
    Scope.DOCUMENTS_READ,
    Scope.DOCUMENTS_WRITE,
    Scope.APPOINTMENTS_READ,
    Scope.APPOINTMENTS_WRITE,
    Scope.PLAN_READ,
    Scope.PLAN_WRITE,
    Scope.ACCOUNT_READ,
    Scope.REACH_WRITE,
    Scope.MANDATES_WRITE,
    Scope.CONSENTS_WRITE,
    Scope.DATA_READ,
    Scope.ACCOUNT_CLOSE,
}
BY_ROLE: dict[Role, frozenset[Scope]] = {
    Role.JOBSEEKER: frozenset(
        {
            Scope.VACANCIES_READ,
            Scope.PROFILE_READ,
            Scope.PROFILE_WRITE,
            Scope.MATCHES_READ,
            Scope.OPINIONS_WRITE,
            *_TOGETHER,
            *_HERS,
        }
    ),
    Role.EMPLOYER: frozenset(
        {*_VACANCIES, *_TOGETHER, Scope.EMPLOYERS_ASK, Scope.TEAM_READ, Scope.TEAM_WRITE}
    ),
    Role.COUNSELLOR: frozenset(
        {*_VACANCIES, Scope.PEOPLE_READ, Scope.PEOPLE_WRITE, Scope.EMPLOYERS_ASK, *_TOGETHER}
    ),
    Role.HEAD: frozenset({*_VACANCIES, Scope.EMPLOYERS_ASK}),
    Role.RECEPTION: frozenset({Scope.VACANCIES_READ, Scope.PEOPLE_WRITE}),
    Role.PROTECTION: frozenset({Scope.VACANCIES_READ}),
    Role.HELPER: frozenset({Scope.VACANCIES_READ}),
}


def grantable(user: User) -> list[Scope]:
    """Return what she may grant today, by her roles, in the order of the list."""
    held: set[Scope] = set().union(*(BY_ROLE[role] for role in user.roles))
    return [scope for scope in Scope if scope in held]
