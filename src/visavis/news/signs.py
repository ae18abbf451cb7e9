"""The sign of what leaves: how long has the oldest message waited?"""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from visavis.common.signs import Sign, by_age
from visavis.news.models import News

LOOK, WRONG = dt.timedelta(minutes=15), dt.timedelta(hours=2)
TITLE = _("Messages to people")


def messages() -> Sign:
    """Return the age of the oldest message that has not left."""
    oldest = News.objects.filter(state=News.State.WAITING).order_by("at").values_list("at", flat=True).first()
    if oldest is None:
        return Sign("messages", TITLE, "well", _("Every message has left."), 0.0)
    level, age = by_age(oldest, look=LOOK, wrong=WRONG)
    words = {
        "well": _("Messages are leaving."),
        "look": _("A message has waited for a quarter of an hour. It is tried again."),
        "wrong": _("A message has waited for two hours. Look at the mail server and the SMS gateway."),
    }
    return Sign("messages", TITLE, level, words[level], age)
