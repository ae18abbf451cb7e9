"""An appointment, the steps it took, and the time and the places that nobody takes twice."""

import datetime as dt
import uuid
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from visavis.acts import models as acts
from visavis.acts.table import Table
from visavis.agencies.models import Absence, Agency
from visavis.appointments.enums import Channel, Side, State, Way
from visavis.appointments.models.kind import STEP_MINUTES, Kind, Workshop
from visavis.appointments.models.meeting import Meeting
from visavis.appointments.table import TABLE
from visavis.common import clock
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.ui import dates

STEP_S = STEP_MINUTES * 60


def quantum_of(at: dt.datetime) -> int:
    """Return the number of the five minutes in which an instant lies, counted from 1970 in UTC."""
    return int(at.timestamp()) // STEP_S


def instant_of(quantum: int) -> dt.datetime:
    """Return when the five minutes of a number begin."""
    return dt.datetime.fromtimestamp(quantum * STEP_S, dt.UTC)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Who may see which appointment."""

    def visible_to(self, actor: User) -> "AppointmentQuerySet":
        """Hers; a counsellor's own, of those he follows or stands in for; those of the agency of a reception."""
        kept = self.exclude(state=State.HELD)
        hers = Q(person=actor.pk)
        if actor.has_role(Role.COUNSELLOR):
            covered = Absence.objects.covered_by(actor).values("user")
            agencies = actor.organisation_ids(Role.COUNSELLOR)
            hers |= Q(person__in=people_of(actor, Capacity.COUNSELLOR))
            hers |= Q(agency__organisation__in=agencies) & (
                Q(counsellor=actor.pk) | Q(counsellor__in=covered)
            )
        if actor.has_role(Role.RECEPTION):
            hers |= Q(agency__organisation__in=actor.organisation_ids(Role.RECEPTION))
        return kept.filter(hers)

    def booked(self) -> "AppointmentQuerySet":
        """Keep what is to take place."""
        return self.filter(state=State.BOOKED)

    def held_now(self) -> "AppointmentQuerySet":
        """Keep what somebody has chosen and not booked yet; not what is offered in place of a later time."""
        return self.filter(state=State.HELD, held_until__gt=clock.now(), in_place_of__isnull=True)

    def to_come(self) -> "AppointmentQuerySet":
        """Keep what is to take place and has not ended."""
        return self.booked().filter(ends_at__gt=clock.now())

    def not_to_come(self) -> "AppointmentQuerySet":
        """Keep what was, and what was cancelled."""
        return self.exclude(state=State.BOOKED, ends_at__gt=clock.now())

    def of_calendar(self, user: User) -> "AppointmentQuerySet":
        """Keep what a counsellor's own calendar shows: what is booked with her, of a month ago and to come.

        Who comes to a workshop is not in it: it stands there once, by itself.
        """
        since = clock.now() - dt.timedelta(days=30)
        mine = self.filter(counsellor=user, workshop__isnull=True)
        return mine.filter(state__in=[State.BOOKED, State.SEEN], ends_at__gt=since)

    def with_words(self) -> "AppointmentQuerySet":
        """Fetch with each what its sentences need."""
        return self.select_related("agency__commune", "kind", "counsellor", "person", "workshop")


class Appointment(acts.Moving):
    """One row = one appointment of one person; while it is held, of whoever will give her name."""

    TABLE: ClassVar[Table[Any, Any, Any]] = TABLE
    THING = "appointment"
    KEPT: ClassVar[tuple[str, ...]] = ("state", "starts_at", "counsellor_id")

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    workshop = models.ForeignKey(
        Workshop, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    counsellor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    channel = models.CharField(max_length=8, choices=Channel)
    way = models.CharField(max_length=8, choices=Way)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    held_until = models.DateTimeField(null=True, blank=True)
    # Reminded once; of a new time anew.
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Since when she waits for an earlier time; how often one was offered, and when last; when one was looked for.
    wants_earlier_at = models.DateTimeField(null=True, blank=True)
    offers = models.PositiveSmallIntegerField(default=0)
    offered_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    # Whether she sits at the agency for it; which place is kept stands with the time that is taken (`places.py`).
    wants_place = models.BooleanField(default=False)
    # Of a time that is held for her: the appointment that would move there.
    in_place_of = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="earlier"
    )
    # What calendars know it by, and how often its time or place was changed.
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    sequence = models.PositiveIntegerField(default=0)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["counsellor", "starts_at"], name="appointments_of_counsellor"),
            models.Index(fields=["agency", "starts_at"], name="appointments_of_agency"),
            # Who comes today, of hundreds at once: what took place or was cancelled is far more.
            models.Index(
                fields=["person", "starts_at"],
                condition=Q(state="booked"),
                name="appointments_booked_by_whom",
            ),
            models.Index(
                fields=["starts_at"],
                condition=Q(state="booked", reminded_at__isnull=True),
                name="appointments_to_remind",
            ),
            models.Index(fields=["held_until"], condition=Q(state="held"), name="appointments_held"),
            models.Index(
                fields=["wants_earlier_at"],
                condition=Q(state="booked", wants_earlier_at__isnull=False),
                name="appointments_wanted_earlier",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="appointment_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(state=State.HELD, held_until__isnull=False)
                | (~Q(state=State.HELD) & Q(person__isnull=False)),
                name="what_is_booked_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(in_place_of__isnull=True) | Q(state=State.HELD),
                name="an_earlier_time_is_only_held",
            ),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk} {self.state}"

    @property
    def url(self) -> str:
        return reverse("appointments:one", kwargs={"appointment_id": self.pk})

    @property
    def zone(self) -> ZoneInfo:
        """Return the clock on the wall of the agency: every hour of an appointment is one of it."""
        return self.agency.zone

    @property
    def when(self) -> str:
        """Return day and hour as the wall of the agency shows them."""
        with timezone.override(self.zone):
            return dates.weekday_moment(self.starts_at)

    @property
    def hour(self) -> str:
        """Return its hour as the wall of the agency shows it."""
        with timezone.override(self.zone):
            return dates.hour(self.starts_at)

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    @property
    def is_to_come(self) -> bool:
        return self.state == State.BOOKED and self.ends_at > clock.now()

    @property
    def is_called_off(self) -> bool:
        """Say whether it would be to come, had it not been cancelled."""
        return self.state in (State.EXCUSED, State.REVOKED) and self.ends_at > clock.now()

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= clock.now()

    @property
    def where(self) -> str:
        """Return where one meets: the address of the agency, or how else."""
        if self.channel == Channel.AGENCY:
            return f"{self.agency.name}, {self.agency.address}, {self.agency.commune.name}"
        return str(Channel(self.channel).label)


class Step(acts.Step):
    """One row = one act on an appointment."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["appointment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "number"], name="steps_of_an_appointment_follow"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_appointment_has_a_side"),
        ]

    def moved(self) -> Appointment:
        return Appointment.objects.select_for_update(of=("self",)).get(pk=self.appointment_id)


class Quantum(models.Model):
    """One row = five minutes taken of a counsellor and of a person: nobody is in two places in them."""

    at = models.IntegerField()
    counsellor = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    person = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, null=True, related_name="quanta")
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, null=True, related_name="quanta")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, null=True, related_name="quanta")
    # The place of the agency that is kept for it, by its number in the app that has it.
    place = models.BigIntegerField(null=True, blank=True)
    # Of the first five minutes: how many follow, itself counted. Who looks for free time reads these rows only.
    length = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "quanta"
        indexes = [
            models.Index(fields=["counsellor", "at", "length"], condition=Q(length__gt=0), name="time_taken"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["counsellor", "at"], name="a_counsellor_is_in_one_place"),
            models.UniqueConstraint(fields=["person", "at"], name="a_person_is_in_one_place"),
            models.UniqueConstraint(
                fields=["place", "at"], condition=Q(place__isnull=False), name="a_place_is_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False, workshop__isnull=True, meeting__isnull=True)
                | Q(appointment__isnull=True, workshop__isnull=False, meeting__isnull=True)
                | Q(appointment__isnull=True, workshop__isnull=True, meeting__isnull=False),
                name="time_is_taken_for_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"quantum {self.pk}"


class Seat(models.Model):
    """One row = one place of a workshop, taken: each number once, none above how many there are."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    places = models.PositiveSmallIntegerField()
    appointment = models.OneToOneField(Appointment, on_delete=models.CASCADE, related_name="seat")

    class Meta:
        ordering = ["workshop", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "number"], name="a_place_of_a_workshop_is_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=F("places")), name="a_workshop_has_so_many_places"
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk}"
