"""A ticket waits, is called, and ends served or missed; a called ticket sends the one called before away."""

from typing import Any

from django.db import models

from visavis.acts import models as acts
from visavis.acts.table import Rule, Table, rule

RULES: dict[tuple[str | None, str], Rule[str, str]] = {
    (None, "take"): rule({"visitor"}, "waiting"),
    ("waiting", "call"): rule({"desk"}, "called"),
    ("called", "serve"): rule({"desk"}, "served"),
    ("called", "miss"): rule({"service"}, "missed"),
    ("served", "thank"): rule({"service"}, "served"),
}


class Ticket(acts.Moving):
    """One row = one ticket."""

    TABLE: Table[str, str, str] = Table(RULES)
    THING = "ticket"
    KEPT = ("state", "called_at", "served_on", "desk")
    EFFECTS = frozenset({"thank"})

    called_at = models.DateTimeField(null=True)
    served_on = models.DateField(null=True)
    desk = models.CharField(max_length=10, blank=True)

    @property
    def person_id(self) -> None:
        return None


class TicketStep(acts.Step):
    """One row = one act on one ticket."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["ticket", "number"]

    def moved(self) -> Any:
        return Ticket.objects.select_for_update(of=("self",)).get(pk=self.ticket_id)
