"""Prepare, give, end. What is promised: a mandate holds until the midnight printed on it, where the person lives, and
not a moment after somebody ended it."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger as acts
from visavis.acts.ledger import Move
from visavis.agencies.zones import instant, zone_of
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.mandates import errands, telling
from visavis.mandates.enums import Act, Side, State, Way
from visavis.mandates.models import Mandate
from visavis.mandates.models.mandate import HANDLING, still_helps
from visavis.people import services as people
from visavis.people.acting import acts_for
from visavis.people.addresses import Address
from visavis.people.enums import STAFF_ROLES, Role
from visavis.people.models import Membership, Organisation, User
from visavis.tries import handed

AT_ONCE = 200
# One word each, easy to type on an old phone; none of them answers a message.
WORDS = [
    "abricot",
    "bateau",
    "bougie",
    "cabane",
    "canard",
    "castor",
    "cerise",
    "citron",
    "fenouil",
    "galet",
    "hibou",
    "jardin",
    "lavande",
    "lilas",
    "moulin",
    "noisette",
    "olive",
    "panier",
    "papillon",
    "pomme",
    "radis",
    "renard",
    "sapin",
    "soleil",
    "tilleul",
    "tulipe",
    "valise",
    "violon",
]


class NotNow(acts.NotNow):
    """The act does not go with the state of the mandate."""

    words = _("This mandate has changed meanwhile. Here is where it stands.")


class WrongCode(Refused):
    """No mandate waits for this code."""

    words = _("No mandate waits for this code, or it is older than two weeks. Ask the person for a new one.")


class CannotHelp(Refused):
    """Who works for the service acts as that, and nobody helps herself."""

    words = _("This account cannot act for others: it works for the service, or it is the person’s own.")


class NothingAsked(Refused):
    """A mandate for nothing."""

    words = _("Choose at least one thing that the helper may do.")


class TooMany(Refused):
    """More mandates than words that end them."""

    words = _("There are too many mandates at once. End one of them first.")


class Ledger(acts.Ledger):
    """What one act does: its steps, and the journal, which is written last."""

    refusal = NotNow


@dataclass(frozen=True)
class Asked:
    """What a mandate is to be for, and for how long."""

    days: int
    errands: Sequence[str]


@dataclass(frozen=True)
class Named:
    """A helper named at the counter: her e-mail, her name, the organisation she works for if for one."""

    email: str
    name: str
    organisation: str = ""


# Preparing -------------------------------------------------------------------------------------------


def offer(*, person: User, asked: Asked, by: User, way: Way = Way.WEB) -> tuple[Mandate, str]:
    """Prepare a mandate with a code for the helper; the code is returned this once. Raises NothingAsked, TooMany."""
    code = handed.drawn()
    digest = handed.digest("mandates", code)
    row = _prepared(person, asked, Side.PERSON, way, by=by, digest=digest)
    return row, code


def prepare(*, person: User, asked: Asked, named: Named, by: User) -> Mandate:
    """Prepare a mandate on paper, for a helper who is named. Raises NothingAsked, TooMany, CannotHelp."""
    with transaction.atomic():
        organisation = _organisation(named.organisation)
        helper = User.objects.filter(email=named.email, is_active=True).first() or people.open_account(
            name=named.name, address=Address("email", named.email), language=person.language, by=by
        )
        _check_helper(helper, person)
        _give_role(helper, organisation, by)
        return _prepared(
            person, asked, Side.AGENCY, Way.COUNTER, by=by, helper=helper, organisation=organisation
        )


def _prepared(person: User, asked: Asked, side: Side, way: Way, *, by: User, **more: object) -> Mandate:
    whole = errands.whole(asked.errands)
    if not whole:
        raise NothingAsked
    with acts.acting(Ledger) as ledger:
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        taken = set(Mandate.objects.not_over().filter(person=person).values_list("word", flat=True))
        free = [one for one in WORDS if one not in taken]
        if not free:
            raise TooMany
        row = Mandate(
            person=person, days=asked.days, errands=whole, way=way, word=secrets.choice(free), **more
        )
        ledger.step(row, Move(Act.OFFER, side, State.OFFERED, by))
    return row


def _organisation(name: str) -> Organisation | None:
    """Return an organisation of helpers by its name, however it is written; made where there is none."""
    if not name.strip():
        return None
    found = Organisation.objects.filter(kind=Organisation.Kind.HELPING, name__iexact=name.strip()).first()
    return found or Organisation.objects.create(kind=Organisation.Kind.HELPING, name=name.strip())


def _check_helper(helper: User, person: User) -> None:
    if helper.pk == person.pk or helper.roles & STAFF_ROLES:
        raise CannotHelp


def _give_role(helper: User, organisation: Organisation | None, by: User) -> None:
    """Make her a helper of this organisation, or outside of any, unless she is one."""
    held = Membership.objects.current().filter(user=helper, role=Role.HELPER, organisation=organisation)
    if not held.exists():
        people.give_role(user=helper, role=Role.HELPER, by=by, organisation=organisation)


# Beginning -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Newcomer:
    """Who types a code without being signed in: known by her e-mail, or about to be."""

    name: str
    email: str
    language: str


def take(*, code: str, helper: User | Newcomer) -> Mandate:
    """Begin what waits for a code; who typed it helps, for herself and no organisation. Raises WrongCode, CannotHelp.

    Typed without signing in, the code opens nothing by itself: she signs in by a code sent to her e-mail.
    """
    with transaction.atomic():
        since = clock.now() - Mandate.WAITS
        digest = handed.digest("mandates", code)
        waiting = Mandate.objects.filter(state=State.OFFERED, helper=None, offered_at__gt=since)
        row = waiting.select_for_update(of=("self",)).with_words().filter(digest=digest).first()
        if row is None:
            raise WrongCode
        if isinstance(helper, Newcomer):
            known = User.objects.filter(email=helper.email, is_active=True).first()
            address = Address("email", helper.email)
            helper = known or people.open_account(name=helper.name, address=address, language=helper.language)
        _check_helper(helper, row.person)
        _give_role(helper, None, helper)
        _begin(row, Side.HELPER, Way.WEB, helper, helper=helper, digest="")
    return row


def record_signed(*, mandate: Mandate, by: User) -> Mandate:
    """Begin what was signed on paper. Raises NotNow."""
    with transaction.atomic():
        row = acts.read_anew(Mandate.objects.with_words(), mandate.pk)
        if row.helper is None or row.waits_until < clock.now():
            raise NotNow
        _begin(row, Side.AGENCY, Way.COUNTER, by)
    return row


def _begin(row: Mandate, side: Side, way: Way, by: User, **changes: object) -> None:
    """Count its days from today, by the clock where she lives."""
    zone = zone_where(row.person)
    first = clock.now().astimezone(zone).date()
    last = first + dt.timedelta(days=row.days - 1)
    ends_at = instant(last, 24 * 60, zone)
    with acts.acting(Ledger) as ledger:
        move = Move(Act.GIVE, side, State.GIVEN, by)
        ledger.step(row, move, way=way, first_day=first, last_day=last, ends_at=ends_at, **changes)
    telling.begun(row)


def zone_where(person: User) -> ZoneInfo:
    """Return the clock on the wall where a person lives; of her agency where that is not known; else the site's."""
    jobseeker = getattr(person, "jobseeker", None)
    commune = jobseeker.commune if jobseeker is not None else None
    if commune is None and jobseeker is not None and jobseeker.agency is not None:
        commune = jobseeker.agency.commune
    return zone_of(commune.department_id if commune is not None else "")


# Ending ----------------------------------------------------------------------------------------------


def end(*, mandate: Mandate, by: User, way: Way = Way.WEB) -> Mandate:
    """End a mandate at once, or what is prepared and has not begun. Who is over already stays so."""
    with transaction.atomic():
        row = acts.read_anew(Mandate.objects.with_words(), mandate.pk)
        if not row.is_standing:
            return row
        side = _side(row, by)
        begun = row.state == State.GIVEN
        act, target = (Act.REVOKE, State.REVOKED) if begun else (Act.DROP, State.DROPPED)
        with acts.acting(Ledger) as ledger:
            ledger.step(row, Move(act, side, target, by), way=way, digest="")
        if begun:
            telling.ended(row)
    return row


def _side(row: Mandate, by: User) -> Side:
    if by.pk == row.person_id:
        return Side.PERSON
    return Side.HELPER if by.pk == row.helper_id else Side.AGENCY


def over(now: dt.datetime) -> QuerySet[Mandate]:
    """Find the mandates whose midnight has come, or whose helper does not hold the role any more."""
    given = Mandate.objects.filter(state=State.GIVEN)
    return given.filter(ends_at__lte=now) | given.exclude(still_helps())


def sweep() -> int:
    """End what is over, let go of what nobody began, and tell people of the visits that are over; return how many."""
    now = clock.now()
    waited = Mandate.objects.filter(state=State.OFFERED, offered_at__lte=now - Mandate.WAITS)
    done = 0
    for number in list(over(now).values_list("pk", flat=True)[:AT_ONCE]):
        done += _let_end(number, Act.END, State.ENDED, over(now))
    for number in list(waited.values_list("pk", flat=True)[:AT_ONCE]):
        done += _let_end(number, Act.DROP, State.DROPPED, waited)
    return done + telling.tell_visits(now)


def _let_end(number: int, act: Act, target: State, still: QuerySet[Mandate]) -> int:
    with transaction.atomic():
        row = Mandate.objects.select_for_update(of=("self",)).with_words().get(pk=number)
        if not still.filter(pk=number).exists():
            return 0
        with acts.acting(Ledger) as ledger:
            ledger.step(row, Move(act, Side.SERVICE, target), way=Way.TIME, digest="")
        if act == Act.END:
            telling.ended(row)
    return 1


def may_handle(actor: User, person: User) -> bool:
    """Say whether somebody of the agency may prepare and end mandates for a person: her counsellor, her counter."""
    return actor.pk != person.pk and acts_for(actor, person, *HANDLING) is not None
