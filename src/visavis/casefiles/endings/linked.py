"""The secret link in a message: made of the row, opened only with the site's secret; nothing of it is kept."""

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from visavis.casefiles.models import Ending
from visavis.common import clock, own_links

# So long after it was proposed the link opens, as the code of a letter does, and a month more.
LIFE = dt.timedelta(days=120)


def code_of(row: Ending) -> str:
    """Return the code of an ending."""
    told = f"{row.pk}:{row.person_id}:{row.proposed_at.isoformat()}"
    return own_links.code_of(row.pk, "visavis.casefiles.endings", told)


def link_of(row: Ending) -> str:
    """Return the link as a message says it."""
    return settings.SITE_URL + reverse("casefiles:ending_by_link", kwargs={"code": code_of(row)})


def opened_by(code: str) -> Ending | None:
    """Return the ending whose link it is, as long as it opens."""
    rows = Ending.objects.select_related("person__jobseeker", "counsellor")
    row = rows.filter(
        pk=own_links.number_of(code), person__is_active=True, proposed_at__gt=clock.now() - LIFE
    ).first()
    return row if row is not None and constant_time_compare(code, code_of(row)) else None
