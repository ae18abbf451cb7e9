"""Tell a person of her documents, by her channel; the news never says what."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.documents.enums import Act, Why
from visavis.documents.models import Document, Expected
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news import services as news
from visavis.news.models import News
from visavis.news.wording import of_it
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui.dates import day

THING, EXPECTED = "document", "expected-document"
KINDS = {Act.CHECK: "checked", Act.REFUSE: "refused", Act.STOP: "unsafe"}
ALOUD = {
    "going": _("Documents that you gave will soon be deleted here. I tell you which ones, and when."),
    "arrived": _("What you sent by e-mail has arrived, and lies with your documents."),
    "checked": _("The document you gave is checked: nothing more is needed for it."),
    "refused": _("The document you gave is not accepted. I tell you why, and what to bring instead."),
    "kept": _(
        "The document you gave is noted under another name now. I tell you which, and until when it is kept."
    ),
    "unsafe": _("The document you gave cannot be opened. I tell you why, and how to give it again."),
}
ASKED = {"asked": _("We need a document from you. I tell you which one, what for, and until when.")}


def tell(document: Document, act: Act) -> News:
    """Tell what became of a document."""
    with override(document.person.language):
        subject = news.Subject(THING, document.pk, gettext("A document"), document.url)
    return news.tell(user=document.person, role=Role.JOBSEEKER, kind=KINDS[act], subject=subject)


def tell_arrived(document: Document) -> News | None:
    """Tell that what hung on an e-mail is a document now; once."""
    if News.objects.filter(thing=THING, thing_id=document.pk, kind="arrived").exists():
        return None
    with override(document.person.language):
        subject = news.Subject(THING, document.pk, gettext("A document"), reverse("documents:mine"))
    return news.tell(user=document.person, role=Role.JOBSEEKER, kind="arrived", subject=subject)


def tell_going(document: Document) -> News:
    """Tell that documents of hers will be deleted; which ones, and when, stands on her page."""
    with override(document.person.language):
        subject = news.Subject(THING, document.pk, gettext("A document"), reverse("documents:mine"))
    return news.tell(user=document.person, role=Role.JOBSEEKER, kind="going", subject=subject)


def tell_kept(document: Document) -> News:
    """Tell what a document is now, and until when it is kept; what was not told yet of it before is no longer so."""
    mine = News.objects.filter(thing=THING, thing_id=document.pk, kind="kept")
    (mine.unsent() | mine.untold().filter(envelope__isnull=True)).delete()
    with override(document.person.language):
        subject = news.Subject(THING, document.pk, gettext("A document"), document.url)
    return news.tell(user=document.person, role=Role.JOBSEEKER, kind="kept", subject=subject)


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
    if row.kind == "going":
        mine = Document.objects.not_withdrawn().filter(person=row.user_id, told_of__gte=clock.today())
        said = gettext(
            "We delete these documents on the day beside each. If you need one, ask for a copy before:"
        )
        return [said, *(f"– {one.title}, {day(one.until)}" for one in mine.order_by("until", "pk"))]
    if row.kind in {"checked", "arrived"}:
        kept = gettext("We keep it until %(day)s.") % {"day": day(document.until)}
        return [of_it(document.title, str(ALOUD[row.kind])), kept]
    if row.kind == "kept":
        words = {"title": document.title, "kind": document.get_kind_display(), "day": day(document.until)}
        return [
            gettext("%(title)s: this is noted as “%(kind)s”. It is kept until %(day)s, then deleted.") % words
        ]
    why = [str(Why(document.why).label)] if document.why else []
    return [document.title, *why, *([document.words] if document.words else [])]


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
