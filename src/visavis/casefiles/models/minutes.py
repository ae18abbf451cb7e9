"""Minutes of a meeting: a draft that the service alone reads, and each text that was shared, kept as it was."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Absence, Agency
from visavis.appointments.models import Appointment
from visavis.casefiles.enums import Met
from visavis.common import clock
from visavis.mailboxes.models import Thread
from visavis.people.acting import AT_WORK, people_of
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui import dates
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# Who wrote them and accompanies the person no more still reads them for so long after they were shared.
STILL_READ = dt.timedelta(days=30)


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Who may see which minutes."""

    def visible_to(self, actor: User) -> "MinutesQuerySet":
        """Hers once shared; of those whose file is open to a counsellor; his own, until a month after sharing."""
        seen = Q(person=actor.pk, shared_number__gt=0)
        if actor.has_role(Role.COUNSELLOR):
            covered = Absence.objects.covered_by(actor).values("user")
            written = Q(writer=actor.pk) | Q(writer__in=covered)
            works = Q(agency__organisation__in=actor.organisation_ids(Role.COUNSELLOR))
            lately = Q(shared_at__isnull=True) | Q(shared_at__gt=clock.now() - STILL_READ)
            seen |= Q(person__in=people_of(actor, *AT_WORK))
            seen |= works & written & lately & ~Q(person=actor.pk)
        return self.filter(seen)

    def unshared(self) -> "MinutesQuerySet":
        """Keep those of meetings that are over, and of which the person has not read all there is."""
        return self.filter(ended_at__lte=clock.now()).exclude(shared_version=F("version"))


class Minutes(models.Model):
    """One row = the minutes of one meeting with one person: its draft, and how far it is shared."""

    LONGEST, LONGEST_AGREED = 7_000, 2_000

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="minutes")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(
        Appointment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    met = models.CharField(max_length=8, choices=Met)
    met_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    # Who has to finish them: of who leaves, somebody else.
    writer = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    body = EncryptedText(_("What was said"), blank=True, person="person_id")
    agreed = EncryptedText(_("What was agreed"), blank=True, person="person_id")
    version = models.PositiveIntegerField(default=1)
    saved_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    # The number of the text that the person reads, and the draft that it was.
    shared_number = models.PositiveSmallIntegerField(default=0)
    shared_version = models.PositiveIntegerField(default=0)
    shared_at = models.DateTimeField(null=True, blank=True)
    # Where the person was told of them, and answers.
    thread = models.ForeignKey(Thread, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = MinutesQuerySet.as_manager()

    class Meta:
        ordering = ["-met_at", "-pk"]
        verbose_name_plural = "minutes"
        indexes = [
            models.Index(fields=["person", "-met_at"], name="minutes_of_person"),
            models.Index(
                fields=["writer"], condition=~Q(shared_version=F("version")), name="minutes_to_share"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ended_at__gte=F("met_at")), name="a_meeting_ends_after_start"),
            models.CheckConstraint(
                condition=Q(shared_number=0, shared_at__isnull=True)
                | Q(shared_number__gt=0, shared_at__isnull=False),
                name="what_is_shared_says_when",
            ),
            models.CheckConstraint(condition=Q(body__sealed=True), name="what_was_said_is_sealed"),
            models.CheckConstraint(condition=Q(agreed__sealed=True), name="what_was_agreed_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"minutes {self.pk}"

    @property
    def url(self) -> str:
        return reverse("casefiles:minutes", kwargs={"minutes_id": self.pk})

    @property
    def when(self) -> str:
        """Return when they met: of an appointment by the clock of the agency, else the day."""
        if self.appointment_id is None:
            return dates.weekday(self.met_at)
        with timezone.override(self.agency.zone):
            return dates.weekday_moment(self.met_at)

    @property
    def is_over(self) -> bool:
        return self.ended_at <= clock.now()

    @property
    def is_shared(self) -> bool:
        return self.shared_number > 0

    @property
    def has_unshared(self) -> bool:
        """Say whether the draft says what the person does not read yet."""
        return self.shared_version != self.version


class MinutesVersion(models.Model):
    """One row = minutes as they were shared with the person. Never changed; the next one stands beside it."""

    id = NumberedField(primary_key=True)
    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body = EncryptedText(_("What was said"), person="minutes.person_id")
    agreed = EncryptedText(_("What was agreed"), blank=True, person="minutes.person_id")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # When the person said that she has read it.
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["minutes", "number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="versions_of_minutes_follow"),
            models.CheckConstraint(condition=Q(body__sealed=True), name="version_of_minutes_is_sealed"),
            models.CheckConstraint(condition=Q(agreed__sealed=True), name="version_of_agreed_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of minutes {self.minutes_id}"

    @property
    def agreed_lines(self) -> list[str]:
        """Return what was agreed, one act a line."""
        return [line.strip() for line in self.agreed.splitlines() if line.strip()]
