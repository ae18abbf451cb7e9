"""What happens to an employer's account: asked for, checked, opened or refused. Taking down is in taking_down.py.

Guarantees: what is not in the table is refused (NotNow), a page that is no longer true is refused (Moved),
an account is opened only after a check that said yes; a call that says yes went to a number that the agency
found itself, and papers say yes only of a private person who employs at home.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.employers import members, telling
from visavis.employers.enums import OF_REFUSING, Act, Kind, Outcome, Reason, Side, State, Way
from visavis.employers.models import Account, Check, Joining
from visavis.employers.steps import Ledger, Move, Moved, NotNow, NotYours, acting, acting_on
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people import services as people
from visavis.people.enums import Role
from visavis.people.models import Organisation, User
from visavis.vacancies.models import Employer

__all__ = [
    "Asked", "Moved", "NotChecked", "NotNow", "NotSaidWhere", "NotYours", "PapersAlone", "SameNumber", "Seen",
    "TooMany", "ask", "learnt", "note_check", "open_account", "refuse", "take_up", "withdraw",
]  # fmt: skip

MOST_ASKED = 5


class TooMany(Refused):
    """One person asks for many accounts at once."""

    words = _("You have asked for several accounts already. Wait for our answer, or call us.")


class WithoutSiret(Refused):
    """Only the agency opens an account for who has no SIRET."""

    words = _("Without a SIRET, call us: we open the account with you.")


class SameNumber(Refused):
    """The number that was called is the one that the request gave."""

    words = _(
        "This is the number given in the request: whoever asked would answer. "
        "Find another one, or say where you saw this one published."
    )


class NotSaidWhere(Refused):
    """The number of the request counts only with the place where it is published."""

    words = _("Say where exactly you saw this number published: it is kept with the check.")


class PapersAlone(Refused):
    """Papers are a yes only of a private person who employs at home."""

    words = _(
        "Papers alone open an account only for a private person who employs at home. "
        "Call a number that you found yourself."
    )


class NotChecked(Refused):
    """No check has said yes."""

    words = _("Write down first a check that says yes: the account opens after it.")


class NoReason(Refused):
    """A no needs one of the reasons of the list."""

    words = _("Choose a reason: the employer reads it.")


@dataclass(frozen=True)
class Asked:
    """What an employer says of itself."""

    name: str
    siret: str = ""
    kind: Kind = Kind.COMPANY
    phone: str = ""
    looking_for: str = ""


@dataclass(frozen=True)
class Seen:
    """What a check was: how, with whom, and what it said."""

    way: Way
    spoken_to: str
    outcome: Outcome
    number: str = ""
    found: str = ""
    details: str = ""
    is_published: bool = False


# Asking ----------------------------------------------------------------------------------------------


def ask(*, asked: Asked, contact: User, by: User | None) -> Account | Joining:
    """Ask for an account; where the SIRET has one already, ask its people to join it.

    `by` is the contact himself, or the agency while he telephones, or nobody: the installation.
    Raises WithoutSiret, TooMany, members.AlreadyYours.
    """
    by_himself = by is not None and by.pk == contact.pk
    if by_himself and not asked.siret:
        raise WithoutSiret
    if by_himself and Account.objects.to_check().filter(contact=contact).count() >= MOST_ASKED:
        raise TooMany
    try:
        with acting() as ledger:
            if standing := _standing(asked.siret):
                return members.ask_to_join(account=standing, user=contact, by=by)
            origin = Side.EMPLOYER if by_himself else Side.AGENCY
            row = Account(
                kind=asked.kind,
                name=asked.name.strip(),
                siret=asked.siret,
                origin=origin,
                contact=contact,
                phone=asked.phone,
                looking_for=asked.looking_for.strip(),
            )
            ledger.step(row, Move(Act.ASK, origin, State.ASKED, by))
            return row
    except IntegrityError as error:
        if standing := _standing(asked.siret):
            return members.ask_to_join(account=standing, user=contact, by=by)
        raise NotNow from error


def _standing(siret: str) -> Account | None:
    return Account.objects.living().filter(siret=siret).first() if siret else None


def withdraw(*, account: Account, by: User) -> Account:
    """Who asked takes the request back before it is decided. Raises NotNow, NotYours."""
    with acting() as ledger:
        row = Account.objects.select_for_update().get(pk=account.pk)
        if row.contact_id != by.pk:
            raise NotYours
        ledger.step(row, Move(Act.WITHDRAW, Side.EMPLOYER, State.WITHDRAWN, by), decided_at=clock.now())
        _decline_who_waits(row, by)
    return row


# Checking --------------------------------------------------------------------------------------------


def take_up(*, account: Account, by: User, seen: int | None = None) -> Account:
    """Somebody of the agency begins the check: the others see who. Raises NotNow, Moved, NotYours."""
    with acting_on(account, by, seen) as (ledger, row):
        ledger.step(row, Move(Act.TAKE_UP, Side.AGENCY, State.CHECKING, by))
    return row


def note_check(*, account: Account, check: Seen, by: User, seen: int | None = None) -> Check:
    """Write down a call or papers. Raises SameNumber, NotSaidWhere, PapersAlone, NotNow, Moved, NotYours."""
    with acting_on(account, by, seen) as (ledger, row):
        return _note_check(ledger, row, check, by)


def _note_check(ledger: Ledger, row: Account, check: Seen, by: User) -> Check:
    is_theirs = check.way == Way.CALL and check.number in numbers_given(row)
    if is_theirs and not check.is_published:
        raise SameNumber
    if is_theirs and not check.details.strip():
        raise NotSaidWhere
    is_yes_by_papers = check.way == Way.PAPERS and check.outcome == Outcome.CONFIRMED
    if is_yes_by_papers and not papers_suffice(row):
        raise PapersAlone
    ledger.step(row, Move(Act.CHECK, Side.AGENCY, State.CHECKING, by))
    kept = Check.objects.create(
        account=row,
        by=by,
        at=clock.now(),
        way=check.way,
        spoken_to=check.spoken_to,
        outcome=check.outcome,
        number=check.number if check.way == Way.CALL else "",
        found=check.found if check.way == Way.CALL else "",
        details=check.details,
        is_published=is_theirs,
    )
    note = journal.Act(Entry.Action.CREATED, "employer-check", kept.pk, row.contact_id, check.outcome)
    ledger.note(note, by)
    return kept


def papers_suffice(account: Account) -> bool:
    """Say whether papers may be a yes: of a household, which stands in no directory and in no register."""
    return account.kind == Kind.HOUSEHOLD and not account.siret


def learnt(account: Account) -> QuerySet[Check]:
    """Return the checks that count, the last first: not silence, nor a yes by papers that do not suffice."""
    found = account.checks.exclude(outcome=Outcome.NO_ANSWER)
    return found if papers_suffice(account) else found.exclude(way=Way.PAPERS, outcome=Outcome.CONFIRMED)


def numbers_given(account: Account) -> set[str]:
    """Return the numbers that whoever asked could answer."""
    own = account.contact.phone if account.contact else ""
    joining = [one.user.phone for one in account.joinings.select_related("user")]
    return {number for number in (account.phone, own, *joining) if number}


def open_account(*, account: Account, by: User, seen: int | None = None) -> Account:
    """Open what was checked: the employer exists, and who asked may write vacancies.

    Raises NotChecked, NotNow, Moved, NotYours.
    """
    with acting_on(account, by, seen) as (ledger, row):
        last = learnt(row).first()
        if last is None or last.outcome != Outcome.CONFIRMED:
            raise NotChecked
        _open(ledger, row, by)
    return row


def _open(ledger: Ledger, row: Account, by: User | None) -> None:
    employer = _employer_of(row)
    held = {"employer_id": employer.pk, "decided_at": clock.now()}
    ledger.step(row, Move(Act.OPEN, Side.AGENCY, State.OPEN, by), **held)
    row.employer = employer
    if row.contact is not None and employer.organisation is not None:
        people.give_role(user=row.contact, role=Role.EMPLOYER, organisation=employer.organisation, by=by)
        telling.tell(row, "opened", row.contact, but=by)
    telling.tell(row, "asks", row.contact if row.joinings.filter(state="asked").exists() else None)


def _employer_of(row: Account) -> Employer:
    """Return the employer that a feed named, or that had an account before, by its SIRET; else a new one."""
    known = Employer.objects.select_for_update().filter(siret=row.siret).first() if row.siret else None
    employer = known or Employer(name=row.name, siret=row.siret)
    if employer.organisation is None:
        employer.organisation = Organisation.objects.create(kind=Organisation.Kind.EMPLOYER, name=row.name)
    employer.name, employer.taken_down_at = row.name, None
    employer.save()
    return employer


def refuse(*, account: Account, reason: str, words: str = "", by: User, seen: int | None = None) -> Account:
    """Say no, with a reason that the employer reads. Raises NoReason, NotNow, Moved, NotYours."""
    if reason not in OF_REFUSING:
        raise NoReason
    with acting_on(account, by, seen) as (ledger, row):
        said = {"reason": Reason(reason), "words": words.strip()[:300], "decided_at": clock.now()}
        ledger.step(row, Move(Act.REFUSE, Side.AGENCY, State.REFUSED, by), **said)
        telling.tell(row, "refused", row.contact)
        _decline_who_waits(row, by)
    return row


def _decline_who_waits(row: Account, by: User) -> None:
    """Nobody joins what does not open."""
    for joining in row.joinings.filter(state=Joining.State.ASKED):
        members.answer(joining=joining, accepted=False, by=by, checked=True)


# On the phone, and at the installation ---------------------------------------------------------------


@transaction.atomic
def open_on_the_phone(*, asked: Asked, contact: User, check: Seen, by: User) -> Account:
    """Ask, check and open in one act, while the employer telephones. Raises what the three raise, HasOne."""
    row = ask(asked=asked, contact=contact, by=by)
    if isinstance(row, Joining):
        raise HasOne(row.account)
    note_check(account=row, check=check, by=by)
    return open_account(account=row, by=by)


class HasOne(Refused):
    """The SIRET has an account already."""

    words = _("This SIRET has an account already: open its page to add this person.")

    def __init__(self, account: Account) -> None:
        super().__init__()
        self.account = account


def open_first(*, asked: Asked, contact: User) -> Account:
    """Open an account from the command line: whoever installs the service answers for the check. Raises HasOne."""
    with acting() as ledger:
        if standing := _standing(asked.siret):
            raise HasOne(standing)
        row = Account(
            kind=asked.kind,
            name=asked.name.strip(),
            siret=asked.siret,
            origin=Side.AGENCY,
            contact=contact,
            phone=asked.phone,
            looking_for=asked.looking_for,
        )
        ledger.step(row, Move(Act.ASK, Side.AGENCY, State.ASKED))
        ledger.step(row, Move(Act.TAKE_UP, Side.AGENCY, State.CHECKING))
        _open(ledger, row, None)
    return row
