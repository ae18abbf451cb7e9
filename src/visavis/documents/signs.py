"""The sign of the scanner: does it answer, and does what came get looked at?"""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.common.signs import Ages, Sign
from visavis.documents import scanning
from visavis.documents.enums import State
from visavis.documents.models import Document

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
NO_SCANNER = _("No virus scanner is configured: documents are opened only as drawn pages.")
AWAY = _("The virus scanner does not answer: documents wait. Look at clamav-daemon.")


def scanner() -> Sign:
    """Return the age of the oldest document that waits, and whether the scanner answers."""
    oldest = Document.objects.filter(state=State.RECEIVED).order_by("at").values_list("at", flat=True).first()
    if settings.VISAVIS_CLAMAV and not scanning.answers(settings.VISAVIS_CLAMAV):
        return Sign("scanner", TITLE, "wrong", AWAY, 1.0)
    if oldest is not None:
        return AGES.sign("scanner", TITLE, oldest)
    words = _("Every document was looked at.") if settings.VISAVIS_CLAMAV else NO_SCANNER
    return Sign("scanner", TITLE, "well", words, 0.0)
