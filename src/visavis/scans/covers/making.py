"""Make a cover sheet of a person for one purpose; as long as it lives it is printed again, not made anew."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.documents.models import Expected
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.scans.enums import Purpose
from visavis.scans.models import Cover
from visavis.tries import handed

LENGTH = 8
# A sheet that has fewer days to go is made anew.
LEAST = dt.timedelta(days=60)


class NoLonger(Refused):
    """The document is no longer asked for."""

    words = _("This document is no longer asked for. Choose another purpose.")


def make(*, person: User, purpose: Purpose, expected: Expected | None, by: User) -> Cover:
    """Return a sheet of a person for one purpose. Raises NoLonger."""
    if expected is not None and (expected.person_id != person.pk or expected.ended_at is not None):
        raise NoLonger
    mine = Cover.objects.living().filter(person=person, purpose=purpose, expected=expected)
    known = mine.filter(until__gte=clock.today() + LEAST).first()
    if known is not None:
        return known
    code = drawn()
    row = Cover.objects.create(
        person=person,
        purpose=purpose,
        expected=expected,
        code=code,
        digest=digest(code),
        by=by,
        until=clock.today() + Cover.LIFE,
    )
    journal.record(journal.Act(Entry.Action.CREATED, "cover", row.pk, person.pk, note=purpose), by=by.pk)
    return row


def drawn() -> str:
    """Draw the code of a sheet: eight signs in two halves."""
    signs = handed.drawn().replace("-", "")[:LENGTH]
    return f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"


def digest(code: str) -> str:
    return handed.digest("scans.cover", code)
