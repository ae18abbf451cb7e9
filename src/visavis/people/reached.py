"""When a person and the service last reached each other, by any way, as all apps know it.

What she did herself, what was done with her at a counter or for her by a helper stands in the journal; the rest is told
by each app (`App.reached`): a message of hers, one that she opened, a meeting that took place, a ticket, a call.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db.models import F, IntegerField, Max, Q, QuerySet, Value

from visavis.common.prepared import Prepared
from visavis.journal.models import Entry
from visavis.people import waiting
from visavis.people.waiting import Named, Said

EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def _of_journal() -> list[Said]:
    herself = Entry.objects.exclude(action=Entry.Action.REFUSED)
    with_her = herself.filter(Q(counter_id__isnull=False) | Q(mandate_id__isnull=False))
    return [
        Said(herself, "actor_id", "at", is_account=True),
        Said(with_her, "person_id", "at", is_account=True),
    ]


def _reached(people: Sequence[int], accounts: Sequence[int], since: dt.datetime) -> QuerySet[Any, Any]:
    """Find when some people were last reached, from an instant on: a row a person and an app."""
    said = [*_of_journal(), *(one for app in waiting.APPS for one in app.reached())]
    found: list[QuerySet[Any, Any]] = [
        one.rows.filter(
            **{f"{one.who}__in": accounts if one.is_account else people, f"{one.when}__gte": since}
        )
        .order_by()
        .values(whom=F(one.who))
        .annotate(moment=Max(one.when), of_account=Value(int(one.is_account), output_field=IntegerField()))
        .values_list("whom", "moment", "of_account")
        for one in said
    ]
    return found[0].union(*found[1:], all=True)


@cache
def _reached_by(_apps: int) -> Prepared[tuple[int, dt.datetime, int]]:
    """Write the question once for the apps that there are."""
    return Prepared(_reached)


def last(people: Sequence[Named], since: dt.datetime = EVER) -> dict[int, dt.datetime]:
    """Return when each account was last reached, from an instant on: nothing of whom nobody has."""
    if not people:
        return {}
    accounts = {one.pk: one.user_id for one in people}
    found: dict[int, dt.datetime] = {}
    asked = _reached_by(len(waiting.APPS))
    for number, moment, of_account in asked(list(accounts), list(accounts.values()), since):
        account = number if of_account else accounts[number]
        found[account] = max(moment, found.get(account, moment))
    return found
