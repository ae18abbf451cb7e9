"""A seat of an interview: who sits in it, by which link, and which of her connections counts."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from visavis.acts import models as acts
from visavis.acts.table import Table
from visavis.common import clock
from visavis.interviews.enums import BESIDE, OF_THE_SERVICE, SeatState, Side, Sitter
from visavis.interviews.models.interview import Interview
from visavis.interviews.seating import code_of
from visavis.interviews.table import SEATS
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

MOST_SEATS = 4
# A page says every twenty seconds that it is there.
SIGN_EVERY = dt.timedelta(seconds=20)


class Seat(acts.Moving):
    """One row = one seat of an interview: two, or up to four with who the person lets sit beside."""

    TABLE: ClassVar[Table[Any, Any, Any]] = SEATS
    THING = "seat"
    KEPT: ClassVar[tuple[str, ...]] = ("state",)

    id = NumberedField(primary_key=True)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="seats")
    # Of two, the lower one makes the offers: they never do both.
    number = models.PositiveSmallIntegerField()
    sitter = models.CharField(max_length=12, choices=Sitter)
    # The account of who sits, where there is one; what she is called, where there is none.
    user = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    name = EncryptedText(blank=True, max_length=80, person="interview.appointment.person_id")
    # Which of the links given for it opens: one more, and the former opens nothing.
    link = models.PositiveSmallIntegerField(default=1)
    agreed_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    admitted_at = models.DateTimeField(null=True, blank=True)
    # The last page that was opened for it: its number, what it hears, and when it last said that it is there.
    connection = models.PositiveIntegerField(default=0)
    ear = models.CharField(max_length=22, unique=True, null=True, blank=True)
    heard_at = models.DateTimeField(null=True, blank=True)
    # The last page of it that said how its line was.
    told_of = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["interview", "number"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "number"], name="a_seat_has_its_number_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_SEATS), name="an_interview_has_four_seats_at_most"
            ),
            models.CheckConstraint(condition=Q(state__in=SeatState.values), name="seat_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(name="") | Q(name__sealed=True), name="name_of_a_seat_is_sealed"
            ),
            models.CheckConstraint(
                condition=~Q(sitter__in=BESIDE, state=SeatState.ADMITTED) | Q(agreed_at__isnull=False),
                name="nobody_sits_beside_without_her_yes",
            ),
            models.CheckConstraint(
                condition=Q(ear__isnull=True) | Q(state__in=[SeatState.WAITING, SeatState.ADMITTED]),
                name="who_is_not_here_hears_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"seat {self.pk} {self.state}"

    @property
    def person_id(self) -> int | None:
        """Return whom the interview is about, for the journal."""
        return self.interview.person_id

    @property
    def code(self) -> str:
        """Return what its link is made of."""
        return code_of(self.pk, self.link, self.interview.appointment.uid)

    @property
    def url(self) -> str:
        return reverse("interviews:seat", kwargs={"code": self.code})

    @property
    def link_url(self) -> str:
        """Return the short way to its page, which stands in messages and does not say what it leads to."""
        return reverse("interviews:link", kwargs={"code": self.code})

    @property
    def is_of_the_service(self) -> bool:
        """Say whether a link is not enough: who sits here signs in."""
        return self.sitter in OF_THE_SERVICE

    @property
    def is_beside(self) -> bool:
        return self.sitter in BESIDE

    @property
    def is_here(self) -> bool:
        """Say whether its page gave a sign in the last two turns."""
        return self.heard_at is not None and clock.now() - self.heard_at < 2 * SIGN_EVERY + dt.timedelta(
            seconds=5
        )

    @property
    def called(self) -> str:
        """Return how the others call who sits here."""
        appointment = self.interview.appointment
        user = {
            Sitter.COUNSELLOR: self.user or appointment.counsellor,
            Sitter.PERSON: appointment.person,
        }.get(Sitter(self.sitter), self.user)
        return str(user.name) if user else self.name or gettext("Somebody")

    @property
    def sitter_words(self) -> str:
        return str(Sitter(self.sitter).label)

    @property
    def state_words(self) -> str:
        return str(SeatState(self.state).label)


class SeatStep(acts.Step):
    """One row = one act on a seat."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["seat", "number"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "number"], name="steps_of_a_seat_follow"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_seat_has_a_side"),
        ]

    def moved(self) -> Seat:
        return Seat.objects.select_for_update(of=("self",)).get(pk=self.seat_id)
