"""One door to change an account: held, checked against the table, written down, told."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger as acts
from visavis.acts.ledger import Move, Moved
from visavis.common.errors import Refused
from visavis.employers.models import Account, Step
from visavis.people.models import User

__all__ = ["Ledger", "Move", "Moved", "NotNow", "NotYours", "acting", "acting_on"]


class NotNow(acts.NotNow):
    """The act does not go with the state of the account."""

    words = _("This can no longer be done: somebody has decided meanwhile. Here is where it stands.")


class NotYours(Refused):
    """The actor may not decide this."""

    words = _("Only the agency decides this.")


class Ledger(acts.Ledger):
    """What one act does: its steps, and the journal, which is written last."""

    refusal = NotNow

    def stand_again(self, row: Account) -> None:
        """Refuse to put back an account whose SIRET another one has meanwhile."""
        twins = Account.objects.living().filter(siret=row.siret).exclude(pk=row.pk)
        if row.siret and twins.exists():
            raise NotNow(_("Another account has this SIRET meanwhile: take that one down first."))

    def last(self, row: Account) -> Step | None:
        """Return the last step that still holds."""
        step: Step | None = row.last_act()
        return step


@contextmanager
def acting() -> Iterator[Ledger]:
    """Do all of one act or nothing of it."""
    with acts.acting(Ledger) as ledger:
        yield ledger


@contextmanager
def acting_on(account: Account, by: User, seen: int | None = None) -> Iterator[tuple[Ledger, Account]]:
    """Do one act of the agency on an account, held and read anew. Raises Moved, NotYours."""
    with acting() as ledger:
        row = acts.read_anew(Account.objects.select_related("employer"), account.pk, seen)
        if not Account.objects.handled_by(by).filter(pk=row.pk).exists():
            raise NotYours
        yield ledger, row
