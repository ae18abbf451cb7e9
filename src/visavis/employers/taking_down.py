"""An employer that turns out false is taken down whole: its people, its vacancies, its introductions; and put back."""

from contextlib import suppress

from django.db.models import Q

from visavis.acts.ledger import hold
from visavis.common import clock
from visavis.employers import members, telling
from visavis.employers.enums import OF_REFUSING, OF_TAKING_DOWN, Act, Reason, Side, State
from visavis.employers.models import Account, Joining
from visavis.employers.services import NoReason, NotNow
from visavis.employers.steps import Ledger, Move, acting_on
from visavis.employers.table import TAKEN_BACK
from visavis.introductions import gone
from visavis.people import services as people
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies import hiding
from visavis.vacancies.models import Employer, Vacancy, Why

# Why each of its vacancies is hidden, as the reports of ads say it.
OF_ITS_ADS = {Reason.MONEY: Why.MONEY, Reason.DENIED: Why.NOT_A_JOB, Reason.FORBIDDEN: Why.NOT_A_JOB}


def take_down(
    *, account: Account, reason: str, words: str = "", by: User, seen: int | None = None
) -> Account:
    """Take an employer away from everybody, at once.

    Guarantees, after the commit: none of its people acts for it any more, in no browser; none of its vacancies
    is shown; whatever was in course with a jobseeker is ended, and who answered lately is warned; the employer
    reads why. Raises NoReason, NotNow, Moved, NotYours.
    """
    if reason not in OF_TAKING_DOWN:
        raise NoReason
    with acting_on(account, by, seen) as (ledger, row):
        said = {"reason": Reason(reason), "words": words.strip()[:300], "decided_at": clock.now()}
        ledger.step(row, Move(Act.TAKE_DOWN, Side.AGENCY, State.DOWN, by), **said)
        employer = row.employer
        if employer is None:
            raise NotNow
        _hold_vacancies(employer)
        Employer.objects.filter(pk=employer.pk).update(taken_down_at=clock.now())
        left = _end_roles(row, by)
        gone.end_with(employer)
        row.taken = {"people": [user.pk for user in left], "vacancies": _hide(employer, Reason(reason), by)}
        row.save(update_fields=["taken"])
        row.invitations.filter(used_at__isnull=True).update(used_at=clock.now())
        for joining in row.joinings.filter(state=Joining.State.ASKED):
            members.answer(joining=joining, accepted=False, by=by, checked=True)
        telling.tell(row, "down", *left)
    return row


def _hold_vacancies(employer: Employer) -> None:
    """Hold them before anything is journalled: locks are taken in one order (`acts/ledger.py`)."""
    rows = Vacancy.objects.filter(employer=employer)
    hold(rows, rows.values_list("pk", flat=True))


def _end_roles(row: Account, by: User) -> list[User]:
    held = list(row.members())
    for one in held:
        people.end_role(membership=one, by=by)
    return [one.user for one in held]


def _hide(employer: Employer, reason: Reason, by: User) -> list[int]:
    """Hide what is open, and return it; what was hidden before stays as it was."""
    numbers: list[int] = []
    for vacancy in Vacancy.objects.filter(employer=employer, state=Vacancy.State.OPEN).order_by("pk"):
        # A copy of the same job goes with the first.
        with suppress(hiding.NotHidden):
            found = hiding.hide(vacancy=vacancy, why=OF_ITS_ADS.get(reason, Why.OTHER), by=by)
            numbers += [one.pk for one in found if one.employer_id == employer.pk]
    return numbers


def take_back(*, account: Account, by: User, seen: int | None = None) -> Account:
    """Take back a refusal or a taking down: what it took away stands again. Raises NotNow, Moved, NotYours."""
    with acting_on(account, by, seen) as (ledger, row):
        step = ledger.last(row)
        if step is None or step.act not in TAKEN_BACK:
            raise NotNow
        ledger.take_back(row, step, by)
        if step.act == Act.TAKE_DOWN:
            _put_back(row, by)
            telling.tell_members(row, "back", but=by)
        else:
            telling.tell(row, "back", row.contact, but=by)
    return row


def _put_back(row: Account, by: User) -> None:
    employer = Employer.objects.select_related("organisation").get(accounts=row)
    employer.taken_down_at = None
    employer.save(update_fields=["taken_down_at"])
    for user in User.objects.filter(pk__in=row.taken.get("people", [])):
        with suppress(people.AlreadyHasRole):
            people.give_role(user=user, role=Role.EMPLOYER, organisation=employer.organisation, by=by)
    for vacancy in Vacancy.objects.filter(pk__in=row.taken.get("vacancies", [])):
        with suppress(hiding.NotHidden):
            hiding.show_again(vacancy=vacancy, by=by)
    row.employer, row.taken = employer, {}
    row.save(update_fields=["taken"])


def can_take_back(row: Account) -> bool:
    step = Ledger().last(row)
    return step is not None and step.act in TAKEN_BACK


def taken_down_before(account: Account) -> Account | None:
    """Return the account of the same SIRET or of the same person that was taken down or refused before."""
    same = Q(contact=account.contact_id) if account.contact_id else Q(pk__in=[])
    if account.siret:
        same |= Q(siret=account.siret)
    bad = Account.objects.filter(same, state__in=[State.DOWN, State.REFUSED]).exclude(pk=account.pk)
    return bad.order_by("-decided_at").first()


REASONS = {Act.REFUSE: OF_REFUSING, Act.TAKE_DOWN: OF_TAKING_DOWN}
