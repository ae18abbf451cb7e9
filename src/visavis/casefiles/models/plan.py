"""A plan made by two: goals, actions, what stands in the way, and every change of it, old beside new."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.acts import models as acts
from visavis.acts.table import Table
from visavis.casefiles.enums import Hurdle, Kind, Reached, Side, State, Way, Whose
from visavis.casefiles.table import TABLE
from visavis.common import clock
from visavis.people.acting import AT_WORK, people_of
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vault.fields import EncryptedJSON, EncryptedText
from visavis.vault.numbers import NumberedField

A_DAY = dt.timedelta(days=1)


class PlanQuerySet(models.QuerySet["Plan"]):
    """Who may see which plan."""

    def visible_to(self, actor: User) -> "PlanQuerySet":
        """Hers; those to whom her file is open today."""
        seen = Q(person=actor.pk)
        if actor.has_role(Role.COUNSELLOR):
            seen |= Q(person__in=people_of(actor, *AT_WORK))
        return self.filter(seen)


class Plan(acts.Moving):
    """One row = the plan of one person, and whose yes it waits for."""

    TABLE: ClassVar[Table[Any, Any, Any]] = TABLE
    THING = "plan"
    KEPT: ClassVar[tuple[str, ...]] = ("state",)

    id = NumberedField(primary_key=True)
    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="plan")
    # What stands in the way, by codes of `enums.Hurdle`, and whether she shows it to her counsellor.
    hurdles = EncryptedJSON(default=list, blank=True, person="person_id")
    agreed_at = models.DateTimeField(null=True, blank=True)
    review_at = models.DateTimeField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="plan_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(hurdles__sealed=True), name="hurdles_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk} {self.state}"

    # What the next step keeps: which goal or action, what stood there and what stands there now, how it was said.
    told: dict[str, Any]

    def said(self) -> dict[str, Any]:
        return self.told

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    @property
    def is_to_review(self) -> bool:
        return self.review_at is not None and self.review_at <= clock.now()

    def hurdles_shown(self) -> list[str]:
        """Return in words what she lets her counsellor see."""
        return [str(Hurdle(code).label) for code, is_shown in self.hurdles if is_shown]


class PlanItem(models.Model):
    """One row = one goal, or one action, of a plan."""

    LONGEST = 300

    id = NumberedField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(max_length=6, choices=Kind)
    goal = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="actions")
    whose = models.CharField(max_length=7, choices=Whose, default=Whose.PERSON)
    partner = EncryptedText(_("Who"), max_length=80, blank=True, person="plan.person_id")
    words = EncryptedText(_("In a few words"), person="plan.person_id")
    due_on = models.DateField(null=True, blank=True)
    # When it is late: the end of its day. Nothing of what is done or given up is.
    late_at = models.DateTimeField(null=True, blank=True)
    reached = models.CharField(max_length=7, choices=Reached, default=Reached.OPEN)
    why = EncryptedText(_("Why"), blank=True, person="plan.person_id")
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["plan", "kind", "pk"]
        indexes = [
            models.Index(fields=["late_at"], condition=Q(late_at__isnull=False), name="actions_with_a_day")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(late_at__isnull=True) | Q(reached="open", due_on__isnull=False),
                name="only_what_is_open_is_late",
            ),
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_a_plan_are_sealed"),
            models.CheckConstraint(condition=Q(why__sealed=True), name="why_of_a_plan_is_sealed"),
            models.CheckConstraint(condition=Q(partner__sealed=True), name="partner_of_a_plan_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.reached == Reached.OPEN

    @property
    def is_late(self) -> bool:
        return self.late_at is not None and self.late_at <= clock.now()

    def reckon(self) -> None:
        """Say from when it is late."""
        has_day = self.is_open and self.due_on is not None
        self.late_at = clock.start_of(self.due_on + A_DAY) if has_day and self.due_on else None

    def as_said(self) -> dict[str, str]:
        """Return what it says, as its changes keep it."""
        return {
            "words": self.words,
            "whose": self.whose if self.kind == Kind.ACTION else "",
            "partner": self.partner,
            "due_on": self.due_on.isoformat() if self.due_on else "",
            "reached": self.reached,
            "why": self.why,
        }


class PlanStep(acts.Step):
    """One row = one change of a plan, or one yes: by whom, how it was said, and old beside new."""

    id = NumberedField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="steps")
    item = models.ForeignKey(PlanItem, on_delete=models.SET_NULL, null=True, related_name="+")
    way = models.CharField(max_length=7, choices=Way, default=Way.SITE)
    old = EncryptedJSON(default=dict, blank=True, person="plan.person_id")
    new = EncryptedJSON(default=dict, blank=True, person="plan.person_id")

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="steps_of_a_plan_follow"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_plan_has_a_side"),
            models.CheckConstraint(condition=Q(old__sealed=True), name="old_of_a_plan_is_sealed"),
            models.CheckConstraint(condition=Q(new__sealed=True), name="new_of_a_plan_is_sealed"),
        ]

    def moved(self) -> Plan:
        return Plan.objects.select_for_update(of=("self",)).get(pk=self.plan_id)
