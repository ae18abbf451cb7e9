"""What somebody of an agency held, given to others in one act, and back."""

from typing import Any

from django.db import models

from visavis.acts import models as acts
from visavis.acts.table import Table, rule
from visavis.agencies.models.agency import Agency
from visavis.people.enums import Role
from visavis.people.models import User

DONE, UNDONE, HEAD, GIVE = "done", "undone", "head", "give"
TABLE: Table[str, str, str] = Table({(None, GIVE): rule({HEAD}, DONE)})


class HandoverQuerySet(models.QuerySet["Handover"]):
    """Who may see what was handed over."""

    def visible_to(self, actor: User) -> "HandoverQuerySet":
        """Those of the agencies that the actor heads."""
        return self.filter(agency__organisation__in=actor.organisation_ids(Role.HEAD))


class Handover(acts.Moving):
    """One row = one handing over of all that somebody held in an agency; what each app moved, by its code."""

    TABLE = TABLE
    THING = "handover"
    KEPT = ("state",)

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="handovers")
    former = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # For each app's part the numbers of the rows, and who took each.
    moved = models.JSONField(default=dict)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[DONE, UNDONE]), name="handover_is_in_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"handover {self.pk} {self.state}"

    @property
    def person_id(self) -> int:
        return self.former_id

    @property
    def number(self) -> int:
        """Return how many things were given."""
        return sum(len(rows) for rows in self.moved.values())


class HandoverStep(acts.Step):
    """One row = one act on a handing over: given, or taken back."""

    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["handover", "number"]
        constraints = [
            models.UniqueConstraint(fields=["handover", "number"], name="steps_of_a_handover_follow"),
        ]

    def moved(self) -> Any:
        return Handover.objects.select_for_update(of=("self",)).get(pk=self.handover_id)
