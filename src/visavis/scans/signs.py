"""The sign of paper that comes in: is the scanner's folder there, is what came drawn, and does anybody sort it?"""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.common.prepared import Prepared
from visavis.common.signs import Ages, Sign
from visavis.scans import taking
from visavis.scans.enums import ScanState
from visavis.scans.models import Part, Scan

TITLE = _("Paper that came in")
AGES = Ages(
    look=dt.timedelta(minutes=30),
    wrong=dt.timedelta(hours=4),
    words={
        "well": _("A scan is being drawn."),
        "look": _("A scan has waited for half an hour to be drawn. Look at the worker."),
        "wrong": _(
            "A scan has waited for four hours to be drawn. Look at the worker and at the virus scanner."
        ),
    },
)
SORTING = Ages(
    look=dt.timedelta(days=3),
    wrong=dt.timedelta(days=10),
    words={
        "well": _("Pages wait to be sorted, since less than three days."),
        "look": _("Pages have waited for three days to be sorted by the counter."),
        "wrong": _("Pages have waited for ten days to be sorted by the counter."),
    },
)
RECEIVED = Prepared(
    lambda: Scan.objects.filter(state=ScanState.RECEIVED).order_by("at").values_list("at", flat=True)[:1]
)
TO_SORT = Prepared(lambda: Part.objects.to_sort().order_by("at").values_list("at", flat=True)[:1])
GONE = _("The scanner’s folder cannot be read. Look at its name, and at who may read it.")
LEFT = _("Files lie in the scanner’s folder that are no scans, or that cannot be taken. Look into it.")
WELL = _("Every page that came is filed.")


def paper_in() -> Sign:
    """Return whether the folder is read, and the age of what waits longest."""
    if settings.VISAVIS_SCANS_FROM:
        try:
            if taking.left_over():
                return Sign("paper_in", TITLE, "look", LEFT)
        except OSError:
            return Sign("paper_in", TITLE, "wrong", GONE)
    drawn = RECEIVED.first()
    if drawn is not None:
        return AGES.sign("paper_in", TITLE, drawn)
    sorted_ = TO_SORT.first()
    if sorted_ is not None:
        return SORTING.sign("paper_in", TITLE, sorted_)
    return Sign("paper_in", TITLE, "well", WELL, 0.0)
