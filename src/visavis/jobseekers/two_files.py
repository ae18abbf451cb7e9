"""Two files of one person become one: the profile that stays is completed by what only the other one says."""

from typing import Any

from visavis.common.merging import Book
from visavis.jobseekers.forms.wishes import MOST_WISHES
from visavis.jobseekers.models import Jobseeker, WantedOccupation

# What one answer fills together.
COLUMNS = (
    ("commune_id",),
    ("radius_km",),
    ("minutes",),
    ("transport",),
    ("education_level",),
    ("licences",),
    ("contracts",),
    ("avoided_conditions",),
    ("hours_min", "hours_max"),
    ("available_on",),
    ("pay_amount", "pay_unit", "lowest_pay_hour"),
)
EMPTY: tuple[object, ...] = (None, "", [])


def profile(book: Book) -> None:
    """Fill what the profile that stays does not say, and add the wishes of the other after its own."""
    found = {row.user_id: row for row in Jobseeker.objects.filter(user__in=[book.former, book.other])}
    theirs, ours = found.get(book.former), found.get(book.other)
    if theirs is None or ours is None:
        return
    values: dict[str, Any] = {}
    for columns in COLUMNS:
        if all(getattr(ours, name) in EMPTY for name in columns):
            values |= {name: getattr(theirs, name) for name in columns}
    answered = [*ours.answered, *(one for one in theirs.answered if one not in ours.answered)]
    book.put(ours, **values, answered=answered, version=ours.version + 1)
    if theirs.about and not ours.about:
        book.put_sealed(ours, "about", theirs.about)
    _wishes(book, theirs, ours)


def _wishes(book: Book, theirs: Jobseeker, ours: Jobseeker) -> None:
    there = {(one.occupation_id, one.typed) for one in ours.wishes.all()}
    last = max((one.position for one in ours.wishes.all()), default=0)
    for wish in WantedOccupation.objects.filter(jobseeker=theirs).order_by("position"):
        if (wish.occupation_id, wish.typed) not in there and last < MOST_WISHES:
            last += 1
            book.put(wish, jobseeker_id=ours.pk, position=last)
