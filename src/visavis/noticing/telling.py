"""Tell the head of the agency and the data protection officer that somebody has opened many files."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.news.models import News
from visavis.news.services import Subject, tell
from visavis.noticing import limits
from visavis.noticing.models import Reason
from visavis.people.enums import Role
from visavis.people.models import Membership, User

LATELY = dt.timedelta(days=1)


def sweep() -> int:
    """Tell each refusal once; return how many. A refusal is written while a page is read, and told from here."""
    refused = Entry.objects.filter(
        action=Entry.Action.REFUSED,
        thing__in=("files", "lists"),
        actor_id__isnull=False,
        at__gte=clock.now() - LATELY,
    )
    told = News.objects.filter(thing="files", thing_id__in=refused.values("pk")).values_list(
        "thing_id", flat=True
    )
    rows = [row for row in refused.order_by("pk") if row.pk not in set(told)]
    for row in rows:
        with transaction.atomic():
            tell_of(row.actor_id, row.pk)
    return len(rows)


def keep_reason(*, by: User, words: str) -> Reason:
    """Keep why somebody opens many files, and tell it at once."""
    with transaction.atomic():
        seen = limits.files_read(by.pk)
        reason = Reason.objects.create(by=by, words=words, opened=seen.day)
        entry = record(Act(Entry.Action.CREATED, "reading-reason", reason.pk), by=by.pk)
        tell_of(by.pk, entry.pk)
    return reason


def tell_of(actor_id: int | None, entry_id: int) -> None:
    """Tell of an entry of the journal, in the language of each."""
    for membership in told_of(actor_id):
        subject = Subject("files", entry_id, _("Unusual reading of files"), reverse("noticing:noticed"))
        tell(user=membership.user, role=Role(membership.role), kind="noticed", subject=subject)


def told_of(actor_id: int | None) -> list[Membership]:
    """Return the heads of where somebody works, and the data protection officers; never herself."""
    places = Membership.objects.current().filter(user=actor_id).values("organisation")
    heads = Membership.objects.current().filter(role=Role.HEAD, organisation__in=places)
    officers = Membership.objects.current().filter(role=Role.PROTECTION)
    found = (heads | officers).exclude(user=actor_id).select_related("user").order_by("pk")
    return list({membership.user_id: membership for membership in found}.values())
