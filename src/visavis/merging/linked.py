"""The secret link in a message about a merge: made of the row and of who was told, opened with the site's secret."""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from visavis.common import own_links
from visavis.merging.models import Merge


def code_of(row: Merge, user_id: int) -> str:
    """Return the code of a merge for one of its two accounts."""
    return own_links.code_of(row.pk, "visavis.merging", f"{row.pk}:{user_id}:{row.at.isoformat()}")


def link_of(row: Merge, user_id: int) -> str:
    """Return the link as a message says it."""
    return settings.SITE_URL + reverse("merging:by_link", kwargs={"code": code_of(row, user_id)})


def opened_by(code: str) -> Merge | None:
    """Return the merge whose link it is, while both accounts are there."""
    row = Merge.objects.filter(pk=own_links.number_of(code), goes__isnull=False, stays__isnull=False).first()
    if row is None:
        return None
    theirs = [code_of(row, user) for user in (row.stays_id, row.goes_id) if user is not None]
    return row if any(constant_time_compare(code, one) for one in theirs) else None
