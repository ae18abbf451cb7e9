"""The passage through which somebody acts for a person: her own pages, mounted under an address of their own.

A helper's is `/for/<mandate>/`; an app above mounts them by another right (`counter`). The person stands in the address
and, signed for who acts, in each form; never in the session. While the passage is open she is the one who asks, so that
every page and service decides as for her, and the journal writes who it was.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property, lru_cache
from typing import Any

from django.contrib.messages.storage import default_storage
from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, get_urlconf, resolve, set_script_prefix
from django.urls.resolvers import ResolverMatch
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal import under as mandates
from visavis.journal.models import Entry
from visavis.journal.under import Under
from visavis.mandates.errands import Errand, errand_for
from visavis.mandates.models import Mandate
from visavis.mandates.sessions import SessionOf
from visavis.people.models import User

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
# Shorter than this it is a choice, or a date, and quickly given once more.
WRITTEN = 20
FIELD, SALT = "acting_for", "visavis.mandates.form"
FORMS = "multipart/form-data"


class NotCovered(Refused):
    """The mandate does not name it."""

    words = _("The mandate does not cover this. The person can do it, or give you a wider mandate.")


class OtherForm(Refused):
    """The form was made for another person, another helper, or outside of a mandate."""

    words = _("This form belongs to another page. Nothing was changed: open the page again, then answer.")


class Passage(ABC):
    """A right to act for somebody, as one request goes through it: what the base template and the navigation ask.

    `place` names it in sessions and in forms, `prefix` is the address under which her pages are mounted.
    """

    banner = "ui/acting.html"
    refusal: type[Refused] = NotCovered
    place: str
    prefix: str
    number: int

    def __init__(self, person: User, helper: User) -> None:
        self.person, self.helper = person, helper

    @abstractmethod
    def errand_named(self, name: str, arguments: dict[str, Any], *, answers: bool) -> Errand | None:
        """Return what opens an address by its name, to be read or to be answered; None where nothing does."""

    @abstractmethod
    def under(self) -> Under:
        """Return what the journal writes beside each act."""

    @abstractmethod
    def still_holds(self) -> bool:
        """Ask once more, and hold it until the end of the transaction."""

    @cached_property
    def bond(self) -> str:
        """Return what each form of this passage carries."""
        return signing.dumps(self._bound, salt=SALT)

    @property
    def _bound(self) -> list[Any]:
        return [self.place, self.person.pk, self.helper.pk]

    def is_of(self, bond: str) -> bool:
        """Say whether a form was made for this passage, its person and who acts."""
        try:
            told = signing.loads(bond, salt=SALT)
        except signing.BadSignature:
            return False
        return bool(told == self._bound)

    def errand(self, found: ResolverMatch, *, answers: bool) -> Errand | None:
        """Return what opens an address."""
        return self.errand_named(found.view_name, found.kwargs, answers=answers)

    def opens(self, path: str, *, answers: bool = False) -> bool:
        """Say whether a path of this passage is covered."""
        found = self.leads_to(path)
        return found is not None and self.errand(found, answers=answers) is not None

    def leads_to(self, path: str) -> ResolverMatch | None:
        """Return what a path of this passage names among her pages, for a link to be kept or taken away."""
        page = path.partition("?")[0].partition("#")[0].removeprefix(self.prefix)
        return _remembered(page, get_urlconf())

    def covers(self, name: str) -> bool:
        """Say whether an address without arguments is covered, by its name: for the navigation."""
        return self.errand_named(name, {}, answers=False) is not None


class UnderMandate(Passage):
    """A helper's passage: as wide as the mandate."""

    def __init__(self, mandate: Mandate, helper: User) -> None:
        super().__init__(mandate.person, helper)
        self.mandate, self.number = mandate, mandate.pk
        self.place, self.prefix = str(mandate.pk), f"/for/{mandate.pk}/"

    def errand_named(self, name: str, arguments: dict[str, Any], *, answers: bool) -> Errand | None:
        return errand_for(self.mandate.errands, name, arguments, answers=answers)

    def under(self) -> Under:
        return Under(self.mandate.pk, self.person.pk, self.helper.pk)

    def still_holds(self) -> bool:
        # Held until the act is done: who ends the mandate at this moment waits for it, or it does not begin.
        held = Mandate.objects.in_force().select_for_update(of=("self",))
        return held.filter(pk=self.mandate.pk).first() is not None


def found_at(page: str) -> ResolverMatch | None:
    """Return what answers at an address of the person's own pages."""
    return _named_at(page, get_urlconf())


def _named_at(page: str, urlconf: str | None) -> ResolverMatch | None:
    try:
        return resolve(f"/{page}", urlconf)
    except Resolver404:
        return None


# What a link names is the same as long as the process lives, and a page has a hundred of them; whether it is covered is
# asked anew each time.
_remembered = lru_cache(maxsize=4096)(_named_at)


@contextmanager
def within(passage: Passage) -> Iterator[Under]:
    """Make addresses lead through the passage, and have the journal write who acts for whom."""
    before = get_script_prefix()
    set_script_prefix(passage.prefix)
    try:
        with mandates.acting(passage.under()) as under:
            yield under
    finally:
        set_script_prefix(before)


@contextmanager
def as_her(request: Any, passage: Passage, found: ResolverMatch, page: str) -> Iterator[Under]:
    """Let the person be the one who asks, for the time of one view; afterwards it is the helper again."""
    names = ("user", "session", "_messages", "resolver_match", "path_info")
    before = {name: getattr(request, name) for name in names}
    request.user, request.session = passage.person, SessionOf(request.session, passage.place)
    request._messages = default_storage(request)
    request.resolver_match, request.path_info = found, f"/{page}"
    try:
        with within(passage) as under:
            yield under
    finally:
        for name, value in before.items():
            setattr(request, name, value)


def go_through(
    request: HttpRequest,
    passage: Passage,
    found: ResolverMatch,
    page: str,
    view: Callable[[HttpRequest], HttpResponse],
) -> HttpResponse:
    """Answer one request as the person's own page does, if it is covered. Raises the passage's refusal, OtherForm."""
    answers = request.method not in SAFE
    errand = passage.errand(found, answers=answers)
    if errand is None:
        raise passage.refusal
    if not answers:
        with as_her(request, passage, found, page):
            journal.read(errand.thing, passage.number, by=passage.helper.pk, person_id=passage.person.pk)
            return _rendered(request, view(request))
    # A page that takes files reads the body itself, in its own way: of its forms the bond stands in the address.
    reads_itself = getattr(found.func, "csrf_exempt", False)
    bond = request.GET.get(FIELD, "") if reads_itself else request.POST.get(FIELD, "")
    if not passage.is_of(bond):
        raise OtherForm
    with transaction.atomic():
        if not passage.still_holds():
            raise passage.refusal
        with as_her(request, passage, found, page) as under:
            response = _rendered(request, view(request))
            if 300 <= response.status_code < 400 and not has_acted(under):
                # Something was kept that writes no entry of its own.
                act = journal.Act(Entry.Action.CHANGED, errand.thing, None, passage.person.pk)
                journal.record(act, by=passage.helper.pk)
    return response


def has_acted(under: Under) -> bool:
    """Say whether anything but readings was written."""
    return any(entry.action != Entry.Action.READ for entry in under.stamped)


def _rendered(request: Any, response: HttpResponse) -> HttpResponse:
    """Render what would be rendered outside of the passage, and keep the page’s messages in its part of the session."""
    render: Any = getattr(response, "render", None)
    if callable(render) and not getattr(response, "is_rendered", True):
        render()
    request._messages.update(response)
    return response


def written(request: HttpRequest, passage: Passage) -> list[str]:
    """Return the sentences sent by a form of a passage that is over, and of no other: to be given back to who wrote."""
    if request.content_type == FORMS or not passage.is_of(request.POST.get(FIELD, "")):
        return []
    sent = [str(text) for name, text in request.POST.items() if name not in {FIELD, "csrfmiddlewaretoken"}]
    return [text for text in sent if len(text) >= WRITTEN and " " in text.strip()]


def entered[P: Passage](request: HttpRequest, passage: P) -> P:
    """Let the base template and the navigation know of a passage, and return it."""
    given: Any = request
    given.acting = passage
    return passage


def rendered_apart(request: Any, passage: Passage, template: str, context: dict[str, Any]) -> HttpResponse:
    """Render a page beside hers; what was said on hers is said here, and on no page of another person."""

    class Apart:
        META, session = request.META, SessionOf(request.session, passage.place)

    own, request._messages = request._messages, default_storage(Apart)  # type: ignore[arg-type]
    response = render(request, template, context)
    request._messages.update(response)
    request._messages = own
    return response
