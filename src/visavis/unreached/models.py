"""Whom nothing has reached, and what was done about it."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Channel, Role
from visavis.people.models import User
from visavis.unreached.enums import Cause, Outcome, Way
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class UnreachedQuerySet(models.QuerySet["Unreached"]):
    """Who may see whom nothing has reached, and who is still to be found."""

    def visible_to(self, actor: User) -> "UnreachedQuerySet":
        """A counsellor's own people, and of whom he stands in; the head's agency; of no agency, any head. Never one."""
        hers = Q(person__in=people_of(actor, Capacity.COUNSELLOR))
        if actor.has_role(Role.HEAD):
            agencies = Agency.objects.filter(organisation__in=actor.organisation_ids(Role.HEAD))
            here = Q(agency__in=agencies.values("pk")) | Q(agency__isnull=True)
            # Asked file by file: joined, each account would be read too.
            hers |= Q(Exists(Jobseeker.objects.filter(here, user=OuterRef("person")).order_by()))
        return self.filter(hers).exclude(person=actor.pk)

    def at_the_counter_of(self, actor: User) -> "UnreachedQuerySet":
        """Those whom the actor receives at the counter of their agency, never oneself: that it is so, not why."""
        desks = actor.organisation_ids(Role.RECEPTION)
        return self.filter(person__jobseeker__agency__organisation__in=desks).exclude(person=actor.pk)

    IS_OPEN: ClassVar[Q] = Q(closed_at__isnull=True)

    @classmethod
    def is_to_do(cls) -> Q:
        """Say of a row that it is to be looked at today."""
        return cls.IS_OPEN & (Q(rests_until__isnull=True) | Q(rests_until__lte=clock.today()))

    @classmethod
    def is_put_off(cls) -> Q:
        """Say of a row that it is looked at again on a later day."""
        return cls.IS_OPEN & Q(rests_until__gt=clock.today())

    def open(self) -> "UnreachedQuerySet":
        """Keep those that nobody has closed, put off or not."""
        return self.filter(self.IS_OPEN)

    def to_do(self) -> "UnreachedQuerySet":
        """Keep those to be looked at today."""
        return self.filter(self.is_to_do())

    def put_off(self) -> "UnreachedQuerySet":
        """Keep those that are looked at again on a later day."""
        return self.filter(self.is_put_off())


class Unreached(models.Model):
    """One row = one person whom nothing has reached since then, and why: until somebody has closed it."""

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="unreached")
    cause = models.CharField(max_length=10, choices=Cause)
    # By which nothing arrives, where that is the cause.
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    # When she was last reached, or her file was opened.
    since = models.DateTimeField()
    found_at = models.DateTimeField(default=clock.now)
    rests_until = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)

    objects = UnreachedQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name_plural = "unreached"
        indexes = [
            models.Index(fields=["closed_at"], name="unreached_by_end"),
            models.Index(fields=["person", "-found_at"], name="unreached_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(closed_at__isnull=True),
                name="a_person_is_unreached_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(cause__in=Cause.values), name="unreached_has_a_known_cause"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, outcome__in=[one for one in Outcome if one != Outcome.LATER]),
                name="what_is_closed_says_what_became_of_it",
            ),
            models.CheckConstraint(
                condition=Q(since__lte=F("found_at")), name="unreached_before_it_is_found"
            ),
        ]

    def __str__(self) -> str:
        return f"unreached {self.pk}"

    @property
    def cause_words(self) -> str:
        return str(Cause(self.cause).label)

    @property
    def outcome_words(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""


class Attempt(models.Model):
    """One row = what somebody noted who tried to reach a person: how, what became of it, when to try again."""

    LONGEST = 300

    id = NumberedField(primary_key=True)
    unreached = models.ForeignKey(Unreached, on_delete=models.CASCADE, related_name="attempts")
    outcome = models.CharField(max_length=12, choices=Outcome)
    way = models.CharField(max_length=6, choices=Way, blank=True)
    again_on = models.DateField(null=True, blank=True)
    words = EncryptedText(_("In a few words"), blank=True, max_length=LONGEST, person="unreached.person_id")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # A second click on one form notes it once.
    form = models.UUIDField(unique=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_an_attempt_are_sealed"),
            models.CheckConstraint(
                condition=Q(outcome__in=Outcome.values), name="an_attempt_has_a_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.LATER, again_on__isnull=False)
                | (~Q(outcome=Outcome.LATER) & Q(again_on__isnull=True)),
                name="only_what_is_tried_again_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"

    @property
    def outcome_words(self) -> str:
        return str(Outcome(self.outcome).label)

    @property
    def way_words(self) -> str:
        return str(Way(self.way).label) if self.way else ""
