"""The passage of reception: the person's own pages under `/at-the-counter/<visit>/`, while she stands there."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.counter import reach
from visavis.counter.models import CounterVisit
from visavis.journal.under import Under
from visavis.mandates.errands import Errand
from visavis.mandates.passage import Passage
from visavis.people.models import User


class StaysHers(Refused):
    """No page of a visit at the counter, or the visit ended meanwhile."""

    words = _(
        "This page stays the person’s own, or the visit has ended. The person opens it alone, at a station or at home."
    )


class AtTheCounter(Passage):
    """As wide as what a person can have done at the counter, for as long as the visit holds."""

    banner = "counter/banner.html"
    refusal = StaysHers

    def __init__(self, visit: CounterVisit, clerk: User) -> None:
        super().__init__(visit.person, clerk)
        self.visit, self.number = visit, visit.pk
        self.place, self.prefix = f"counter:{visit.pk}", f"/at-the-counter/{visit.pk}/"

    def errand_named(self, name: str, arguments: dict[str, Any], *, answers: bool) -> Errand | None:
        return reach.errand_at(name, arguments, answers=answers)

    def under(self) -> Under:
        return Under(None, self.person.pk, self.helper.pk, self.visit.pk)

    def still_holds(self) -> bool:
        # Held until the act is done: a ticket that is finished at this moment waits for it, or it does not begin.
        held = CounterVisit.objects.of_clerk(self.helper).select_for_update(of=("self",))
        return held.filter(pk=self.visit.pk).first() is not None
