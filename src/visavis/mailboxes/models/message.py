"""What is written in a thread, who opened it, and what is not sent yet."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.models.broadcast import Broadcast
from visavis.mailboxes.models.thread import Thread
from visavis.people.models import User
from visavis.vault.fields import EncryptedJSON, EncryptedText
from visavis.vault.numbers import NumberedField


class MessageQuerySet(models.QuerySet["Message"]):
    """Which messages of a thread somebody reads."""

    def read_by_person(self) -> "MessageQuerySet":
        """Leave out what colleagues note for each other."""
        return self.exclude(voice=Voice.NOTE)

    def unopened_by(self, user: User, *voices: Voice) -> "MessageQuerySet":
        """Keep what somebody has not opened yet, of some voices."""
        return self.filter(voice__in=voices).exclude(openings__user=user.pk)


class Message(models.Model):
    """One row = one thing written or said in a thread. Never changed: what was sent stays as it was."""

    LONGEST = 10_000

    id = NumberedField(primary_key=True)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveIntegerField()
    voice = models.CharField(max_length=9, choices=Voice)
    way = models.CharField(max_length=8, choices=Way, default=Way.WEB)
    # Whose words these are; who noted them, when a colleague wrote down what she said.
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    noted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    body = EncryptedText(_("Message"), person="thread.person_id")
    # What her mail program put under her answer: kept whole, shown folded.
    quoted = EncryptedText(_("Text of earlier messages"), blank=True, person="thread.person_id")
    # What hangs on it, written down once, when it came: for each piece its name, its kind, how large it is, and, where
    # it came by e-mail, the form of the document that it became, if it became one.
    pieces = EncryptedJSON(default=list, blank=True, person="thread.person_id")
    # What has to be said of it, by codes of `enums.Mark`.
    marks = models.JSONField(default=list, blank=True)
    # The form that was sent: a second click sends nothing twice.
    form = models.UUIDField(default=uuid.uuid4)
    # Written once for several people, who know nothing of each other.
    broadcast = models.ForeignKey(
        Broadcast, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages"
    )
    at = models.DateTimeField(default=clock.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["thread", "number"]
        indexes = [
            models.Index(fields=["way", "at"], condition=Q(voice="theirs"), name="messages_that_came_in")
        ]
        constraints = [
            models.UniqueConstraint(fields=["thread", "number"], name="messages_of_a_thread_follow"),
            models.UniqueConstraint(fields=["form"], name="a_form_is_sent_once"),
            models.CheckConstraint(condition=Q(body__sealed=True), name="message_is_sealed"),
            models.CheckConstraint(condition=Q(quoted__sealed=True), name="quoted_text_is_sealed"),
            models.CheckConstraint(condition=Q(pieces__sealed=True), name="pieces_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"message {self.pk}"


class Opening(models.Model):
    """One row = one message that somebody opened for the first time: told to who wrote it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["message", "user"], name="a_message_is_opened_once_by_each"),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"


class Draft(models.Model):
    """One row = what somebody has begun to answer in a thread, and has not sent."""

    id = NumberedField(primary_key=True)
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    body = EncryptedText(_("Message"), person="thread.person_id")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "author"], name="one_draft_a_thread_and_author"),
            models.CheckConstraint(condition=Q(body__sealed=True), name="draft_is_sealed"),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
