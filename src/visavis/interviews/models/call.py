"""Somebody who is to be called in place of an interview by video, and the steps that took."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from visavis.acts import models as acts
from visavis.acts.table import Table
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.interviews.enums import CallState, Side, Why
from visavis.interviews.models.interview import Interview
from visavis.interviews.table import CALLS
from visavis.people.addresses import phone_as_written
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class CallQuerySet(models.QuerySet["Call"]):
    """Which calls somebody may make."""

    def visible_to(self, actor: User) -> "CallQuerySet":
        """Those about appointments that somebody may see."""
        # Asked call by call: they are few, and neither appointments nor interviews are.
        hers = Appointment.objects.visible_to(actor).filter(interview__calls=OuterRef("pk")).order_by()
        return self.filter(Exists(hers))

    def to_make(self) -> "CallQuerySet":
        """Keep those that are still to be made."""
        return self.filter(state=CallState.WANTED)

    def with_words(self) -> "CallQuerySet":
        """Fetch with each what its sentences need."""
        appointment = "interview__appointment"
        return self.select_related(
            f"{appointment}__agency__commune",
            f"{appointment}__kind",
            f"{appointment}__counsellor",
            f"{appointment}__person",
        )


class Call(acts.Moving):
    """One row = one person to be called in place of her interview by video: why, at which number, until when."""

    TABLE: ClassVar[Table[Any, Any, Any]] = CALLS
    THING = "call"
    KEPT: ClassVar[tuple[str, ...]] = ("state",)

    id = NumberedField(primary_key=True)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="calls")
    why = models.CharField(max_length=10, choices=Why)
    # Another number than that of her account, where she gave one.
    number = EncryptedText(blank=True, max_length=20, person="interview.appointment.person_id")
    at = models.DateTimeField(default=clock.now)
    # Until when she was told that she is called.
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interview"],
                condition=Q(state=CallState.WANTED),
                name="one_call_is_wanted_in_place_of_an_interview",
            ),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="call_has_a_known_reason"),
            models.CheckConstraint(
                condition=Q(number="") | Q(number__sealed=True), name="number_of_a_call_is_sealed"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=CallState.WANTED), name="calls_to_make"),
        ]

    def __str__(self) -> str:
        return f"call {self.pk} {self.state}"

    @property
    def person_id(self) -> int | None:
        """Return whom it is about, for the journal."""
        return self.interview.person_id

    @property
    def url(self) -> str:
        return reverse("interviews:call", kwargs={"call_id": self.pk})

    @property
    def phone(self) -> str:
        """Return the number to call; empty where none is known."""
        person = self.interview.appointment.person
        return self.number or (person.phone if person else "") or ""

    @property
    def phone_shown(self) -> str:
        return phone_as_written(self.phone) if self.phone else ""

    @property
    def is_late(self) -> bool:
        return self.due_at < clock.now()

    @property
    def why_words(self) -> str:
        return str(Why(self.why).label)

    @property
    def state_words(self) -> str:
        return str(CallState(self.state).label)


class CallStep(acts.Step):
    """One row = one act on a call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="steps_of_a_call_follow"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_call_has_a_side"),
        ]

    def moved(self) -> Call:
        return Call.objects.select_for_update(of=("self",)).get(pk=self.call_id)
