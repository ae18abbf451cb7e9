"""Tell whoever brought paper what arrived, by her channel, once a scan; the news never says what."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from visavis.documents.models import Document
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.scans.enums import PartState, Purpose
from visavis.scans.models import Part, Scan

THING, KIND = "scan", "arrived"
ALOUD = {KIND: _("The paper that you brought or sent has arrived, and lies with us.")}
LINKS = {
    Purpose.DOCUMENT: "documents:mine",
    Purpose.MESSAGE: "mailboxes:mine",
    Purpose.CARDS: "jobseekers:cards",
}


def tell(part: Part) -> News | None:
    """Tell that paper of hers arrived; the next part of the same scan tells it no second time."""
    person = part.person
    if person is None or News.objects.filter(thing=THING, thing_id=part.scan_id, user=person).exists():
        return None
    with override(person.language):
        link = reverse(LINKS[Purpose(part.purpose)])
        subject = news.Subject(THING, part.scan_id, gettext("Paper that arrived"), link)
    return news.tell(user=person, role=Role.JOBSEEKER, kind=KIND, subject=subject)


def tell_no_more(part: Part) -> None:
    """Take news back that nobody has told, when nothing of the scan is filed for her any more."""
    still = Part.objects.filter(scan=part.scan_id, person=part.person_id, state=PartState.FILED)
    if not still.exclude(pk=part.pk).exists():
        News.objects.untold().filter(
            thing=THING, thing_id=part.scan_id, user=part.person_id, envelope__isnull=True
        ).delete()


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells: each thing that arrived, by its name, and how many pages."""
    parts = Part.objects.filter(scan=row.thing_id, person=row.user_id, state=PartState.FILED)
    said = [gettext("The paper that you brought or sent has arrived:")]
    for part in parts.order_by("number"):
        number = part.pages.filter(is_blank=False, is_sheet=False).count()
        pages = ngettext("%(n)s page", "%(n)s pages", number) % {"n": number}
        said.append(f"– {_name_of(part)}, {pages}")
    return said


def _name_of(part: Part) -> str:
    document = (
        Document.objects.filter(pk=part.thing_id or 0).first() if part.purpose == Purpose.DOCUMENT else None
    )
    return document.title if document is not None else str(Purpose(part.purpose).label)


def over(now: dt.datetime) -> QuerySet[News]:
    """Find the news of scans that are gone."""
    return News.objects.filter(thing=THING).exclude(thing_id__in=Scan.objects.order_by().values("pk"))
