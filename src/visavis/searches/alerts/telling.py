"""What is said of new openings: one message a person and round, whatever the number of her searches."""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.searches.models import Alert
from visavis.searches.pages.asking import place_said

NEW = "new-openings"
ALOUD = {NEW: gettext_lazy("There are new openings for what you look for: we read them to you.")}
TITLE = 120
KEPT_FOR = dt.timedelta(days=92)
_SIGNER = signing.Signer(salt="searches.stop")


def title_of(alert: Alert) -> str:
    """Name a search by its words and its place."""
    asked = alert.asked
    said = ", ".join(filter(None, [asked.words[:TITLE], place_said(asked)]))
    return said or _("all openings")


def pause(alert: Alert) -> dt.timedelta:
    """Return how long until it is looked through again: a week at least, for whom somebody calls or writes."""
    is_daily = alert.rhythm == Alert.Rhythm.DAILY and news.channel_of(alert.user) not in news.BY_HAND
    return dt.timedelta(days=1 if is_daily else 7)


def news_of(hers: Sequence[Alert]) -> News:
    """Return the message about what several searches of one person found."""
    user, more = hers[0].user, len(hers) - 1
    with translation.override(user.language):
        title = title_of(hers[0])
        if more:
            title += " " + ngettext("and %(n)s search more", "and %(n)s searches more", more) % {"n": more}
    subject = news.Subject(Alert.THING, hers[0].pk, title, reverse("searches:alerts"))
    return news.news_of(user=user, role=Role.JOBSEEKER, kind=NEW, subject=subject)


def stop_url(row: News) -> str:
    """Return the address at which she stops all messages about new openings without signing in."""
    return settings.SITE_URL + reverse("searches:stop", kwargs={"token": _SIGNER.sign(str(row.user_id))})


def who_stops(token: str) -> int | None:
    """Return whose link it is; None for one that is not ours."""
    try:
        return int(_SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def over(now: dt.datetime) -> QuerySet[News]:
    """Find what was told of new openings three months ago."""
    return News.objects.filter(thing=Alert.THING, at__lt=now - KEPT_FOR)
