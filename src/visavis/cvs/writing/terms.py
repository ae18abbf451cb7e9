"""On what terms she works, in the words of a CV: when, which contracts, which hours, how far."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from visavis.catalog.enums import ContractKind, Transport
from visavis.common import clock
from visavis.jobseekers.answers import plain
from visavis.jobseekers.answers.answer import labels
from visavis.jobseekers.enums import HoursKind
from visavis.jobseekers.models import Jobseeker
from visavis.ui import dates
from visavis.ui.templatetags.ui import km, minutes


def of(jobseeker: Jobseeker) -> Iterator[tuple[str, str]]:
    """Give a label and its words for each thing she said."""
    said = (
        (_("Can start"), start(jobseeker)),
        (_("Contracts"), joined(labels(jobseeker.contracts, ContractKind.choices))),
        (_("Hours"), hours(jobseeker)),
        (_("Travels to work"), travel(jobseeker)),
    )
    return ((label, words) for label, words in said if words)


def joined(parts: list[str]) -> str:
    """Make one line of several labels: the first keeps its capital."""
    return ", ".join([*parts[:1], *(part[:1].lower() + part[1:] for part in parts[1:])])


def start(jobseeker: Jobseeker) -> str:
    day = jobseeker.available_on
    if day and day > clock.today():
        return _("From %(date)s") % {"date": dates.day(day)}
    return _("Now") if day or plain.start_words(jobseeker) else ""


def hours(jobseeker: Jobseeker) -> str:
    match plain.hours_kind(jobseeker):
        case None:
            return ""
        case HoursKind.FULL:
            return _("Full time")
        case HoursKind.PART:
            return _("Part time")
        case HoursKind.ANY:
            return _("Full time or part time")
    return plain.hours_words(jobseeker)[0]


def travel(jobseeker: Jobseeker) -> str:
    """Say how far and how; not from where."""
    if jobseeker.radius_km is not None:
        far = _("Up to %(distance)s") % {"distance": km(jobseeker.radius_km)}
    elif jobseeker.minutes is not None:
        far = _("Up to %(time)s") % {"time": minutes(jobseeker.minutes)}
    else:
        far = ""
    how = str(Transport(jobseeker.transport).label) if jobseeker.transport else ""
    return joined([part for part in (far, how) if part])
