"""Set up, change, stop and remove a search of which somebody is told what is new."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import programs
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news.services import BY_HAND, channel_of
from visavis.people.models import User
from visavis.searches.alerts import rounds
from visavis.searches.asked import Asked, Order
from visavis.searches.models import Alert

MOST_ALERTS = 10
A_WEEK = dt.timedelta(days=7)


class TooMany(Refused):
    """She has as many as one may have."""

    words = _("You have ten searches already, which is the most. Remove one of them first.")


def is_by_hand(user: User) -> bool:
    """Say whether a person of the service tells her: then once a week at most."""
    return channel_of(user) in BY_HAND


def make(*, user: User, asked: Asked, rhythm: Alert.Rhythm, by: User) -> Alert:
    """Keep a search from now on; the same search again only changes its rhythm. Raises TooMany."""
    asked = asked.but(order=Order.FIT.value)
    params = [list(pair) for pair in asked.params()]
    with transaction.atomic():
        hers = list(Alert.objects.select_for_update().filter(user=user))
        same = next((one for one in hers if one.params == params), None)
        if same is None and len(hers) >= MOST_ALERTS:
            raise TooMany
        # What is open already is not new.
        rounds.announce()
        row = same or Alert(user=user, params=params, by=None if by.pk == user.pk else by)
        start(row, rhythm)
        record(row, Entry.Action.CHANGED if same else Entry.Action.CREATED, by)
    return row


def change(*, alert: Alert, rhythm: Alert.Rhythm, by: User) -> None:
    """Be told as often as she says, from now on; what was stopped begins again."""
    with transaction.atomic():
        rounds.announce()
        start(alert, rhythm)
        record(alert, Entry.Action.CHANGED, by)


def start(row: Alert, rhythm: Alert.Rhythm) -> None:
    row.rhythm = Alert.Rhythm.WEEKLY if is_by_hand(row.user) else rhythm
    if row.pk is None or row.stopped_at is not None:
        row.looked_at = clock.now()
    row.stopped_at = None
    row.due_on = clock.today() + (dt.timedelta(days=1) if row.rhythm == Alert.Rhythm.DAILY else A_WEEK)
    row.save()


def stop(*, alert: Alert, by: User) -> None:
    """Tell no more of this search; it is kept, to begin again."""
    with transaction.atomic():
        if Alert.objects.running().filter(pk=alert.pk).update(stopped_at=clock.now()):
            record(alert, Entry.Action.CHANGED, by)


def stop_all(*, user_id: int) -> int:
    """Tell somebody no more of any search, by the link of a message: no one needs to sign in for it."""
    return Alert.objects.running().filter(user=user_id).update(stopped_at=clock.now())


def remove(*, alert: Alert, by: User) -> None:
    with transaction.atomic():
        record(alert, Entry.Action.DELETED, by)
        alert.delete()


def record(alert: Alert, action: Entry.Action, by: User) -> None:
    """Write down what is done to somebody's search by somebody else, or by a program of hers."""
    if by.pk != alert.user_id or programs.token_of(by.pk) is not None:
        journal.record(journal.Act(action, Alert.THING, alert.pk, person_id=alert.user_id), by=by.pk)
