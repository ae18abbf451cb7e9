"""A mandate, and the steps it took."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visavis.acts import models as acts
from visavis.acts.table import Table
from visavis.common import clock
from visavis.mandates.enums import Days, Side, State, Way
from visavis.mandates.errands import words_of
from visavis.mandates.table import TABLE
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import Membership, Organisation, User

HANDLING = (Capacity.COUNSELLOR, Capacity.COUNTER)
NOWHERE = Value(0)


def still_helps() -> Exists:
    """Say, of a mandate, whether its helper has held the role in its organisation, or outside, since it began."""
    held = Membership.objects.current().annotate(place=Coalesce("organisation_id", NOWHERE))
    return Exists(
        held.filter(
            user=OuterRef("helper"),
            role=Role.HELPER,
            place=Coalesce(OuterRef("organisation_id"), NOWHERE),
            starts_on__lte=OuterRef("first_day"),
        )
    )


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Who may see which mandate, and which hold."""

    def visible_to(self, actor: User) -> "MandateQuerySet":
        """Those she gave; those under which she helps; those of the people of the agency."""
        if actor.pk is None:
            return self.none()
        hers = Q(person=actor.pk) | Q(helper=actor.pk)
        return self.filter(hers | Q(person__in=people_of(actor, *HANDLING)))

    def in_force(self) -> "MandateQuerySet":
        """Keep those under which somebody may act at this moment."""
        return self.filter(
            still_helps(),
            state=State.GIVEN,
            ends_at__gt=clock.now(),
            person__is_active=True,
            helper__is_active=True,
        )

    def of_helper(self, actor: User) -> "MandateQuerySet":
        """Keep those under which somebody may act for others at this moment."""
        return self.in_force().filter(helper=actor.pk)

    def ended_lately(self, helper: User) -> "MandateQuerySet":
        """Keep those of a helper that ended within the last days: who was helped is named to her no longer."""
        now = clock.now()
        since = now - Mandate.NAMED_FOR
        through = Q(state=State.GIVEN, ends_at__lte=now, ends_at__gt=since)
        over = Q(state__in=[State.ENDED, State.REVOKED], first_day__isnull=False, changed_at__gt=since)
        return self.filter(through | over, helper=helper.pk)

    def not_over(self) -> "MandateQuerySet":
        """Keep those that are prepared or hold."""
        return self.filter(state__in=[State.OFFERED, State.GIVEN])

    def with_words(self) -> "MandateQuerySet":
        """Fetch with each what its sentences need."""
        return self.select_related("person", "helper", "organisation")


class Mandate(acts.Moving):
    """One row = one mandate: who may act for whom, what for, for how many days.

    It is prepared with a code for the helper, or on paper with her name; the days count from when it begins.
    """

    TABLE: ClassVar[Table[Any, Any, Any]] = TABLE
    THING = "mandate"
    KEPT: ClassVar[tuple[str, ...]] = ("state",)
    # How long a code or a paper waits.
    WAITS = dt.timedelta(days=14)
    # So long after its end a helper still reads for whom it was.
    NAMED_FOR = dt.timedelta(days=7)

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mandates")
    helper = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    days = models.PositiveSmallIntegerField(_("How long"), choices=Days)
    errands = models.JSONField(default=list)
    # What ends it by a text message, alone in it.
    word = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, blank=True)
    offered_at = models.DateTimeField(default=clock.now)
    way = models.CharField(max_length=7, choices=Way)
    # Where it began: its days by the clock where she lives, and the instant at which it ends.
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    ends_at = models.DateTimeField(null=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["helper", "ends_at"], name="mandates_of_helper"),
            models.Index(fields=["ends_at"], condition=Q(state="given"), name="mandates_to_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="mandate_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(days__in=Days.values), name="mandate_is_for_known_days"),
            models.CheckConstraint(
                condition=Q(helper__isnull=True) | ~Q(helper=F("person")), name="nobody_is_her_own_helper"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.GIVEN)
                | Q(
                    helper__isnull=False,
                    first_day__isnull=False,
                    last_day__isnull=False,
                    ends_at__isnull=False,
                ),
                name="what_holds_has_a_helper_and_an_end",
            ),
            models.UniqueConstraint(
                fields=["person", "word"],
                condition=Q(state__in=["offered", "given"]),
                name="a_word_ends_one_mandate",
            ),
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="a_code_gives_one_mandate"
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk} {self.state}"

    @property
    def url(self) -> str:
        return reverse("mandates:one", kwargs={"mandate_id": self.pk})

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    @property
    def errand_words(self) -> list[str]:
        return words_of(self.errands)

    @property
    def is_standing(self) -> bool:
        return self.state in {State.OFFERED, State.GIVEN}

    @property
    def ends_by_text(self) -> bool:
        """Say whether its word ends it: where text messages come in."""
        return bool(settings.SMS_IN_TOKEN)

    @property
    def over_on(self) -> dt.date | None:
        """Return the day on which it ended: the last one printed, unless it was over before."""
        is_through = self.ends_at is not None and self.ends_at <= clock.now() and self.state != State.REVOKED
        return self.last_day if is_through else self.changed_at

    @property
    def waits_until(self) -> dt.datetime:
        return self.offered_at + self.WAITS

    def said(self) -> dict[str, Any]:
        return {"way": self.way}


class Step(acts.Step):
    """One row = one act on a mandate, and the way by which it was said."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="steps")
    way = models.CharField(max_length=7, choices=Way)

    class Meta:
        ordering = ["mandate", "number"]
        constraints = [
            models.UniqueConstraint(fields=["mandate", "number"], name="steps_of_a_mandate_follow"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_mandate_has_a_side"),
        ]

    def moved(self) -> Mandate:
        return Mandate.objects.select_for_update(of=("self",)).get(pk=self.mandate_id)
