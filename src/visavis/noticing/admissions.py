"""A file opened outside one's own people: asked why before, open for some hours, told to whose file it is."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.news.models import News
from visavis.news.services import Subject, tell
from visavis.noticing.enums import Why
from visavis.noticing.models import Admission
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui.dates import moment

THING, OPENED = "admission", "opened"
LASTS = dt.timedelta(hours=4)
ALOUD = {
    OPENED: _(
        "Somebody of the agency who does not accompany you has opened your file, and said why. You can read who it "
        "was and why, on the site or in a letter."
    )
}


ADMITTED = Prepared(
    lambda people, actors, last, first: Admission.objects.filter(
        person__in=people, by__in=actors, at__lte=last, until__gte=first
    )
)


class WhyAsked(PermissionDenied):
    """The file is of somebody whom the reader does not accompany; `url` is the page that asks why."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(gettext("You do not accompany this person. Say why you need the file."))


def holds(actor: User, person: User) -> bool:
    """Say whether somebody has said why, and the file is still open to him."""
    return Admission.objects.holding().filter(by=actor.pk, person=person.pk).exists()


def people(actor: User) -> QuerySet[Admission, int]:
    """Give the numbers of the users whose files are open to somebody who said why."""
    return Admission.objects.holding().filter(by=actor.pk).order_by().values_list("person_id", flat=True)


def open_until(actor: User, person: User) -> dt.datetime | None:
    """Return until when a file is open to somebody who said why, if it is."""
    found = Admission.objects.holding().filter(by=actor.pk, person=person.pk).order_by("-until").first()
    return found.until if found else None


def admit(*, by: User, person: User, why: Why, words: str) -> Admission:
    """Open a file to somebody for some hours, and tell the person by her channel: who, until when and why."""
    now = clock.now()
    with transaction.atomic():
        row = Admission.objects.create(person=person, by=by, why=why, words=words, at=now, until=now + LASTS)
        record(Act(Entry.Action.CREATED, THING, row.pk, person.pk, note=why), by=by.pk)
        with override(person.language):
            subject = Subject(THING, row.pk, gettext("Who opened your file"), reverse("people:readings"))
        tell(user=person, role=Role.JOBSEEKER, kind=OPENED, subject=subject)
    return row


def end(*, by: User, person: User) -> None:
    """Close a file again that is open to somebody, before its time."""
    now = clock.now()
    with transaction.atomic():
        rows = list(Admission.objects.holding().filter(by=by, person=person).select_for_update())
        for row in rows:
            row.until = now
            row.save(update_fields=["until"])
            record(Act(Entry.Action.CHANGED, THING, row.pk, person.pk, note="closed"), by=by.pk)


def reason(row: Admission) -> str:
    """Return why, in words: the reason of the list, and what was said."""
    return f"{Why(row.why).label}. {row.words}"


def whys(entries: Sequence[Entry]) -> Mapping[int, str]:
    """Say of entries of the journal, by their number, why somebody did them whom the file was opened to."""
    asked = [one for one in entries if one.person_id and one.actor_id and one.actor_id != one.person_id]
    if not asked:
        return {}
    rows = ADMITTED(
        sorted({one.person_id for one in asked if one.person_id}),
        sorted({one.actor_id for one in asked if one.actor_id}),
        max(one.at for one in asked),
        min(one.at for one in asked),
    )
    return {
        one.pk: reason(row)
        for one in asked
        for row in rows
        if (row.person_id, row.by_id) == (one.person_id, one.actor_id) and row.at <= one.at <= row.until
    }


def on_paper(row: News) -> list[str]:
    """Return what a letter tells: who opened the file, until when it was open, and why."""
    found = Admission.objects.filter(pk=row.thing_id).select_related("by").first()
    if found is None:
        return [str(ALOUD[OPENED])]
    told = {
        "who": found.by.name if found.by else gettext("Somebody who has left the service"),
        "when": moment(found.at),
        "until": moment(found.until),
    }
    return [
        gettext("%(who)s, of your agency, does not accompany you and opened your file: %(when)s.") % told,
        gettext("The file was open until %(until)s.") % told,
        gettext("The reason given: %(why)s") % {"why": reason(found)},
        gettext("Does this surprise you? Ask the data protection officer: call us, write to us, or come."),
    ]
