"""E-mail as it came, whole, before anybody reads it; and how far each mailbox was read."""

import datetime as dt
import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.mailboxes.models.message import Message
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vault import keys, ring
from visavis.vault.numbers import NumberedField


class IncomingQuerySet(models.QuerySet["Incoming"]):
    """What has to be filed, and by whom it is sorted."""

    def visible_to(self, actor: User) -> "IncomingQuerySet":
        """Keep what waits for somebody to say whose it is, and what machines sent to nobody: for who opens the post."""
        if not actor.has_role(Role.COUNSELLOR, Role.RECEPTION):
            return self.none()
        return self.filter(state__in=Incoming.SORTED, message__isnull=True)

    def to_sort(self) -> "IncomingQuerySet":
        """Keep what waits for somebody to say whose it is."""
        return self.filter(state=Incoming.State.TO_SORT)

    def of_machines(self) -> "IncomingQuerySet":
        """Keep what machines sent to nobody: a person taken for one is found here."""
        return self.filter(state=Incoming.State.MACHINE, message__isnull=True)

    def to_file(self) -> "IncomingQuerySet":
        """Keep what is not filed yet: what has just come, and what is held."""
        return self.filter(state__in=[Incoming.State.RECEIVED, Incoming.State.HELD])


class Incoming(models.Model):
    """One row = one e-mail that a mailbox of ours received, kept whole before it is marked as read there."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Received, not read yet")
        HELD = "held", _("Held: it is looked at again")
        FILED = "filed", _("In the letterbox")
        TO_SORT = "to-sort", _("Somebody has to say whose it is")
        MACHINE = "machine", _("From a machine")
        DISMISSED = "dismissed", _("Not for the service")

    SORTED = (State.TO_SORT, State.MACHINE)
    # What was read of it is kept as the threads are; the message itself as long as somebody may have to look.
    KEPT = dt.timedelta(days=183)

    id = NumberedField(primary_key=True)
    box = models.CharField(max_length=120)
    numbering = models.BigIntegerField()
    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    # By whose key it is sealed: a key of its own until somebody is known whose it is (`vault/keys.py`).
    sealed_for = models.BigIntegerField(null=True)
    sealed = models.BinaryField()
    state = models.CharField(max_length=9, choices=State, default=State.RECEIVED)
    why = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    message = models.ForeignKey(
        Message, on_delete=models.CASCADE, null=True, blank=True, related_name="incoming"
    )

    objects = IncomingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["state", "at"],
                condition=Q(state__in=["received", "held", "to-sort"]),
                name="mail_to_file",
            ),
            models.Index(fields=["box", "numbering", "number"], name="mail_by_number"),
            models.Index(fields=["box", "at"], name="mail_by_box"),
        ]
        constraints = [models.UniqueConstraint(fields=["box", "digest"], name="a_mail_is_kept_once")]

    def __str__(self) -> str:
        return f"incoming {self.pk} {self.state}"

    @property
    def own_key(self) -> int:
        """Return the number of the key of its own: no account has one below nothing."""
        return -self.pk

    def seal(self, raw: bytes, *, person: int | None = None) -> None:
        """Keep the message sealed: by a person's key, or by one of its own; its number must be known."""
        self.sealed_for = person if person is not None else self.own_key
        nonce = secrets.token_bytes(ring.NONCE)
        self.sealed = nonce + keys.drawn(self.sealed_for).encrypt(nonce, raw, self._place())

    def raw(self) -> bytes:
        """Return the message as it came; nothing when the key was erased."""
        key = keys.of(self.sealed_for) if self.sealed_for is not None else None
        if key is None:
            return b""
        sealed = bytes(self.sealed)
        return key.decrypt(sealed[: ring.NONCE], sealed[ring.NONCE :], self._place())

    def _place(self) -> bytes:
        return f"{self._meta.db_table}.sealed|{self.pk}".encode()


class MailPosition(models.Model):
    """One row = how far one mailbox was read: all up to this number is kept here. A new numbering begins anew."""

    box = models.CharField(max_length=120, unique=True)
    numbering = models.BigIntegerField(default=0)
    number = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"position {self.pk}"


class AutoAnswer(models.Model):
    """One row = one sender who had an automatic answer on one day, as a mark; the next one waits a day."""

    mark = models.CharField(max_length=ring.MARK)
    day = models.DateField(default=clock.today)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mark", "day"], name="one_automatic_answer_a_sender_and_day")
        ]

    def __str__(self) -> str:
        return f"automatic answer {self.pk}"
