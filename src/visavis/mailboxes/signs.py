"""The sign of mail that comes in: how long ago was the mailbox read?"""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.common.signs import Ages, Sign
from visavis.mailboxes.models import MailPosition

TITLE = _("E-mail that comes in")
AGES = Ages(
    look=dt.timedelta(minutes=15),
    wrong=dt.timedelta(hours=2),
    words={
        "well": _("The mailbox is being read."),
        "look": _("The mailbox has not been read for a quarter of an hour. It is tried again."),
        "wrong": _("The mailbox has not been read for two hours. Have the mail server looked at."),
    },
)


def mail_in() -> Sign:
    """Return when the mailbox was last read, where the site has one."""
    if not settings.IMAP_HOST:
        return Sign("mail_in", TITLE, "well", _("No mailbox is given: no e-mail comes in."))
    positions = MailPosition.objects.filter(box=settings.VISAVIS_MAIL_IN, asked_at__isnull=False)
    asked = positions.values_list("asked_at", flat=True).first()
    if asked is None:
        never = _("The mailbox has never been read. Have its address and its password looked at.")
        return Sign("mail_in", TITLE, "wrong", never)
    return AGES.sign("mail_in", TITLE, asked)
