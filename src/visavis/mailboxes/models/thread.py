"""A thread: what one person and the service write to each other about one thing."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property, reduce
from itertools import pairwise
from operator import or_

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Absence, Agency
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.mailboxes.enums import Box
from visavis.mailboxes.turns import Turn
from visavis.people.acting import people_of
from visavis.people.enums import Capacity, Role
from visavis.people.models import Membership, User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# Of more colleagues than this the database reads all rows: a statement has to end somewhere.
MOST_PARTS = 200

AGENCIES = Prepared(
    lambda organisations: Agency.objects.filter(organisation__in=organisations).values_list("pk", flat=True)
)
STANDS_IN = Prepared(lambda user: Absence.objects.on().filter(substitute=user).values_list("user", flat=True))
WORKS = Prepared(
    lambda agencies: (
        Membership.objects.current()
        .filter(role=Role.COUNSELLOR, organisation__agency__in=agencies, user__is_active=True)
        .values_list("user", flat=True)
    )
)
ALONE = Prepared(
    lambda agencies: (
        Absence.objects.on()
        .filter(agency__in=agencies, substitute__isnull=True)
        .values_list("user", flat=True)
    )
)


def at_work(agencies: list[int]) -> set[int]:
    """Return who works as a counsellor in these agencies and is there today, or has a substitute who is."""
    return set(WORKS(agencies)) - set(ALONE(agencies)) if agencies else set()


def of_nobody_at_work(at_work: list[int]) -> Q:
    """Say of a thread that nobody holds it, or who does is not at work and nobody stands in."""
    return Q(holder__isnull=True) | ~Q(holder__in=at_work)


class Answered:
    """Whose letterboxes somebody answers today; each thing is asked of the database once, when it is needed."""

    def __init__(self, actor: User) -> None:
        self.actor = actor

    @cached_property
    def agencies(self) -> list[int]:
        ids = self.actor.organisation_ids(Role.COUNSELLOR)
        return AGENCIES([*ids]) if ids else []

    @cached_property
    def holders(self) -> list[int]:
        """Return herself, and for whom she stands in."""
        return [self.actor.pk, *STANDS_IN(self.actor.pk)]

    @cached_property
    def at_work(self) -> list[int]:
        """Return who works in her agencies and is there today, or has a substitute who is."""
        return sorted(at_work(self.agencies))

    @cached_property
    def without_holder(self) -> list[Q]:
        """Say in parts of a thread that nobody holds it, or who does is not at work and nobody stands in."""
        return [Q(holder__isnull=True), *none_of("holder", self.at_work)]


def none_of(name: str, numbers: Iterable[int]) -> list[Q]:
    """Say in parts that a number is none of these: each part is answered by an index, and NOT IN reads all rows."""
    ends = sorted(numbers)
    if not ends or len(ends) > MOST_PARTS:
        return [Q(**{f"{name}__isnull": False}) & ~Q(**{f"{name}__in": ends})]
    between = [(low, high) for low, high in pairwise(ends) if high > low + 1]
    return [
        Q(**{f"{name}__lt": ends[0]}),
        *(Q(**{f"{name}__gt": low, f"{name}__lt": high}) for low, high in between),
        Q(**{f"{name}__gt": ends[-1]}),
    ]


def one_of(parts: Iterable[Q]) -> Q:
    """Say that one of several is so."""
    return reduce(or_, parts)


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Who may read which thread, and in which box it lies."""

    def visible_to(self, actor: User, answered: Answered | None = None) -> "ThreadQuerySet":
        """Herself; her counsellor; who holds it, or stands in; the team when nobody holds it or works there today."""
        hers = Q(person=actor.pk)
        if not actor.has_role(Role.COUNSELLOR):
            return self.filter(hers)
        answered = answered or Answered(actor)
        followed = Q(person__in=people_of(actor, Capacity.COUNSELLOR))
        mine = Q(holder__in=answered.holders)
        in_boxes = Q(agency__in=answered.agencies) & one_of([mine, *answered.without_holder])
        return self.filter(hers | followed | in_boxes)

    def of_box(self, answered: Answered) -> "ThreadQuerySet":
        """Keep what lies in the letterbox of a counsellor today: her own, and those of whom she stands in for."""
        return self.filter(agency__in=answered.agencies, holder__in=answered.holders)

    def of_team(self, answered: Answered) -> "ThreadQuerySet":
        """Keep what lies with the team: nobody holds it, or who does is not at work and nobody stands in."""
        in_agencies = Q(agency__in=answered.agencies)
        return self.filter(one_of(in_agencies & part for part in answered.without_holder))

    def in_box(self, actor: User, box: Box, answered: Answered | None = None) -> "ThreadQuerySet":
        """Keep the threads of one part of somebody's letterbox, in the order in which they are worked."""
        answered = answered or Answered(actor)
        if box == Box.TEAM:
            rows = self.of_team(answered).open().awake()
            return rows.order_by(F("ours_since").asc(nulls_last=True), "-last_at")
        mine = self.of_box(answered)
        if box == Box.WAITING:
            return mine.waiting_for_us().order_by("ours_since", "pk")
        if box == Box.AWAITED:
            return mine.open().awake().filter(theirs_since__isnull=False).order_by("theirs_since", "pk")
        if box == Box.SNOOZED:
            return mine.open().filter(snoozed_until__gt=clock.today()).order_by("snoozed_until", "pk")
        if box == Box.DRAFTS:
            drafts = self.visible_to(actor, answered).filter(drafts__author=actor.pk)
            return drafts.order_by("-drafts__at")
        everybody = one_of([Q(holder__in=answered.holders), *answered.without_holder])
        return self.filter(everybody, agency__in=answered.agencies).order_by("-last_at", "-pk")

    def open(self) -> "ThreadQuerySet":
        """Keep those that are not done."""
        return self.filter(done_at__isnull=True)

    def waiting_for_us(self) -> "ThreadQuerySet":
        """Keep those to be answered today."""
        return self.open().awake().filter(ours_since__isnull=False)

    def awake(self) -> "ThreadQuerySet":
        """Keep those that nobody has put off to a later day."""
        return self.filter(Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=clock.today()))


class Thread(models.Model):
    """One row = what one person and the service write to each other about one thing."""

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="threads")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="threads")
    # Who answers; nobody while the whole team does.
    holder = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    subject = EncryptedText(_("Subject"), max_length=120, person="person_id")
    ours_since = models.DateTimeField(null=True, blank=True)
    theirs_since = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    last_number = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=clock.now)
    begun_at = models.DateTimeField(default=clock.now)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "-pk"]
        indexes = [
            models.Index(fields=["agency", "holder", "ours_since"], name="thread_waiting_for_us"),
            models.Index(
                fields=["agency", "holder", "theirs_since"],
                condition=Q(theirs_since__isnull=False),
                name="thread_waiting_for_person",
            ),
            models.Index(
                fields=["agency", "holder", "snoozed_until"],
                condition=Q(snoozed_until__isnull=False),
                name="thread_put_off",
            ),
            models.Index(fields=["agency", "-last_at", "-id"], name="thread_of_agency_by_last"),
            models.Index(fields=["person", "-last_at"], name="thread_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ours_since__isnull=True) | Q(theirs_since__isnull=True),
                name="one_side_at_most_lets_the_other_wait",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(ours_since__isnull=True, theirs_since__isnull=True),
                name="nobody_waits_in_what_is_done",
            ),
            models.CheckConstraint(condition=Q(subject__sealed=True), name="subject_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"thread {self.pk}"

    @property
    def turn(self) -> Turn:
        return Turn(self.ours_since, self.theirs_since)

    @property
    def url(self) -> str:
        return reverse("mailboxes:thread", kwargs={"thread_id": self.pk})

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today() and self.done_at is None

    def wait(self, turn: Turn, *, due_on: dt.date | None) -> None:
        """Keep whose turn it is, and until when."""
        self.ours_since, self.theirs_since, self.due_on = turn.ours_since, turn.theirs_since, due_on


class Word(models.Model):
    """One row = one word of a thread, as a keyed mark: found whole, read by nobody (`vault`)."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+", db_index=False)
    mark = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mark", "thread"], name="a_word_of_a_thread_stands_once")
        ]
        indexes = [models.Index(fields=["thread"], name="words_of_thread")]

    def __str__(self) -> str:
        return f"word {self.pk}"
