"""The parts of a profile as a counsellor reads them; the questions themselves speak to the person."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PARTS: dict[str, Promise] = {
    "wanted": _("Work wanted"),
    "experience": _("Experience"),
    "education": _("Education and training"),
    "skills": _("Skills"),
    "languages": _("Languages"),
    "licences": _("Licences"),
    "place": _("Where the person lives"),
    "reach": _("How far"),
    "contracts": _("Contracts"),
    "hours": _("Hours a week"),
    "start": _("First possible day"),
    "pay": _("Lowest pay"),
    "conditions": _("What to avoid"),
    "interests": _("Interests"),
    "about": _("In own words"),
}


def part(slug: str) -> str:
    """Return what a part of the profile is called."""
    return str(PARTS.get(slug, _("the profile")))
