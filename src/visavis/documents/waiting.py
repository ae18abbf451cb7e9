"""What documents say to the homes and the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.common import clock
from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.documents.enums import Act, Side, State
from visavis.documents.models import Document, Expected, Step
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import DOCUMENTS, App, Event, Filter, Happened, MayWait, Said, Urgency, Waiting
from visavis.ui.dates import day

PLACE, MOST = 17, 20
MISSING = Prepared(lambda person: Expected.objects.filter(person=person).missing().order_by("until")[:MOST])


def gave_one(actor: User) -> Exists:
    """She gave a document that nobody has checked."""
    return Exists(Document.objects.filter(person=OuterRef("user_id"), state=State.TO_CHECK).order_by())


def check_it(person: Any) -> Waiting:
    return Waiting(
        gettext_lazy("Check the document that the person gave."),
        address("documents:of", user_id=person.user_id),
        Urgency.TO_CONFIRM,
        label=gettext_lazy("Check the document"),
        due=clock.today(),
    )


class Documents(App):
    """Documents to be checked, and those still needed."""

    chapter = DOCUMENTS
    filters = (
        Filter(
            "document", gettext_lazy("Gave a document to be checked"), gave_one, place=PLACE, to_do=check_it
        ),
    )

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role != Role.JOBSEEKER:
            return []
        missing = MISSING(actor.pk)
        if not missing:
            return []
        words = ngettext(
            "%(n)s document is needed from you, by %(day)s.",
            "%(n)s documents are needed from you, the first by %(day)s.",
            len(missing),
        ) % {"n": len(missing), "day": day(missing[0].until)}
        return [Waiting(words, reverse("documents:mine"), label=_("Give it"), due=missing[0].until)]

    def may_wait(self) -> Sequence[MayWait]:
        return [MayWait(Expected.objects.missing(), "person")]

    def said_by_people(self) -> Said:
        return Said(
            Step.objects.filter(act=Act.SEND, side=Side.PERSON), "document__person", "at", is_account=True
        )

    def happened(self, person: Any) -> Happened:
        acts = [Act.SEND, Act.CHECK, Act.REFUSE]
        steps = Step.objects.filter(document__person=person.user_id, act__in=acts)
        return Happened(steps.select_related("document"))

    def tell(self, rows: Iterable[Step], person: Any, actor: User) -> list[Event]:
        return [
            Event(
                row.at,
                _("A document: %(act)s.") % {"act": Act(row.act).label},
                row.document.url,
                was_undone=row.undone_at is not None,
            )
            for row in rows
        ]
