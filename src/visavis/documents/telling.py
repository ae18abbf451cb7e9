"""Tell a person of her documents, by her channel; the news never says what."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.documents.enums import Act, Why
from visavis.documents.models import Document, Expected
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui.dates import day

THING, EXPECTED = "document", "expected-document"
KINDS = {Act.CHECK: "checked", Act.REFUSE: "refused", Act.STOP: "unsafe"}
ALOUD = {
    "checked": _("The document you gave is checked: nothing more is needed for it."),
    "refused": _("The document you gave is not accepted. I tell you why, and what to bring instead."),
    "unsafe": _("The document you gave cannot be opened. I tell you why, and how to give it again."),
}
ASKED = {"asked": _("We need a document from you. I tell you which one, what for, and until when.")}


def tell(document: Document, act: Act) -> News:
    """Tell what became of a document."""
    with override(document.person.language):
        subject = news.Subject(THING, document.pk, gettext("A document"), document.url)
    return news.tell(user=document.person, role=Role.JOBSEEKER, kind=KINDS[act], subject=subject)


def tell_expected(expected: Expected, by: User) -> News:
    """Tell that a document is asked for; that it was asked is in the journal."""
    act = journal.Act(Entry.Action.CREATED, EXPECTED, expected.pk, expected.person_id)
    journal.record(act, by=by.pk)
    with override(expected.person.language):
        subject = news.Subject(EXPECTED, expected.pk, gettext("A document"), reverse("documents:mine"))
    return news.tell(user=expected.person, role=Role.JOBSEEKER, kind="asked", subject=subject)


def on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of a document."""
    document = Document.objects.get(pk=row.thing_id)
    said = [f"{document.title}: {ALOUD[row.kind]}" if row.kind == "checked" else document.title]
    if document.why:
        said.append(str(Why(document.why).label))
    return [*said, *([document.words] if document.words else [])]


def expected_on_paper(row: News) -> Sequence[str]:
    """Return what a letter tells of what is asked for."""
    expected = Expected.objects.get(pk=row.thing_id)
    words = {"document": expected.named, "day": day(expected.until)}
    return [
        gettext("We need this document from you: %(document)s, by %(day)s.") % words,
        expected.why,
        gettext("Send or bring a copy, never the only one you have."),
    ]


def over(now: dt.datetime) -> QuerySet[News]:
    """Find the news of documents and requests that are gone."""
    gone = News.objects.filter(thing=THING).exclude(thing_id__in=Document.objects.order_by().values("pk"))
    return gone | News.objects.filter(thing=EXPECTED).exclude(
        thing_id__in=Expected.objects.order_by().values("pk")
    )
