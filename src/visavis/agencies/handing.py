"""Handing over: one act gives all that somebody holds in an agency to others, and one takes it back.

Each app says what it moves (`HOLDINGS`), in `ready()`: nothing above is imported here. Guarantees: all of it moves or
nothing; for a week all of it comes back, but for what somebody has moved since.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.acts import ledger
from visavis.acts.ledger import Move, acting, read_anew
from visavis.agencies import roles
from visavis.agencies.models import Agency, Handover
from visavis.agencies.models.handover import DONE, GIVE, HEAD, UNDONE
from visavis.common.errors import Refused
from visavis.people.enums import Role
from visavis.people.models import Membership, User

BACK_FOR = dt.timedelta(days=7)

# Number of a row → number of who took it.
type Taken = dict[str, int]


@dataclass(frozen=True)
class Holding:
    """What one app moves when somebody hands over."""

    code: str
    count: Callable[[User, Agency], int]
    words: Callable[[int], str]
    """Says of so many what they are, in a line of the preview."""
    give: Callable[[User, Agency, Sequence[User], User | None], Taken] | None = None
    """Gives all of it; None where it goes along with what another part moves."""
    take_back: Callable[[User, Taken, User | None], int] | None = None
    """Gives back to the first what still lies with who took it; returns how much."""
    place: int = 0
    """What is moved after what: it may look where the people have gone."""
    tells: Callable[[User, Agency], list[str]] | None = None
    """Says whom the act tells of it, and how, in lines of the preview."""


HOLDINGS: list[Holding] = []


class NothingToGive(Refused):
    """She holds nothing there, or nobody was chosen."""

    words: str | Promise = _("Choose at least one colleague who takes over.")


class NotBack(ledger.NotNow):
    """It was taken back already, the week is over, or who held it works there no more."""

    words = _(
        "This can no longer be taken back: a week has passed, it was done already, or the person has left."
    )


@dataclass(frozen=True)
class Counted:
    """One line of the preview."""

    code: str
    number: int
    words: str


class HandoverLedger(ledger.Ledger):
    """Writes what was given, and puts it back."""

    refusal = NotBack

    def never_was(self, row: Any, step: Any) -> None:
        row.state = UNDONE


def in_order() -> list[Holding]:
    """Return what is moved, in the order in which it is."""
    return sorted(HOLDINGS, key=lambda one: one.place)


def preview(former: User, agency: Agency) -> list[Counted]:
    """Return what somebody holds in an agency, app by app: first what is given, then what goes along."""
    moved_first = sorted(HOLDINGS, key=lambda one: (one.give is None, one.place))
    counted = [(one, one.count(former, agency)) for one in moved_first]
    return [Counted(one.code, number, one.words(number)) for one, number in counted if number]


def told(former: User, agency: Agency) -> list[str]:
    """Return whom handing over tells, and how, as the preview says it."""
    return [line for one in in_order() if one.tells is not None for line in one.tells(former, agency)]


def takers(agency: Agency, besides: User) -> list[User]:
    """Return who may take over: the counsellors who work there today."""
    works = Membership.objects.current().filter(organisation=agency.organisation_id, role=Role.COUNSELLOR)
    people = User.objects.filter(memberships__in=works, is_active=True).exclude(pk=besides.pk)
    return list(people.order_by("name", "pk").distinct())


def hand_over(*, agency: Agency, former: User, to: Sequence[User], by: User | None) -> Handover:
    """Give all that somebody holds in an agency to colleagues, shared out evenly. Raises NotHead, NothingToGive."""
    roles.only_head(agency, by)
    allowed = {user.pk for user in takers(agency, former)}
    if not to or not {user.pk for user in to} <= allowed:
        raise NothingToGive
    with acting(HandoverLedger) as book:
        row = Handover(agency=agency, former=former)
        row.moved = {one.code: one.give(former, agency, to, by) for one in in_order() if one.give is not None}
        if not row.number:
            raise NothingToGive(_("There is nothing to hand over."))
        book.step(row, Move(GIVE, HEAD, DONE, by))
    return row


def can_take_back(row: Handover) -> bool:
    """Say whether it may still come back: for a week, and while who held it works there."""
    step = row.last_act()
    return (
        row.state == DONE
        and step is not None
        and step.is_within(BACK_FOR)
        and roles.held(row.agency, row.former).filter(role=Role.COUNSELLOR).exists()
    )


def take_back(*, handover: Handover, by: User) -> int:
    """Give back what still lies with who took it; return how much. Raises NotHead, NotBack."""
    roles.only_head(handover.agency, by)
    with acting(HandoverLedger) as book:
        row = read_anew(Handover.objects.select_related("agency", "former"), handover.pk)
        if not can_take_back(row):
            raise NotBack
        number = sum(
            one.take_back(row.former, row.moved.get(one.code, {}), by)
            for one in in_order()
            if one.take_back is not None
        )
        book.take_back(row, row.last_act(), by)
    return number


def shared_out(numbers: Sequence[int], loads: dict[int, int]) -> Taken:
    """Give each row to who has the least by then; `loads` says how much each has already."""
    taken: Taken = {}
    for number in numbers:
        taker = min(loads, key=lambda one: (loads[one], one))
        loads[taker] += 1
        taken[str(number)] = taker
    return taken
