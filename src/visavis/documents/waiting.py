"""What documents say to the homes and the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.common.prepared import Prepared
from visavis.documents.enums import Act, Side, State
from visavis.documents.models import Document, Expected, Step
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import HERS, App, Course, Event, Filter, Urgency, Waiting
from visavis.ui.dates import day

PLACE = 17
TO_CHECK = Prepared(
    lambda users: (
        Document.objects.filter(person__in=users, state=State.TO_CHECK)
        .defer("title", "words")
        .order_by("at", "pk")
    )
)


class Documents(App):
    """Documents to be checked, and those still needed."""

    filters = (
        Filter(
            "document",
            gettext_lazy("Gave a document to be checked"),
            holds=lambda person, rows: bool(rows),
            since=lambda person, rows: rows[0].at,
            place=PLACE,
            is_of_rows=True,
        ),
    )

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role != Role.JOBSEEKER:
            return []
        missing = list(Expected.objects.filter(person=actor.pk).missing().order_by("until")[:20])
        if not missing:
            return []
        words = ngettext(
            "%(n)s document is needed from you, by %(day)s.",
            "%(n)s documents are needed from you, the first by %(day)s.",
            len(missing),
        ) % {"n": len(missing), "day": day(missing[0].until)}
        return [Waiting(words, reverse("documents:mine"), label=_("Give it"), due=missing[0].until)]

    def said_by_her(self) -> tuple[QuerySet[Any], str] | None:
        return Step.objects.filter(document__person__jobseeker=HERS, act=Act.SEND, side=Side.PERSON), "at"

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[Document]]:
        numbers = {person.user_id: person.pk for person in people}
        found: dict[int, list[Document]] = {}
        for row in TO_CHECK([*numbers]) if numbers else ():
            found.setdefault(numbers[row.person_id], []).append(row)
        return found

    def to_do(self, person: Any, rows: Sequence[Document]) -> Iterable[Waiting]:
        for row in rows:
            yield Waiting(
                _("Check the document that the person gave."),
                row.url,
                Urgency.TO_CONFIRM,
                label=_("Check the document"),
                due=row.at,
            )

    def told(self, rows: Sequence[Document]) -> list[Course]:
        return [Course(row.title, "", row.state_words, "wait", day(row.at), row.url) for row in rows]

    def events(self, person: Any, actor: User, most: int) -> list[Event]:
        steps = Step.objects.filter(
            document__person=person.user_id, act__in=[Act.SEND, Act.CHECK, Act.REFUSE]
        )
        rows = steps.select_related("document").order_by("-at")[:most]
        return [
            Event(
                row.at,
                _("A document: %(act)s.") % {"act": Act(row.act).label},
                row.document.url,
                was_undone=row.undone_at is not None,
            )
            for row in rows
        ]
