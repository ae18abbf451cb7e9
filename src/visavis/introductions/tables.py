"""What the head of an agency counts and takes away: introductions of its people, month by month and one by one.

Nobody is named: a line says which vacancy, since when and where it stands, never whose work it is about.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from visavis.common import clock
from visavis.common.sheets import Cell, Sheet
from visavis.introductions.enums import Reason, Side, State
from visavis.introductions.models.introduction import IntroductionQuerySet

MONTHS = 24
# What is counted of a month: its name, and the day on which it happened.
COUNTED: tuple[tuple[str | Promise, str], ...] = (
    (pgettext_lazy("introductions", "Begun"), "opened_at"),
    (gettext_lazy("Put to the employer"), "put_at"),
    (gettext_lazy("The employer said yes"), "employer_yes_at"),
    (gettext_lazy("Meeting agreed"), "meeting_agreed_at"),
    (gettext_lazy("Hire declared"), "hire__declared_at"),
    (pgettext_lazy("introductions", "Ended"), "closed_at"),
)


@dataclass(frozen=True)
class Month:
    """How many of each, in the order of COUNTED."""

    first: dt.date
    counts: Sequence[int]

    @property
    def named(self) -> list[tuple[str | Promise, int]]:
        """Return each count with its name, as a row of a page that folds says them."""
        return [(name, count) for (name, _field), count in zip(COUNTED, self.counts, strict=True)]


def months(rows: IntroductionQuerySet) -> list[Month]:
    """Count month by month, the present one first, back to the first that has any, two years at most."""
    starts = [month_before(clock.today(), back) for back in range(MONTHS)]
    since = timezone.make_aware(dt.datetime.combine(starts[-1], dt.time()))
    counted: list[dict[dt.date, int]] = []
    for _name, field in COUNTED:
        by_month = rows.order_by().filter(**{f"{field}__gte": since}).annotate(month=TruncMonth(field))
        found = by_month.values_list("month").annotate(n=Count("pk"))
        counted.append({timezone.localdate(month): number for month, number in found})
    every = [Month(first, [one.get(first, 0) for one in counted]) for first in starts]
    while len(every) > 1 and not any(every[-1].counts):
        every.pop()
    return every


def month_before(day: dt.date, back: int) -> dt.date:
    """Return the first day of the month so many months before that of a day."""
    number = day.year * 12 + day.month - 1 - back
    return dt.date(number // 12, number % 12 + 1, 1)


def of_months(found: Sequence[Month]) -> Sheet:
    """Return the counts as a table that leaves."""
    head: list[Cell] = [_("Month"), *(name for name, _field in COUNTED)]
    return Sheet(_("introductions-by-month"), head, ([f"{one.first:%Y-%m}", *one.counts] for one in found))


def one_by_one(rows: IntroductionQuerySet) -> Sheet:
    """Return the introductions as a table that leaves, read as it is sent."""
    head: list[Cell] = [
        _("Number of the introduction"), _("Begun by"), _("Begun on"), _("Vacancy"), _("Title"), _("Employer"),
        _("State"), _("Put to the employer"), _("The employer said yes"), _("Meeting"), _("First day of work"),
        _("Ended on"), _("Reason"),
    ]  # fmt: skip
    lines = rows.select_related("vacancy__employer", "hire").order_by("pk")
    found = (
        [
            one.pk,
            Side(one.origin).label,
            day(one.opened_at),
            one.vacancy_id,
            one.vacancy.title,
            one.vacancy.employer.name if one.vacancy.employer else "",
            State(one.state).label,
            day(one.put_at),
            day(one.employer_yes_at),
            day(one.meeting_at),
            one.hire.starts_on if hasattr(one, "hire") else None,
            day(one.closed_at),
            Reason(one.reason).label if one.reason else "",
        ]
        for one in lines.iterator(chunk_size=500)
    )
    return Sheet(_("introductions"), head, found)


def day(at: dt.datetime | None) -> dt.date | None:
    return timezone.localdate(at) if at else None
