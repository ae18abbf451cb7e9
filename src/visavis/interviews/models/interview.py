"""An interview by video: one an appointment, and the steps it took."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from visavis.acts import models as acts
from visavis.acts.table import Table
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.interviews.enums import Act, Side, State
from visavis.interviews.table import TABLE
from visavis.people.models import User

# The door of the waiting room opens before the hour, and an interview that runs over is not cut.
OPENS_BEFORE, CLOSES_AFTER = dt.timedelta(minutes=15), dt.timedelta(hours=1)


class InterviewQuerySet(models.QuerySet["Interview"]):
    """Who may know of which interview."""

    def visible_to(self, actor: User) -> "InterviewQuerySet":
        """Those of appointments that somebody may see: hers, a counsellor's, those of a reception."""
        return self.filter(appointment__in=Appointment.objects.visible_to(actor))

    def with_words(self) -> "InterviewQuerySet":
        """Fetch with each what its pages say."""
        return self.select_related(
            "appointment__agency__commune",
            "appointment__kind",
            "appointment__counsellor",
            "appointment__person",
        )


class Interview(acts.Moving):
    """One row = the interview of one appointment by video."""

    TABLE: ClassVar[Table[Any, Any, Any]] = TABLE
    THING = "interview"
    KEPT: ClassVar[tuple[str, ...]] = ("state",)

    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="interview")
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="interview_is_in_a_known_state"),
        ]

    def __str__(self) -> str:
        return f"interview {self.pk} {self.state}"

    @property
    def person_id(self) -> int | None:
        """Return whom it is about, for the journal."""
        return self.appointment.person_id

    @property
    def url(self) -> str:
        """Return the way in for who is signed in."""
        return reverse("interviews:enter", kwargs={"appointment_id": self.appointment_id})

    @property
    def opens_at(self) -> dt.datetime:
        return self.appointment.starts_at - OPENS_BEFORE

    @property
    def closes_at(self) -> dt.datetime:
        return self.appointment.ends_at + CLOSES_AFTER

    @property
    def is_too_early(self) -> bool:
        return clock.now() < self.opens_at

    @property
    def is_over(self) -> bool:
        """Say whether nobody comes in any more: ended, past its time, or the appointment is off."""
        return (
            self.state == State.ENDED
            or clock.now() > self.closes_at
            or self.appointment.state not in ("booked", "seen")
        )

    @property
    def is_open(self) -> bool:
        return not self.is_too_early and not self.is_over


class InterviewStep(acts.Step):
    """One row = one act on an interview."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["interview", "number"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "number"], name="steps_of_an_interview_follow"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_interview_has_a_side"),
            models.CheckConstraint(
                condition=Q(act__in=[*Act.values, acts.UNDO]), name="step_of_interview_is_known"
            ),
        ]

    def moved(self) -> Interview:
        return Interview.objects.select_for_update(of=("self",)).get(pk=self.interview_id)
