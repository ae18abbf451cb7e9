"""A merge of two files of one person, and what each column held before it."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import User
from visavis.ui.dates import day, moment
from visavis.vault.numbers import NumberedField


class Why(models.TextChoices):
    """How somebody knows that two files are one person's; a closed list, nothing is written about her."""

    PAPER = "paper", _("I saw an identity paper of the person")
    BOTH = "both", _("The person has both e-mails or both numbers, and showed it")
    SAID = "said", _("The person told what stands in both files, without help")


class MergeQuerySet(models.QuerySet["Merge"]):
    """Who may see which merge, and which may still be undone."""

    def visible_to(self, actor: User) -> "MergeQuerySet":
        """Hers, of either account; who follows her; reception and head of her agency; of no agency, any head."""
        seen = Q(stays=actor.pk) | Q(goes=actor.pk)
        if actor.has_role(Role.COUNSELLOR):
            seen |= Q(stays__in=people_of(actor, Capacity.COUNSELLOR))
        desks = actor.organisation_ids(Role.RECEPTION, Role.HEAD)
        seen |= Q(stays__jobseeker__agency__organisation__in=desks)
        if actor.has_role(Role.HEAD):
            seen |= Q(stays__jobseeker__isnull=False, stays__jobseeker__agency__isnull=True)
        return self.filter(seen)

    def told_to(self, user_id: int) -> "MergeQuerySet":
        """Keep those that somebody is told of: what went into her file, and where hers went and came back."""
        return self.filter(Q(stays=user_id) | Q(goes=user_id, undone_at__isnull=False))

    def undoable(self) -> "MergeQuerySet":
        """Keep those that may still be undone."""
        return self.filter(self.HOLDS, until__gte=clock.today())

    def contested(self) -> "MergeQuerySet":
        """Keep those of which somebody said that it is not her, and that stand all the same."""
        return self.filter(self.CONTESTED)

    HOLDS: ClassVar[Q] = Q(undone_at__isnull=True, goes__isnull=False)
    CONTESTED: ClassVar[Q] = HOLDS & Q(contested_at__isnull=False)


class Merge(models.Model):
    """One row = one file that went into another: whose, by whom, why, and until when it can be undone."""

    THING = "merge"
    UNDONE_FOR = dt.timedelta(days=30)

    id = NumberedField(primary_key=True)
    stays = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="merges")
    # The emptied account: erased with its key when the time to undo is over.
    goes = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="merged")
    why = models.CharField(max_length=5, choices=Why)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    # The last day on which it can be undone.
    until = models.DateField()
    # The form that asked: a second click merges nothing.
    form = models.UUIDField(unique=True)
    # Somebody said “that is not me”, and it could not be undone by itself.
    contested_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["until"], condition=Q(undone_at__isnull=True), name="merges_to_finish")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["goes"], condition=Q(undone_at__isnull=True), name="a_file_goes_into_one_other"
            ),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="merge_has_its_reason"),
            models.CheckConstraint(condition=~Q(stays=F("goes")), name="a_file_does_not_go_into_itself"),
        ]

    def __str__(self) -> str:
        return f"merge {self.pk}"

    @property
    def url(self) -> str:
        return reverse("merging:one", kwargs={"merge_id": self.pk})

    @property
    def may_be_undone(self) -> bool:
        stands = self.undone_at is None and self.stays_id is not None
        return stands and self.goes_id is not None and clock.today() <= self.until

    @property
    def is_contested(self) -> bool:
        """Say whether somebody's “that is not me” still waits: not of what is undone, nor of what is done for good."""
        return self.contested_at is not None and self.undone_at is None and self.goes_id is not None

    @property
    def state_words(self) -> str:
        """Say where it stands; that the emptied account is erased only once it is."""
        if self.undone_at is not None:
            return gettext("Undone on %(day)s.") % {"day": moment(self.undone_at)}
        if self.goes_id is None:
            return gettext("Done for good: the empty file is erased.")
        if self.may_be_undone:
            return gettext("Can be undone until %(day)s.") % {"day": day(self.until)}
        return gettext("Can no longer be undone. The empty file is not erased yet.")


class Cell(models.Model):
    """One row = what one column of one row held before a merge, as it rested, and a digest of what it holds since."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="cells")
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    column = models.CharField(max_length=60)
    before = models.TextField()
    after = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["merge", "table", "row", "column"], name="a_cell_is_kept_once_a_merge"
            ),
        ]
        indexes = [models.Index(fields=["table", "column"], name="cells_by_column")]

    def __str__(self) -> str:
        return f"cell {self.table}.{self.column} {self.row}"
