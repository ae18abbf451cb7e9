"""Questions about what somebody may see, written once for all who hold the same roles.

A `visible_to(actor)` reads who asks by her number and by the organisations of her roles: their places are kept in the
question, which is then asked with hers. Whatever else it would read of her is refused when it is written.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from visavis.common.prepared import FindsNothing, Given, NotPrepared, Prepared
from visavis.people.models import Membership, User

# A role, and in how many organisations; 0 for one that is held outside of any.
type Roles = tuple[tuple[str, int], ...]


class AskedBy[Row]:
    """A question of a reader; called with her and its values it gives the rows of today.

    `make` builds the queryset of a reader and of values, as that of a `Prepared`; of her it may read the roles, the
    organisations and the number, and ask the database nothing.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self._make = make
        self._written: dict[Roles, Prepared[Row]] = {}

    def __call__(self, actor: User, *given: Given) -> list[Row]:
        """Ask, and return the rows."""
        try:
            asked, values = self._with(actor)
            return asked(*values, *given)
        except FindsNothing:
            # With these roles nobody sees any.
            return []

    def first(self, actor: User, *given: Given) -> Row | None:
        """Ask, and return the first row if there is one."""
        return next(iter(self(actor, *given)), None)

    def count(self, actor: User, *given: Given) -> int:
        """Ask how many rows there are, and read none of them."""
        try:
            asked, values = self._with(actor)
            return asked.count(*values, *given)
        except FindsNothing:
            return 0

    def _with(self, actor: User) -> tuple[Prepared[Row], list[Given]]:
        """Return the question of her roles, and what of her it is asked with."""
        held: dict[str, list[int]] = {}
        for one in actor.current_memberships:
            held.setdefault(one.role, []).extend([one.organisation_id] if one.organisation_id else [])
        roles = tuple((role, 1 if held[role] else 0) for role in sorted(held))
        if roles not in self._written:
            self._written[roles] = Prepared(
                lambda *values: self._of_roles(roles, *values), unasked=1 + len(roles)
            )
        return self._written[roles], [actor.pk, *(held[role] for role, belongs in roles if belongs)]

    def _of_roles(self, roles: Roles, number: int, *values: Any) -> QuerySet[Any, Row]:
        """Build the queryset of somebody who holds some roles."""
        places = iter(values)
        held = [(role, next(places) if belongs else [None]) for role, belongs in roles]
        # Her number alone is there: anything else of her would be asked of the database, which refuses.
        reader = User.from_db("default", ["id"], [number])
        reader.current_memberships = [
            Membership(role=role, organisation_id=one) for role, some in held for one in some
        ]
        with connection.execute_wrapper(_refused):
            return self._make(reader, *places)


def _refused(*_asked: Any) -> Any:
    raise NotPrepared("it asks the database for more than it is given of who reads")
