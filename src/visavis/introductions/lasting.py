"""How long each side reads what of the other, once an introduction is over; and the sentence that tells both.

| after | how to reach each other | the name | what was frozen of her work |
| a hire | 30 days from the first day of work | 210 days from it: until the last question | a year from the end |
| any other end | closed at once | closed at once | a year from the end |

Then the employer reads nothing of it any more (`IntroductionQuerySet.visible_to`), and the night deletes what was
frozen. While it is open all of it is read, and her CV; her CV ends with it.
"""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.introductions import limits, stories
from visavis.introductions.enums import BOTH_SAID_YES, Side, State
from visavis.introductions.models import Introduction
from visavis.ui import dates


def contact_until(row: Introduction) -> dt.date | None:
    """Return the last day on which each reads how to reach the other after a hire; None where there is no such day."""
    return _after_start(row, limits.CONTACT_AFTER_START)


def names_until(row: Introduction) -> dt.date | None:
    """Return the last day on which each reads the other's name after a hire."""
    return _after_start(row, limits.NAMES_AFTER_START)


def read_until(row: Introduction) -> dt.date | None:
    """Return the last day on which the employer reads anything of an introduction that is over."""
    if row.closed_at is None:
        return None
    ends = timezone.localdate(row.closed_at + limits.READ_AFTER_END)
    return max(filter(None, (ends, names_until(row))))


def holds(day: dt.date | None) -> bool:
    """Say whether a last day has not passed."""
    return day is not None and clock.today() <= day


def _after_start(row: Introduction, days: dt.timedelta) -> dt.date | None:
    hire = stories.hire_of(row)
    return hire.starts_on + days if row.state == State.HIRED and hire is not None else None


def words(row: Introduction, reader: Side) -> str:
    """Say who reads what, until when: the same for both sides."""
    if row.state in BOTH_SAID_YES and row.delayed_since is None:
        return _(
            "Without a hire, names and contact details are hidden when it ends."
            " After a hire they stay visible from the first day of work: contact details %(contact)s days,"
            " names %(names)s days."
        ) % {"contact": limits.CONTACT_AFTER_START.days, "names": limits.NAMES_AFTER_START.days}
    if row.is_open or not row.has_reached_employer:
        return ""
    if holds(contact_until(row)):
        return _(
            "Each side sees the other’s contact details until %(contact)s, and the name until %(names)s."
        ) % {"contact": dates.day(contact_until(row)), "names": dates.day(names_until(row))}
    if holds(names_until(row)):
        return _("Contact details are hidden now. Each side still sees the other’s name until %(names)s.") % {
            "names": dates.day(names_until(row))
        }
    if not holds(read_until(row)):
        return _("The employer can no longer read any of this.")
    if getattr(row, "frozen", None) is None:
        return _("Names and contact details are hidden now. The rest of this page was not kept.")
    said = {"day": dates.day(read_until(row))}
    if reader == Side.EMPLOYER:
        return (
            _("Names and contact details are hidden now. The rest of this page stays until %(day)s.") % said
        )
    return (
        _(
            "Names and contact details are hidden now. The employer can read the rest of this page until %(day)s."
        )
        % said
    )
