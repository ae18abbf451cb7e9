"""Signs of what comes in: how long ago was the mailbox read, and is a channel silent without its wont?"""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from visavis.common.signs import Ages, Sign
from visavis.mailboxes import silence
from visavis.mailboxes.enums import Way
from visavis.mailboxes.models import MailPosition
from visavis.ui.dates import weekday

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


SILENT_TITLE = _("What people write")
SILENT = {
    Way.MAIL: _(
        "No e-mail has come in since %(day)s. Send one to the letterbox, and have the mail server looked at."
    ),
    Way.SMS: _("No text message has come in since %(day)s. Send one, and ask the provider of text messages."),
    Way.WEB: _(
        "Nobody has written on the site since %(day)s. Write a message there, to see that it still works."
    ),
}


def channels_in() -> Sign:
    """Say whether a channel that usually brings something has been silent for days. It stops nothing: never wrong."""
    words = silent_words()
    if not words:
        return Sign("channels_in", SILENT_TITLE, "well", _("Every channel brings what it usually does."))
    return Sign("channels_in", SILENT_TITLE, "look", words[0])


def silent_words() -> list[str]:
    """Return what is said of each silent channel."""
    return [str(SILENT[one.way]) % {"day": weekday(one.since)} for one in silence.silences()]
