"""The sign of the scanner: does it answer, and does what came get looked at?"""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.common.prepared import Prepared
from visavis.common.signs import Ages, Sign
from visavis.documents import scanning
from visavis.documents.enums import State
from visavis.documents.models import Document
from visavis.documents.places import Bucket, place

TITLE = _("Documents that came")
AGES = Ages(
    look=dt.timedelta(minutes=15),
    wrong=dt.timedelta(hours=2),
    words={
        "well": _("A document is being looked at."),
        "look": _("A document has waited for a quarter of an hour to be looked at."),
        "wrong": _("A document has waited for two hours. Look at the worker and at the virus scanner."),
    },
)
OLDEST = Prepared(
    lambda: Document.objects.filter(state=State.RECEIVED).order_by("at").values_list("at", flat=True)[:1]
)
NO_SCANNER = _("No virus scanner is configured: documents are opened only as drawn pages.")
NO_STORE = _("The store of documents does not answer: nothing can be given or opened. Look at VISAVIS_S3.")
AWAY = _("The virus scanner does not answer: documents wait. Look at clamav-daemon.")


def scanner() -> Sign:
    """Return the age of the oldest document that waits, and whether the store and the scanner answer."""
    oldest = OLDEST.first()
    where = place()
    if isinstance(where, Bucket) and not where.answers():
        return Sign("scanner", TITLE, "wrong", NO_STORE, 1.0)
    if settings.VISAVIS_CLAMAV and not scanning.answers(settings.VISAVIS_CLAMAV):
        return Sign("scanner", TITLE, "wrong", AWAY, 1.0)
    if oldest is not None:
        return AGES.sign("scanner", TITLE, oldest)
    words = _("Every document was looked at.") if settings.VISAVIS_CLAMAV else NO_SCANNER
    return Sign("scanner", TITLE, "well", words, 0.0)
