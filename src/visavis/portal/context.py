"""What every page shows around its content: where one can go, and where the door is."""

from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from visavis.common.addresses import address
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.portal.ways.registry import act_of


@dataclass(frozen=True)
class Page:
    """A main page: where it is, what it is called, and in few letters with a symbol on a phone."""

    name: str
    label: str | Promise
    short: str | Promise
    icon: str


HOME = Page("portal:home", _("Home"), _("Home"), "home")
ACCOUNT = Page("people:account", _("My account"), _("My account"), "person")
EMPLOYERS = pgettext_lazy("in a row of five", "Employers")
# Where one goes without signing in.
PUBLIC_PAGES = [
    Page("portal:door", _("Home"), _("Home"), "home"),
    Page("searches:jobs", _("Find an opening"), _("Openings"), "search"),
    Page("employers:door", _("I hire"), _("I hire"), "employer"),
    Page("agencies:agencies", _("Where we are"), _("Where we are"), "place"),
]
# For each role its main pages, those of every day first: a phone shows four, the others behind "More".
PAGES: dict[Role, list[Page]] = {
    Role.JOBSEEKER: [
        Page("matches:openings", pgettext_lazy("in a row", "Openings for me"), _("For me"), "work"),
        Page("searches:jobs", _("Search"), _("Search"), "search"),
        Page("mailboxes:mine", _("Messages"), _("Messages"), "mail"),
        Page("introductions:mine", _("Introductions"), _("Introductions"), "people"),
        Page("appointments:mine", _("Appointments"), _("Appointments"), "calendar"),
        Page("documents:mine", _("Documents"), _("Documents"), "read"),
        Page("casefiles:mine", _("Follow-up"), _("Follow-up"), "done"),
        Page("jobseekers:profile", _("My profile"), _("My profile"), "person"),
        Page("catalog:occupations", _("Occupations"), _("Occupations"), "idea"),
    ],
    Role.COUNSELLOR: [
        Page("portal:desk", pgettext_lazy("in a row", "My people"), _("People"), "people"),
        Page("mailboxes:box", _("Letterbox"), _("Messages"), "mail"),
        Page("appointments:agenda", _("Appointments"), _("Appointments"), "calendar"),
        Page("queues:index", pgettext_lazy("in a row", "The queue"), _("Queue"), "wait"),
        Page("searches:jobs", _("Vacancies"), _("Vacancies"), "work"),
        Page("news:to_tell", _("To tell"), _("To tell"), "phone"),
        Page("employers:desk", EMPLOYERS, EMPLOYERS, "employer"),
        Page("catalog:occupations", _("Occupations"), _("Occupations"), "idea"),
        Page("matches:runs", _("Lists"), _("Lists"), "refresh"),
    ],
    Role.RECEPTION: [
        Page("queues:index", pgettext_lazy("in a row", "The queue"), _("Queue"), "wait"),
        Page("jobseekers:people", _("People"), _("People"), "people"),
        Page("appointments:agenda", _("Appointments"), _("Appointments"), "calendar"),
        Page("news:post", _("Letters to post"), _("Letters"), "mail"),
        Page("scans:tray", _("Paper that came in"), _("Paper"), "download"),
    ],
    Role.HEAD: [
        Page("jobseekers:people", _("People"), _("People"), "people"),
        Page("searches:jobs", _("Vacancies"), _("Vacancies"), "work"),
        Page("employers:desk", EMPLOYERS, EMPLOYERS, "employer"),
        Page("matches:runs", _("Lists"), _("Lists"), "refresh"),
        Page("vacancies:feeds", _("Feeds"), _("Feeds"), "download"),
    ],
    Role.EMPLOYER: [
        Page("vacancies:mine", _("My vacancies"), _("Vacancies"), "work"),
        Page("employers:mine", _("My team"), _("My team"), "people"),
    ],
    Role.PROTECTION: [Page("people:journal", _("Journal"), _("Journal"), "read")],
    Role.HELPER: [],
}
# As many as stand in one row at 320 pixels; what does not fit waits behind the last, "More".
IN_A_ROW = 5
# As many letters stand in one row at 1,280 pixels, with two between pages: those of who has many roles do not.
LETTERS, BETWEEN = 137, 2


@dataclass(frozen=True)
class Link:
    """One link of the navigation."""

    url: str
    label: str | Promise
    short: str | Promise
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Navigation:
    """The main pages: those always in sight, and those that a phone keeps behind "More"."""

    first: list[Link]
    more: list[Link]

    @property
    def is_in_more(self) -> bool:
        return any(link.is_current for link in self.more)

    @property
    def fits(self) -> bool:
        """Say whether all of them stand in one row of a wide page."""
        links = [*self.first, *self.more]
        return sum(len(str(link.label)) + BETWEEN for link in links) <= LETTERS


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Return navigation, door and demo banner for the base template."""
    return {
        "navigation": navigation(request),
        "door": {"phone": settings.VISAVIS_PHONE, "url": address("agencies:agencies"), "how": how(request)},
        "demo_mode": settings.DEMO,
        "acting": getattr(request, "acting", None),
    }


def how(request: HttpRequest) -> str:
    """Return where the other ways of this page's act are told; of all acts where the page serves none of hers."""
    user, found = getattr(request, "user", None), request.resolver_match
    who = "jobseeker"
    if isinstance(user, User):
        if user.is_service_staff:
            return ""
        who = "employer" if user.has_role(Role.EMPLOYER) else who
    act = act_of(found.view_name, who) if found else None
    return reverse("portal:how_to", kwargs={"slug": act.slug}) if act else address("portal:how")


def navigation(request: HttpRequest) -> Navigation:
    """Return the main pages of all the roles of who is signed in, each once; a visitor's else."""
    user = getattr(request, "user", None)
    if acting := getattr(request, "acting", None):
        return within_mandate(request, acting)
    pages = PUBLIC_PAGES
    if isinstance(user, User):
        pages = [HOME, *(page for role in Role if role in user.roles for page in PAGES[role]), ACCOUNT]
    links = [link(page, request.path) for page in {page.name: page for page in pages}.values()]
    if len(links) <= IN_A_ROW:
        return Navigation(links, [])
    return Navigation(links[: IN_A_ROW - 1], links[IN_A_ROW - 1 :])


def within_mandate(request: HttpRequest, acting: Any) -> Navigation:
    """Return what a helper may open of a person’s main pages (`mandates/passage.py`), after her page."""
    first = Link(acting.prefix, _("What you may do"), _("The person"), "home", request.path == acting.prefix)
    covered = [page for page in PAGES[Role.JOBSEEKER] if acting.covers(page.name)]
    links = [first, *(through(link(page, request.path), acting.prefix) for page in covered)]
    if len(links) <= IN_A_ROW:
        return Navigation(links, [])
    return Navigation(links[: IN_A_ROW - 1], links[IN_A_ROW - 1 :])


def through(one: Link, prefix: str) -> Link:
    """Lead through the passage: within it addresses do so by themselves, on the pages before it they do not."""
    return one if one.url.startswith(prefix) else replace(one, url=prefix + one.url.removeprefix("/"))


def link(page: Page, path: str) -> Link:
    url = address(page.name)
    return Link(url, page.label, page.short, page.icon, path == url)
