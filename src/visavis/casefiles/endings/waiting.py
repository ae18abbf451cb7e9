"""What the end of a follow-up says to the homes and the desk."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.casefiles.endings.enums import NOTED, Act, Side, State
from visavis.casefiles.endings.telling import first_told
from visavis.casefiles.models import Ending, EndingStep
from visavis.common import clock
from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.people.days import Line
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import (
    FOLLOW_UP,
    App,
    Event,
    Happened,
    MayWait,
    Noted,
    Said,
    Urgency,
    Waiting,
    noted_filter,
)
from visavis.ui import dates

ANSWERED, COMING = 17, 36
# So long it stands among what is new that she wants to go on.
NEWS_FOR, A_WEEK = dt.timedelta(days=14), dt.timedelta(days=7)
UNRESOLVED_OF = Prepared(lambda person: Ending.objects.unresolved().filter(person=person).order_by("pk"))

ASKED = "asked"
HERS: dict[str, Promise] = {
    ASKED: gettext_lazy("You asked to end your follow-up."),
    Act.PROPOSE: gettext_lazy("We proposed to end your follow-up."),
    Act.MOVE: gettext_lazy("The day was put off: our notice had not reached you."),
    Act.STAY: gettext_lazy("You said that your follow-up goes on."),
    Act.WITHDRAW: gettext_lazy("We took our proposal back: your follow-up goes on."),
    Act.END: gettext_lazy("Your follow-up ended."),
    Act.AGAIN: gettext_lazy("Your follow-up began again."),
    Act.UNDO: gettext_lazy("The end was taken back: your follow-up goes on."),
}
THEIRS: dict[str, Promise] = {
    ASKED: gettext_lazy("The person asked to end the follow-up."),
    Act.PROPOSE: gettext_lazy("The end of the follow-up was proposed."),
    Act.MOVE: gettext_lazy("The day was put off: no notice had reached the person."),
    Act.STAY: gettext_lazy("The person said that the follow-up goes on."),
    Act.WITHDRAW: gettext_lazy("The proposal to end the follow-up was taken back."),
    Act.END: gettext_lazy("The follow-up ended."),
    Act.AGAIN: gettext_lazy("The follow-up began again."),
    Act.UNDO: gettext_lazy("The end was taken back: the follow-up goes on."),
}


def ending_line(person: Any) -> Line:
    """Return that the follow-up of a person ends on a day, or ended."""
    return Line(
        person.name,
        _("The follow-up ended.") if person.ending == State.ENDED else _("The follow-up ends at noon."),
        address("casefiles:ending_of", jobseeker_id=person.jobseeker.pk),
        kind="wait",
        word="" if person.ending_told else _("does not know yet"),
    )


def look_at(person: Any) -> Waiting:
    return Waiting(
        gettext_lazy("The person wants the follow-up to go on: see what you do next together."),
        address("casefiles:ending_of", jobseeker_id=person.pk),
        Urgency.TO_CONFIRM,
        label=gettext_lazy("See what was said"),
        due=person.noted["ending-stays"],
    )


_noted = partial(Noted, is_account=True)


class Endings(App):
    """Whose follow-up may end, this week too, and who wants to go on."""

    chapter = FOLLOW_UP

    filters = (
        noted_filter(
            "ending-stays",
            gettext_lazy("Wants the follow-up to go on"),
            place=ANSWERED,
            is_hot=True,
            to_do=look_at,
        ),
        noted_filter("ending-week", gettext_lazy("Follow-up ends this week"), place=COMING, is_to_come=True),
        noted_filter(
            "ending-proposed", gettext_lazy("End of the follow-up proposed"), place=COMING, is_to_come=True
        ),
    )

    def noted(self, morning: dt.datetime, tonight: dt.datetime) -> Sequence[Noted]:
        proposed = Ending.objects.filter(state=State.PROPOSED)
        # What she said before is old where the end was proposed, or came, since.
        since = Ending.objects.unresolved().filter(person=OuterRef("person"))
        stays = Ending.objects.filter(
            ~Exists(since), state__in=[State.STAYS, State.AGAIN], changed_at__gte=clock.now() - NEWS_FOR
        )
        soon = proposed.filter(told_on__isnull=False, ends_at__lt=tonight + A_WEEK)
        return [
            _noted(stays, "person", "changed_at", "ending-stays"),
            _noted(soon, "person", "ends_at", "ending-week"),
            _noted(proposed, "person", "ends_at", "ending-proposed"),
        ]

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return, for the person, what one word of hers decides."""
        if role != Role.JOBSEEKER or (row := UNRESOLVED_OF.first(actor.pk)) is None:
            return []
        url = address("casefiles:ending")
        if row.state == State.PROPOSED:
            words = _("Your follow-up may end on %(day)s. Do you want it to go on?")
            return [
                Waiting(
                    words % {"day": dates.day(first_told(row))}, url, Urgency.TO_CONFIRM, label=_("Answer")
                )
            ]
        words = _("Your follow-up has ended. One press takes it up again.")
        return [Waiting(words, url, Urgency.SILENT, label=_("See"))]

    def may_wait(self) -> Sequence[MayWait]:
        return [MayWait(Ending.objects.unresolved(), "person")]

    def reached(self) -> Sequence[Said]:
        """What she said of it by phone, at the agency or on paper."""
        hers = EndingStep.objects.filter(side=Side.PERSON, way__in=NOTED)
        return [Said(hers, "ending__person", "at", is_account=True)]

    def happened(self, person: Any) -> Happened:
        return Happened(EndingStep.objects.filter(ending__person=person.user_id))

    def tell(self, rows: Iterable[EndingStep], person: Any, actor: User) -> list[Event]:
        is_hers = actor.pk == person.user_id
        url = (
            address("casefiles:ending") if is_hers else address("casefiles:ending_of", jobseeker_id=person.pk)
        )
        words = HERS if is_hers else THEIRS
        return [Event(row.at, str(words[what(row)]), url) for row in rows]


def what(row: EndingStep) -> str:
    """Return what was done; that she asked for the end is another thing than that we propose it."""
    return ASKED if row.act == Act.PROPOSE and row.side == Side.PERSON else row.act
