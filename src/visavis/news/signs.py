"""The sign of what leaves: how long has the oldest message waited?"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from visavis.common.prepared import Prepared
from visavis.common.signs import Ages, Sign
from visavis.news.models import News

TITLE = _("Messages to people")
AGES = Ages(
    look=dt.timedelta(minutes=15),
    wrong=dt.timedelta(hours=2),
    words={
        "well": _("Messages are leaving."),
        "look": _("A message has waited for a quarter of an hour. It is tried again."),
        "wrong": _("A message has waited for two hours. Look at the mail server and the SMS gateway."),
    },
)


OLDEST = Prepared(
    lambda: (
        News.objects.wanted()
        .filter(News.IS_LEFT, state=News.State.WAITING)
        .order_by("at")
        .values_list("at", flat=True)[:1]
    )
)


def messages() -> Sign:
    """Return the age of the oldest message that has not left."""
    oldest = OLDEST.first()
    if oldest is None:
        return Sign("messages", TITLE, "well", _("Every message has left."), 0.0)
    return AGES.sign("messages", TITLE, oldest)
