"""What every page shows around its content: where one can go, and where the door is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.people.enums import Role
from visavis.people.models import User

# Where one goes without signing in.
PUBLIC_PAGES: list[tuple[str, str | Promise]] = [
    ("searches:jobs", _("Find an opening")),
    ("agencies:agencies", _("Where we are")),
]
# For each role its main pages, in order: address name and label.
PAGES: dict[Role, list[tuple[str, str | Promise]]] = {
    Role.JOBSEEKER: [
        ("matches:openings", _("Openings for me")),
        ("searches:jobs", _("Search")),
        ("introductions:mine", _("My introductions")),
        ("jobseekers:profile", _("My profile")),
        ("catalog:occupations", _("Occupations")),
    ],
    Role.COUNSELLOR: [
        ("portal:desk", _("My people")),
        ("searches:jobs", _("Vacancies")),
        ("catalog:occupations", _("Occupations")),
        ("matches:runs", _("Lists")),
        ("news:to_tell", _("To tell")),
    ],
    Role.RECEPTION: [("jobseekers:people", _("People"))],
    Role.HEAD: [
        ("jobseekers:people", _("People")),
        ("searches:jobs", _("Vacancies")),
        ("matches:runs", _("Lists")),
        ("vacancies:feeds", _("Feeds")),
    ],
    Role.EMPLOYER: [("vacancies:mine", _("My vacancies"))],
    Role.PROTECTION: [("people:journal", _("Journal"))],
    Role.HELPER: [],
}


@dataclass(frozen=True)
class Link:
    """One link of the navigation."""

    url: str
    label: str | Promise
    is_current: bool


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return navigation, door and demo banner for the base template."""
    return {
        "navigation": navigation(request),
        "door": {"phone": settings.VISAVIS_PHONE, "url": reverse("agencies:agencies")},
        "demo_mode": settings.DEMO,
    }


def navigation(request: HttpRequest) -> list[Link]:
    """Return the main pages of all the roles of who is signed in; a visitor's else."""
    user = getattr(request, "user", None)
    names: dict[str, str | Promise] = dict(PUBLIC_PAGES)
    if isinstance(user, User):
        names = {"portal:home": _("Home")}
        for role in Role:
            if role in user.roles:
                names |= dict(PAGES[role])
        names["people:account"] = _("My account")
    pages = [(reverse(name), label) for name, label in names.items()]
    return [Link(url, label, request.path == url) for url, label in pages]
