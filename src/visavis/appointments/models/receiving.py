"""When counsellors receive: week by week, and on days that are otherwise."""

import datetime as dt
from collections.abc import Iterator
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.ui.dates import hour_of_minute, name_of_day

A_DAY = 1440
MOST_WEEKS = 52
A_WEEK = dt.timedelta(days=7)
OF_THE_MONTH = (
    _("and the first %(weekday)s of every month"),
    _("and the second %(weekday)s of every month"),
    _("and the third %(weekday)s of every month"),
    _("and the fourth %(weekday)s of every month"),
    _("and the last %(weekday)s of every month"),
)


def days_of(
    day: dt.date, every: int, first: dt.date, last: dt.date, *, is_monthly: bool = False
) -> Iterator[dt.date]:
    """Give the days between two, both included, that a day is: itself, or as it comes back from then on.

    Every so many weeks, or once a month in the same week of it: the second Tuesday, the last Friday.
    """
    if is_monthly:
        yield from _monthly(day, max(day, first), last)
        return
    if not every:
        if first <= day <= last:
            yield day
        return
    step = every * A_WEEK
    on = day + max(0, -((day - first) // step)) * step
    while on <= last:
        yield on
        on += step


def _monthly(day: dt.date, first: dt.date, last: dt.date) -> Iterator[dt.date]:
    month = first.replace(day=1)
    while month <= last:
        on = month + dt.timedelta((day.weekday() - month.weekday()) % 7) + (week_of(day) - 1) * A_WEEK
        following = (month + dt.timedelta(31)).replace(day=1)
        # The fifth is the last: most months have none.
        on = on if on < following else on - A_WEEK
        if first <= on <= last:
            yield on
        month = following


def week_of(day: dt.date) -> int:
    """Return the how many'th of its weekday in its month a day is, 1 to 5."""
    return (day.day - 1) // 7 + 1


class Hers[Row: models.Model](models.QuerySet[Row]):
    """Who decides when a counsellor receives."""

    def visible_to(self, actor: User) -> Self:
        """Her own, and those of the agencies that the actor heads."""
        return self.filter(Q(user=actor.pk) | Q(agency__organisation__in=actor.organisation_ids(Role.HEAD)))


class Receiving(models.Model):
    """One row = hours of one day of the week, on the clock of the wall, in which a counsellor receives."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    objects = Hers.as_manager()

    class Meta:
        ordering = ["agency", "user", "weekday", "start"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "user", "weekday", "start"], name="hours_of_receiving_stand_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start"), end__lte=A_DAY, weekday__lte=6),
                name="receiving_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"receiving {self.pk}"


class OtherDays(Hers["OtherDay"]):
    """Days on which it is otherwise."""

    def from_on(self, day: dt.date) -> "OtherDays":
        """Keep those of a day and later, and those that come back."""
        return self.filter(Q(day__gte=day) | Q(every__gt=0) | Q(is_monthly=True))

    def once(self) -> "OtherDays":
        """Keep those that do not come back."""
        return self.filter(every=0, is_monthly=False)


class OtherDay(models.Model):
    """One row = hours in which a counsellor receives besides, or does not, whatever the week says.

    On one day, or from that day on every so many weeks or once a month: days are counted by the calendar, hours by the
    clock on the wall, so that no change of the clock moves them.
    """

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()
    is_there = models.BooleanField()
    # Every so many weeks from this day on; 0: on this day only.
    every = models.PositiveSmallIntegerField(default=0)

    # Once a month from this day on, in the same week of it.
    is_monthly = models.BooleanField(default=False)

    objects = OtherDays.as_manager()

    class Meta:
        ordering = ["day", "start"]
        constraints = [
            models.CheckConstraint(
                condition=Q(every=0) | Q(is_monthly=False), name="other_day_comes_back_by_weeks_or_months"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start"), end__lte=A_DAY), name="other_day_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(every__lte=MOST_WEEKS), name="other_day_comes_back_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"other day {self.pk}"

    def next_day(self, today: dt.date) -> dt.date:
        """Return the next of its days from today on; its only one where it does not come back."""
        until = today + MOST_WEEKS * A_WEEK
        return next(days_of(self.day, self.every, today, until, is_monthly=self.is_monthly), self.day)

    @property
    def comes_back(self) -> str:
        """Say how it comes back; nothing where it does not."""
        if not self.is_monthly:
            said = ngettext("and every %(n)s week", "and every %(n)s weeks", self.every)
            return said % {"n": self.every} if self.every else ""
        return str(OF_THE_MONTH[week_of(self.day) - 1]) % {"weekday": name_of_day(self.day)}

    @property
    def hours(self) -> str:
        """Return from when to when, on the clock of the wall."""
        return f"{hour_of_minute(self.start)} – {hour_of_minute(self.end)}"


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    """Which addresses open something."""

    def working(self) -> "CalendarAddressQuerySet":
        """Keep those of whoever is a counsellor today."""
        works = Membership.objects.current().filter(role=Role.COUNSELLOR)
        return self.filter(user__is_active=True, user__in=works.values("user"))


class CalendarAddress(models.Model):
    """One row = the secret address at which a counsellor's own calendar program reads her appointments."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(default=clock.now)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "calendar addresses"

    def __str__(self) -> str:
        return f"calendar address {self.pk}"
