"""The words of a CV that are not the profile's: it speaks of her to an employer."""

import datetime as dt

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.catalog.enums import Licence
from visavis.cvs.writing.facts import Job, Month
from visavis.ui.dates import short_month

DRIVING = frozenset(code for code in Licence if not code.startswith(("caces", "fimo")))

LEVELS: dict[int, Promise] = {
    4: gettext_lazy("Expert"),
    3: gettext_lazy("At ease"),
    2: gettext_lazy("Works alone"),
    1: gettext_lazy("Learning"),
}


def level(code: int | None) -> str:
    return str(LEVELS[code]) if code in LEVELS else ""


def licence(code: str, label: str) -> str:
    """Name a licence where nothing around it says that it is one."""
    return _("Driving licence %(code)s") % {"code": code} if code in DRIVING else label


def month(when: Month) -> str:
    return short_month(dt.date(when.year, when.month, 1)) if when.month else str(when.year)


def dates(job: Job) -> str:
    """Say when, as far as it is known."""
    start = month(job.starts) if job.starts else ""
    end = month(job.ends) if job.ends else ""
    if job.is_current:
        return _("Since %(start)s") % {"start": start} if start else _("Today")
    if start and end:
        return start if start == end else _("%(start)s – %(end)s") % {"start": start, "end": end}
    if start or end:
        return _("From %(start)s") % {"start": start} if start else _("Until %(end)s") % {"end": end}
    return ""
