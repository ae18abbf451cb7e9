"""Accounts that nobody uses: told thirty days before, then closed, as if she had closed it herself.

Two years without a sign of life. Signing in is one, and whatever the apps above name in `STAYS`. Who gives one after
the notice keeps the account, and the notice is forgotten.
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.common import clock
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.leaving import services
from visavis.leaving.models import Hold, Notice
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import STAFF_ROLES, Role
from visavis.people.models import Membership, User

YEARS = 2
TOLD_BEFORE = dt.timedelta(days=30)
# Whom nobody could tell, by any channel: closed all the same, and open again for who asks in time.
UNTOLD_FOR = dt.timedelta(days=183)
# News of notices: as long as the journal has the act.
NEWS_FOR = dt.timedelta(days=367)
UNUSED = "unused"
ALOUD = {
    UNUSED: gettext_lazy(
        "The account has not been used for nearly two years. It closes in thirty days, unless you want to keep it."
    )
}


def _held(_since: dt.datetime) -> Q:
    return Q(Exists(Hold.objects.in_force().filter(user=OuterRef("pk"))))


def _at_work(_since: dt.datetime) -> Q:
    return Q(Exists(Membership.objects.current().filter(user=OuterRef("pk"), role__in=STAFF_ROLES)))


STAYS: dict[str, Callable[[dt.datetime], Q]] = {"hold": _held, "work": _at_work}
"""By a word, what says of a user that her account stays: something in course, or a sign of life since a moment."""


def two_years_before(moment: dt.datetime) -> dt.datetime:
    """Return the same hour two years ago by the agency's calendar; of 29 February, the 28th: never too early."""
    local = timezone.localtime(moment).replace(tzinfo=None)
    try:
        before = local.replace(year=local.year - YEARS)
    except ValueError:
        before = local.replace(year=local.year - YEARS, day=28)
    return timezone.make_aware(before)


def without_life(since: dt.datetime) -> QuerySet[User]:
    """Find the open accounts without a sign of life since a moment, that nothing keeps."""
    stays = Q(joined_at__gte=since) | Q(last_login__isnull=False, last_login__gte=since)
    for says in STAYS.values():
        stays |= says(since)
    return User.objects.filter(~stays, is_active=True)


def to_tell(now: dt.datetime) -> QuerySet[User]:
    """Find whom to tell that the account closes in thirty days."""
    told = Notice.objects.filter(user=OuterRef("pk"))
    return without_life(two_years_before(now + TOLD_BEFORE)).filter(~Exists(told))


def tell(user: User) -> int:
    """Tell somebody, once: by her channel, without saying what."""
    with transaction.atomic():
        _notice, is_new = Notice.objects.get_or_create(user=user)
        if is_new:
            with translation.override(user.language):
                subject = news.Subject(Notice.THING, user.pk, _("Your account"), reverse("people:account"))
            role = Role.EMPLOYER if user.has_role(Role.EMPLOYER) else Role.JOBSEEKER
            news.tell(user=user, role=role, kind=UNUSED, subject=subject)
            record(Act(Entry.Action.CHANGED, "account", user.pk, user.pk, note="unused: told"), by=None)
    return int(is_new)


def void(now: dt.datetime) -> QuerySet[Notice]:
    """Find the notices of accounts that stay: something keeps them, or a sign of life came after the notice."""
    # Whoever was told had given none for two years less thirty days: a later one came after the notice.
    stays = Q(last_login__gte=OuterRef("at"))
    for says in STAYS.values():
        stays |= says(two_years_before(now + TOLD_BEFORE))
    kept = User.objects.filter(stays | Q(is_active=False), pk=OuterRef("user"))
    return Notice.objects.filter(Exists(kept))


def to_close(now: dt.datetime) -> QuerySet[Notice]:
    """Find the notices that were told thirty days ago, or that nobody could tell for half a year."""
    told = News.objects.filter(
        user=OuterRef("user"),
        thing=Notice.THING,
        kind=UNUSED,
        at__gte=OuterRef("at"),
        told_at__lte=now - TOLD_BEFORE,
    )
    waited = Notice.objects.filter(Exists(told) | Q(at__lte=now - UNTOLD_FOR))
    return waited.exclude(pk__in=void(now).values("pk"))


def close(notice: Notice) -> int:
    """Close an account that nobody uses, unless she came back meanwhile."""
    with transaction.atomic():
        user = User.objects.select_for_update().filter(pk=notice.user_id, is_active=True).first()
        if user is None or not to_close(clock.now()).filter(pk=notice.pk).exists():
            return 0
        services.close(user=user, by=None)
        notice.delete()
    return 1


def old_news(now: dt.datetime) -> QuerySet[News]:
    """Find the news of notices of more than a year ago."""
    return News.objects.filter(thing=Notice.THING, kind=UNUSED, at__lt=now - NEWS_FOR)
