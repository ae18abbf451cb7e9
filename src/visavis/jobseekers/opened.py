"""The file of a person that somebody has open: whose it is, who reads it, and the addresses of its pages."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.jobseekers import permissions, services
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.noticing.admissions import WhyAsked
from visavis.people.acting import acts_for
from visavis.people.asked import AskedBy
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.people.requests import actor_of


def _files() -> QuerySet[Jobseeker]:
    return Jobseeker.objects.select_related("user", "commune__department", "agency", "counsellor")


OWN_FILE = Prepared(lambda user: _files().filter(user=user))
FILE = Prepared(lambda number: _files().filter(pk=number))


@dataclass(frozen=True)
class Opened:
    """The same pages serve her (`profile/…`) and who acts for her (`people/<id>/profile/…`)."""

    jobseeker: Jobseeker
    by: User

    @property
    def is_hers(self) -> bool:
        return self.jobseeker.user_id == self.by.pk

    def url(self, page: str, **arguments: str | int) -> str:
        if self.is_hers:
            return address(f"jobseekers:{page}", **arguments)
        return address(f"jobseekers:person_{page}", **arguments, jobseeker_id=self.jobseeker.pk)

    def url_of(self, name: str, **arguments: str | int) -> str:
        """Return the address of a page of another app, which has two names: `cvs:read` and `cvs:read_of`."""
        if self.is_hers:
            return address(name, **arguments)
        return address(f"{name}_of", **arguments, jobseeker_id=self.jobseeker.pk)

    @property
    def person_url(self) -> str:
        return address("jobseekers:person", jobseeker_id=self.jobseeker.pk)

    @property
    def name(self) -> str:
        """Return the name to show to somebody else than herself."""
        return "" if self.is_hers else self.jobseeker.user.name


def file(request: HttpRequest, jobseeker_id: int | None, thing: str) -> Opened:
    """Open one's own file, or that of somebody for whom the reader may act; else 404. The reading is journalled.

    Raises WhyAsked.
    """
    actor = actor_of(request)
    found = OWN_FILE.first(actor.pk) if jobseeker_id is None else FILE.first(jobseeker_id)
    if found is None or acts_for(actor, found.user) is None:
        raise closed(actor, found)
    note_reading(request, thing, found.pk, found)
    return Opened(found, actor)


def closed(actor: User, found: Jobseeker | None) -> Exception:
    """Return the refusal of a file: a colleague of her agency is asked why he needs it, nobody else learns of it."""
    if found is not None and permissions.may_be_admitted(actor, found.user):
        return WhyAsked(address("jobseekers:person_why", jobseeker_id=found.pk))
    return Http404()


def note_reading(request: HttpRequest, thing: str, thing_id: int, person: Jobseeker) -> None:
    """Journal that somebody else than herself reads something of hers; who sends a form has read it before."""
    if request.method != "POST" and person.user_id != request.user.pk:
        note = as_what(actor_of(request), person)
        journal.read(thing, thing_id, by=request.user.pk, person_id=person.user_id, note=note)


def as_what(actor: User, person: Jobseeker) -> str:
    """Return what the journal says beside an act: as what, where he is not her counsellor; else nothing."""
    capacity = acts_for(actor, person.user)
    return "" if capacity in (None, Capacity.HERSELF, Capacity.COUNSELLOR) else capacity


def profile(request: HttpRequest, jobseeker_id: int | None) -> Opened:
    """Open her own profile, which may be empty yet, or under its number somebody else's."""
    if jobseeker_id is None:
        return own(actor_of(request))
    sheet = file(request, jobseeker_id, "profile")
    if sheet.is_hers:
        raise Http404
    return sheet


def own(actor: User) -> Opened:
    jobseeker = services.profile_of(actor)
    if jobseeker.pk is None and not permissions.can_have_profile(actor):
        raise Http404
    return Opened(jobseeker, actor)


VISIBLE = AskedBy(
    lambda actor, number: (
        Jobseeker.objects.visible_to(actor)
        .filter(pk=number)
        .select_related("user", "commune__department", "agency", "counsellor")
        .with_presence()
    )
)


INSTEAD: list[Callable[[User, Jobseeker], str]] = []
"""Asked of a file whose account is closed: the page that says what became of it, where the actor may see one."""


def instead(actor: User, jobseeker: Jobseeker) -> str:
    """Return the page that stands in place of a closed file's head; nothing where the head is right."""
    if jobseeker.user.is_active:
        return ""
    return next((url for ask in INSTEAD if (url := ask(actor, jobseeker))), "")


@dataclass(frozen=True)
class Hint:
    """What is said to who has a person before her: one sentence, and where it is done."""

    words: str
    url: str
    label: str
    # What is read with it, as the journal names it.
    about: tuple[str, int] | None = None


HINTS: list[Callable[[User, Jobseeker], Hint | None]] = []
"""Asked of whom somebody of staff has before her: an app says itself to whom it tells what."""


def hints(actor: User, jobseeker: Jobseeker | None) -> list[Hint]:
    """Return what apps say of a person to who has her file, her visit or her ticket before him."""
    if jobseeker is None:
        return []
    return [hint for ask in HINTS if (hint := ask(actor, jobseeker))]


def visible(actor: User, jobseeker_id: int) -> Jobseeker:
    """Return a file that the actor may see at least the head of, or 404; a colleague is asked why he needs it."""
    found = VISIBLE.first(actor, jobseeker_id)
    if found is None:
        raise closed(actor, FILE.first(jobseeker_id))
    return found
