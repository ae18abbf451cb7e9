"""The end of a follow-up: why, on which day, whether the person knows, and each step."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visavis.acts import models as acts
from visavis.acts.table import Table
from visavis.casefiles.endings.enums import TO_HER, UNRESOLVED, Reason, Side, State, Way
from visavis.casefiles.endings.table import TABLE
from visavis.common import clock
from visavis.people.acting import AT_WORK, people_of
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# A follow-up ends at noon: everywhere in France it is that day by then, overseas too.
NOON = dt.timedelta(hours=12)


class EndingQuerySet(models.QuerySet["Ending"]):
    """Who may see which."""

    def visible_to(self, actor: User) -> "EndingQuerySet":
        """Hers; those to whom her file is open today."""
        seen = Q(person=actor.pk)
        if actor.has_role(Role.COUNSELLOR):
            seen |= Q(person__in=people_of(actor, *AT_WORK))
        return self.filter(seen)

    def unresolved(self) -> "EndingQuerySet":
        """Keep those that wait for their day, and those that came and were not taken back."""
        return self.filter(state__in=UNRESOLVED)


class Ending(acts.Moving):
    """One row = the end of one person's follow-up, proposed or come; a person has one standing at most."""

    TABLE: ClassVar[Table[Any, Any, Any]] = TABLE
    THING = "ending"
    KEPT: ClassVar[tuple[str, ...]] = ("state", "ends_on", "ends_at", "ended_at")
    LONGEST = 300

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="endings")
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # Who followed her then: he takes the follow-up up again, where he is still there.
    counsellor = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # Whether she asked for it, herself or by somebody who wrote it down.
    is_hers = models.BooleanField(default=False)
    reason = models.CharField(max_length=8, choices=Reason)
    words = EncryptedText(_("In a few words"), max_length=LONGEST, blank=True, person="person_id")
    proposed_at = models.DateTimeField(default=clock.now)
    ends_on = models.DateField()
    ends_at = models.DateTimeField()
    # On which day she was reached; empty while no notice has reached her.
    told_on = models.DateField(null=True, blank=True)
    # From which day on it may be proposed again.
    again_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = EndingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["ends_at"], condition=Q(state="proposed"), name="endings_to_come")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(state__in=["proposed", "ended"]), name="one_ending_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="ending_is_in_a_known_state"),
            models.CheckConstraint(condition=Q(reason__in=Reason.values), name="ending_has_a_known_reason"),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False), name="what_ended_says_when"
            ),
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_an_ending_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"ending {self.pk} {self.state}"

    # What the next step keeps: how it was said, and the day as it stands then.
    told: dict[str, Any]

    def said(self) -> dict[str, Any]:
        return self.told

    @property
    def why(self) -> str:
        """Return why, as the agency says it: the word of the list, and what was written besides."""
        label = "" if self.reason == Reason.OTHER else str(Reason(self.reason).label)
        return " – ".join(filter(None, [label, self.words]))

    @property
    def why_to_her(self) -> str:
        """Return why, as it is said to her."""
        return " – ".join(filter(None, [str(TO_HER.get(self.reason, "")), self.words]))

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    @property
    def is_proposed(self) -> bool:
        return self.state == State.PROPOSED

    @property
    def is_unresolved(self) -> bool:
        """Whether it waits for its day, or has come: nothing else is proposed meanwhile."""
        return self.state in UNRESOLVED

    @property
    def is_over(self) -> bool:
        """Whether the follow-up has ended, and nobody took it up again."""
        return self.state == State.ENDED

    @property
    def url(self) -> str:
        """Return the address that leads each reader to the page of this ending that is his."""
        return reverse("casefiles:ending_one", kwargs={"ending_id": self.pk})

    def end_on(self, day: dt.date) -> None:
        """Set the day."""
        self.ends_on, self.ends_at = day, clock.start_of(day) + NOON


class EndingStep(acts.Step):
    """One row = one act: by whom, how it was said, and the day as it stood then."""

    id = NumberedField(primary_key=True)
    ending = models.ForeignKey(Ending, on_delete=models.CASCADE, related_name="steps")
    way = models.CharField(max_length=7, choices=Way, default=Way.SITE)
    day = models.DateField()

    class Meta:
        ordering = ["ending", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ending", "number"], name="steps_of_an_ending_follow"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_ending_has_a_side"),
        ]

    def moved(self) -> Ending:
        return Ending.objects.select_for_update(of=("self",)).get(pk=self.ending_id)
