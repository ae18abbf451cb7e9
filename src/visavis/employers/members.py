"""Who belongs to an employer: codes, joining, leaving. Leaving ends access at once, sessions too."""

import datetime as dt
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.employers import telling
from visavis.employers.enums import State
from visavis.employers.models import Account, Invitation, Joining
from visavis.employers.steps import NotYours
from visavis.introductions import contacts
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.leaving.services import Ending
from visavis.mailboxes.sorting import Writer
from visavis.people import services as people
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.tries import handed
from visavis.vacancies import services as vacancies
from visavis.vacancies.models import Vacancy

MOST_CODES = 5


class AlreadyYours(Refused):
    """She belongs to this employer, or asks already."""

    words = _("You have asked for this employer already, or you belong to it. Look under “Your team”.")


class WrongCode(Refused):
    """No code of an open account, or one that was used or is too old."""

    words = _(
        "This code does not work: it is mistyped, used or older than a week. Ask your colleague for a new one."
    )


class TooManyCodes(Refused):
    """Many codes wait to be used."""

    words = _("Five codes wait to be used already. They end after a week.")


# Codes -----------------------------------------------------------------------------------------------


def invite(*, account: Account, by: User) -> str:
    """Make a code for one colleague and return it: it is shown this once. Raises NotYours, TooManyCodes."""
    if not Account.objects.joined_by(by).filter(pk=account.pk).exists():
        raise NotYours
    living = account.invitations.filter(used_at__isnull=True, at__gt=clock.now() - Invitation.LIFE)
    if living.count() >= MOST_CODES:
        raise TooManyCodes
    code = handed.drawn()
    with transaction.atomic():
        kept = Invitation.objects.create(account=account, digest=digest(code), by=by, at=clock.now())
        act = journal.Act(Entry.Action.CREATED, "joining", kept.pk, by.pk, note="code")
        journal.record(act, by=by.pk)
    return code


def digest(code: str) -> str:
    return handed.digest("employers", code)


def invitation_of(code: str) -> Invitation | None:
    """Return the invitation of a code that works."""
    living = Invitation.objects.filter(
        used_at__isnull=True, at__gt=clock.now() - Invitation.LIFE, account__state="open"
    )
    return living.select_related("account__employer").filter(digest=digest(code)).first()


def join_by_code(*, code: str, user: User) -> Joining:
    """Ask to join with a code; one of the employer's people then says yes. Raises WrongCode, AlreadyYours."""
    with transaction.atomic():
        found = invitation_of(code)
        if found is None:
            raise WrongCode
        used = Invitation.objects.filter(pk=found.pk, used_at__isnull=True)
        if not used.update(used_at=clock.now()):
            raise WrongCode
        return ask_to_join(account=found.account, user=user, by=user, invitation=found)


# Joining ---------------------------------------------------------------------------------------------


def ask_to_join(
    *, account: Account, user: User, by: User | None, invitation: Invitation | None = None
) -> Joining:
    """Ask the people of an employer, or the agency, to be one of them. Raises AlreadyYours."""
    if account.contact_id == user.pk or account.members().filter(user=user).exists():
        raise AlreadyYours
    try:
        with transaction.atomic():
            row = Joining.objects.create(
                account=account, user=user, invitation=invitation, asked_at=clock.now()
            )
            _journal(row, Entry.Action.CREATED, by)
            telling.tell_members(account, "asks", but=by)
    except IntegrityError as error:
        raise AlreadyYours from error
    return row


def answer(*, joining: Joining, accepted: bool, by: User, checked: bool = False) -> Joining:
    """Say yes or no to who asks to join; once. Raises NotYours. `checked`: the caller knows that `by` may."""
    with transaction.atomic():
        waiting = Joining.objects.filter(pk=joining.pk, state=Joining.State.ASKED)
        if not checked and not Joining.objects.answerable_by(by).filter(pk=joining.pk).exists():
            raise NotYours(_("This was answered meanwhile, or is not yours to answer."))
        state = Joining.State.ACCEPTED if accepted else Joining.State.DECLINED
        if not waiting.update(state=state, answered_at=clock.now(), answered_by=by):
            raise NotYours(_("This was answered meanwhile, or is not yours to answer."))
        row = Joining.objects.select_related("account__employer__organisation", "user").get(pk=joining.pk)
        _journal(row, Entry.Action.CHANGED, by, note=state)
        if accepted:
            add(account=row.account, user=row.user, by=by)
        telling.tell(row.account, "joined" if accepted else "declined", row.user, but=by)
    return row


def add(*, account: Account, user: User, by: User | None) -> Membership:
    """Let somebody act for an employer whose account is open. Raises NotYours, AlreadyHasRole."""
    employer = account.employer
    if not account.is_open or employer is None or employer.organisation is None:
        raise NotYours(_("This account is not open yet: first it is checked and opened."))
    return people.give_role(user=user, role=Role.EMPLOYER, organisation=employer.organisation, by=by)


def _journal(row: Joining, action: str, by: User | None, note: str = "") -> None:
    act = journal.Act(action, "joining", row.pk, row.user_id, note=note)
    journal.record(act, by=by.pk if by else None)


# Leaving ---------------------------------------------------------------------------------------------


def leave(*, account: Account, user: User, by: User) -> int:
    """End that somebody acts for an employer: at once, in every browser. Return how many vacancies closed.

    He may leave himself; another of its people or the agency may end it. Who is the last closes the open
    vacancies: nobody would answer the people who wish to work there. Raises NotYours.
    """
    may = Account.objects.joined_by(by) | Account.objects.handled_by(by)
    held = account.members().filter(user=user).first()
    if held is None or not may.filter(pk=account.pk).exists():
        raise NotYours(_("This person does not belong to the employer any more."))
    closed = 0
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=account.pk)
        people.end_role(membership=held, by=by)
        account.invitations.filter(by=user, used_at__isnull=True).update(used_at=clock.now())
        left = account.members().first()
        if account.employer is not None:
            contacts.hand_over(employer=account.employer, former=user, to=left.user if left else None)
            if left is None:
                closed = len(close_vacancies(account, by))
        telling.tell(account, "left", user, but=by)
    return closed


def account_closed(user: User) -> None:
    """Close what is open of each employer whose last person has closed his account: nobody would answer."""
    for account in Account.objects.joined_by(user):
        if not account.members().filter(user__is_active=True).exists():
            account.taken = {"vacancies": close_vacancies(account, user)}
            account.save(update_fields=["taken"])


def account_reopened(user: User) -> None:
    """Show again what closed with his account, where its day is still to come; who waited then has been told."""
    for account in Account.objects.joined_by(user).filter(state=State.OPEN):
        numbers = account.taken.get("vacancies", [])
        closed = Vacancy.objects.filter(pk__in=numbers, employer=account.employer, state=Vacancy.State.CLOSED)
        for vacancy in closed.filter(Q(closes_on__isnull=True) | Q(closes_on__gte=clock.today())):
            with suppress(vacancies.WrongState):
                vacancies.reopen(vacancy=vacancy, by=user, was=Vacancy.State.CLOSED)
        account.taken = {}
        account.save(update_fields=["taken"])


def ends_with(user: User) -> list[Ending]:
    """Say which open vacancies close with an account: those of employers of whom nobody else is left."""
    found = []
    for account in Account.objects.joined_by(user).select_related("employer"):
        if account.members().filter(user__is_active=True).exclude(user=user).exists():
            continue
        shown = Vacancy.objects.filter(employer=account.employer, state=Vacancy.State.OPEN)
        if titles := list(shown.order_by("title", "pk").values_list("title", flat=True)):
            why = _(
                "Nobody else of %(name)s could answer: these vacancies close at once. "
                "If you come back, they are shown again until their last day."
            )
            found.append(Ending(why % {"name": account.name}, titles))
    return found


def publishes(_since: dt.datetime) -> Q:
    """Say of a user of the outer query whether an employer of his has an open vacancy."""
    his = Membership.objects.current().filter(user=OuterRef("pk"), role=Role.EMPLOYER)
    return Q(Exists(his.filter(organisation__employer__vacancies__state=Vacancy.State.OPEN)))


def close_vacancies(account: Account, by: User) -> list[int]:
    """Close what is open of an employer, and return it; those who wait are told, as when any vacancy closes."""
    rows = list(Vacancy.objects.filter(employer=account.employer, state=Vacancy.State.OPEN))
    for vacancy in rows:
        vacancies.close(vacancy=vacancy, is_filled=False, by=by)
    return [vacancy.pk for vacancy in rows]


def writes(user: User) -> Writer | None:
    """Say for which employer somebody writes, and where the agency does what he asks."""
    of_his = Account.objects.filter(
        state=State.OPEN, employer__organisation__in=user.organisation_ids(Role.EMPLOYER)
    )
    account = of_his.order_by("pk").first()
    return Writer(f"{user.name} ({account.name})", account.url) if account is not None else None
