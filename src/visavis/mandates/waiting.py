"""What mandates say to the homes: to a helper her people, to a person who may act for her."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.common import clock
from visavis.mandates import passage as passages
from visavis.mandates.enums import Act
from visavis.mandates.errands import ERRANDS, Code, whole
from visavis.mandates.models import Mandate, Step, Visit
from visavis.mandates.passage import Passage, UnderMandate
from visavis.people import waiting
from visavis.people.asked import AskedBy
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import actor_of
from visavis.people.waiting import MANDATES, App, Event, Happened, Noted, Said, Urgency, Waiting, noted_filter

# From so many days before its end a mandate is said to end.
ENDS_SOON_DAYS = 14
ENDS_SOON = dt.timedelta(days=ENDS_SOON_DAYS)
# Among the ready filters of a caseload.
FILTER_PLACE = 75

HELD = AskedBy(lambda helper: Mandate.objects.of_helper(helper).with_words().order_by("ends_at", "pk"))
ENDED = AskedBy(
    lambda helper: (
        Mandate.objects.ended_lately(helper)
        .with_words()
        .exclude(person__in=Mandate.objects.of_helper(helper).values("person"))
        .order_by("pk")
    )
)


@dataclass(frozen=True)
class Helped:
    """A person for whom somebody acts: the mandate, where it leads, what waits for her, whether it ends soon."""

    mandate: Mandate
    url: str
    waiting: list[Waiting]
    days_left: int

    @property
    def ends_soon(self) -> bool:
        return self.days_left <= ENDS_SOON_DAYS and self.days_left < self.mandate.days

    @property
    def first(self) -> Waiting | None:
        return self.waiting[0] if self.waiting else None


@dataclass(frozen=True)
class Beginning:
    """Where an errand of a mandate begins."""

    words: str | Promise
    url: str


def ask_again(person: Any) -> Waiting:
    return Waiting(
        _("A mandate ends soon: ask the person whether it goes on."),
        reverse("mandates:of", kwargs={"user_id": person.user_id}),
        Urgency.SOON,
        label=_("See the mandate"),
        due=person.noted["mandate-ends"],
    )


# What was done to a mandate, and how far it is told: the code alone is nobody's yet.
TOLD = {
    Act.GIVE: gettext_lazy("%(name)s may act for the person under mandate %(number)s."),
    Act.REVOKE: gettext_lazy("Mandate %(number)s was ended at once: %(name)s acts no more."),
    Act.END: gettext_lazy("Mandate %(number)s has ended: %(name)s acts no more."),
}
TOLD_HER = {
    Act.GIVE: gettext_lazy("%(name)s may act for you under mandate %(number)s."),
    Act.REVOKE: gettext_lazy("You ended mandate %(number)s, or had it ended: %(name)s acts no more."),
    Act.END: gettext_lazy("Mandate %(number)s has ended: %(name)s acts no more."),
}


class Mandates(App):
    """Whom one helps, and who helps."""

    chapter = MANDATES
    filters = (
        noted_filter(
            "mandate-ends",
            gettext_lazy("A mandate ends soon"),
            place=FILTER_PLACE,
            is_to_come=True,
            to_do=ask_again,
        ),
    )

    def reached(self) -> Sequence[Said]:
        """Her helper did something for her, and speaks with her."""
        return [Said(Visit.objects.all(), "mandate__person", "last_at", is_account=True)]

    def happened(self, person: Any) -> Happened:
        steps = Step.objects.filter(mandate__person=person.user_id, act__in=[*TOLD])
        return Happened(steps.select_related("mandate__helper"))

    def tell(self, rows: Iterable[Step], person: Any, actor: User) -> list[Event]:
        is_hers = actor.pk == person.user_id
        said = TOLD_HER if is_hers else TOLD
        url = reverse("mandates:mine") if is_hers else reverse("mandates:of", args=[person.user_id])
        return [
            Event(
                row.at,
                said[Act(row.act)]
                % {
                    "name": row.mandate.helper.name if row.mandate.helper else _("somebody"),
                    "number": row.mandate_id,
                },
                url,
            )
            for row in rows
        ]

    def noted(self, morning: dt.datetime, tonight: dt.datetime) -> Sequence[Noted]:
        # Who has one for a day or two knows it; so many days are asked about that were given for longer.
        soon = Mandate.objects.in_force().filter(
            days__gt=ENDS_SOON_DAYS, ends_at__lte=clock.now() + ENDS_SOON
        )
        return [Noted(soon, "person", "ends_at", "mandate-ends", is_account=True)]

    def home(self, request: HttpRequest, role: Role | None) -> dict[str, Any]:
        if role == Role.HELPER:
            return {"helped": helped(actor_of(request)), "ended": ended(actor_of(request))}
        return {}


def helped(actor: User) -> list[Helped]:
    """Return the people for whom somebody may act today, those whose mandate ends first in front."""
    found, held = [], HELD(actor)
    apps = waiting.apps_of([row.person_id for row in held])
    for row in held:
        passage = UnderMandate(row, actor)
        left = (row.ends_at - clock.now()).days if row.ends_at else 0
        waits = within_passage(passage, apps[row.person_id])
        found.append(Helped(row, passage.prefix, waits, left))
    return found


def ended(actor: User) -> list[Mandate]:
    """Return the mandates that ended not long ago and for whose people nobody asked her again, the last first."""
    rows = {row.person_id: row for row in ENDED(actor)}
    return [*reversed(rows.values())]


def within_passage(passage: Passage, apps: Sequence[App] | None = None) -> list[Waiting]:
    """Return what waits for the person, as far as it is covered; its addresses lead through the passage."""
    with passages.within(passage):
        all_of_it = waiting.waiting_for(passage.person, Role.JOBSEEKER, apps)
        return [one for one in all_of_it if one.url and passage.opens(str(one.url))]


def beginnings(passage: UnderMandate) -> list[Beginning]:
    """Return where the errands of a mandate begin; what an errand includes is not said beside it."""
    codes = [Code(one) for one in whole(passage.mandate.errands)]
    included = {ERRANDS[one].includes for one in codes}
    with passages.within(passage):
        return [
            Beginning(ERRANDS[one].words, reverse(ERRANDS[one].first)) for one in codes if one not in included
        ]
