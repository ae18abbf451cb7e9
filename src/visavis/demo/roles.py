"""Who one can be in the demonstration."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.people.enums import Role
from visavis.people.models import Membership, User


@dataclass(frozen=True)
class DemoRole:
    """A role and what to look at first."""

    slug: str
    role: Role
    label: str | Promise
    hint: str | Promise


ROLES = (
    DemoRole("jobseeker", Role.JOBSEEKER, _("a jobseeker"), _("See the openings that suit you, and why.")),
    DemoRole(
        "counsellor",
        Role.COUNSELLOR,
        _("her counsellor"),
        _("See the people you follow and propose openings."),
    ),
    DemoRole("employer", Role.EMPLOYER, _("an employer"), _("Write a vacancy and see who suits it.")),
    DemoRole("reception", Role.RECEPTION, _("the reception"), _("Open a file for a person at the counter.")),
    DemoRole("head", Role.HEAD, _("the agency head"), _("See the agency’s figures and hours.")),
    DemoRole(
        "protection", Role.PROTECTION, _("the data protection officer"), _("See who did and read what.")
    ),
    DemoRole("helper", Role.HELPER, _("a helper"), _("See what a helper finds before a mandate.")),
)


def person(slug: str) -> User | None:
    """Return the demonstration's person for a role: the first who holds it."""
    for role in ROLES:
        if role.slug == slug:
            held = Membership.objects.filter(role=role.role).order_by("pk").select_related("user").first()
            return held.user if held else None
    return None
