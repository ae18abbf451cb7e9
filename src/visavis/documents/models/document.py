"""A document of a person: the files that came, sealed, and its pages drawn anew."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from visavis.acts import models as acts
from visavis.acts.table import Table
from visavis.common import clock
from visavis.documents.enums import Kind, Side, State, Way, Why
from visavis.documents.models.expected import HANDLING, Expected
from visavis.documents.table import TABLE
from visavis.people.acting import people_of
from visavis.people.models import User
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField

# An identity document has served once it was looked at; the others as long as the file is used.
KEPT = dt.timedelta(days=730)
KEPT_BRIEFLY = dt.timedelta(days=30)
BRIEFLY = frozenset({Kind.IDENTITY})


def kept_until(kind: str) -> dt.date:
    """Return until when a document is kept that came, or was looked at, today."""
    return clock.today() + (KEPT_BRIEFLY if kind in BRIEFLY else KEPT)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Who may see whose documents."""

    def visible_to(self, actor: User) -> "DocumentQuerySet":
        """Keep hers; of those whom a counsellor follows, or who are received at his counter."""
        return self.filter(person__in=people_of(actor, *HANDLING))

    def not_withdrawn(self) -> "DocumentQuerySet":
        """Leave out what was taken back."""
        return self.exclude(state=State.WITHDRAWN)


class Document(acts.Moving):
    """One row = one document: one file, or several photos of its pages in order. The files stay sealed."""

    TABLE: ClassVar[Table[Any, Any, Any]] = TABLE
    THING = "document"
    KEPT: ClassVar[tuple[str, ...]] = ("state", "why")

    id = NumberedField(primary_key=True)
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="documents")
    expected = models.ForeignKey(
        Expected, on_delete=models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField(_("What it is"), max_length=10, choices=Kind)
    title = EncryptedText(_("Name"), max_length=120, person="person_id")
    way = models.CharField(max_length=8, choices=Way)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=10, choices=Why, blank=True)
    words = EncryptedText(_("In words"), blank=True, max_length=300, person="person_id")
    until = models.DateField()
    # The day of which she was told that it goes then.
    told_of = models.DateField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    # The form that sent it: a second click sends nothing twice.
    form = models.UUIDField(unique=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["state", "at"], condition=Q(state="received"), name="documents_to_look_at"),
            models.Index(fields=["until"], name="documents_by_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="document_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(title__sealed=True, words__sealed=True), name="document_is_sealed"
            ),
        ]

    def __str__(self) -> str:
        return f"document {self.pk} {self.state}"

    @property
    def url(self) -> str:
        return reverse("documents:page", kwargs={"document_id": self.pk})

    @property
    def state_words(self) -> str:
        return str(State(self.state).label)

    @property
    def is_going(self) -> bool:
        """Say whether she was told that it will be deleted."""
        return self.told_of == self.until

    @property
    def is_open(self) -> bool:
        """Say whether its pages can be looked at."""
        return self.state in {State.TO_CHECK, State.CHECKED, State.REFUSED}


class Step(acts.Step):
    """One row = one act on a document."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="steps_of_a_document_follow"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="step_of_document_has_a_side"),
        ]

    def moved(self) -> Document:
        return Document.objects.select_for_update(of=("self",)).get(pk=self.document_id)


class Original(models.Model):
    """One row = one file as it came, sealed by her key, which nobody opens but to draw its pages."""

    id = NumberedField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="originals")
    number = models.PositiveSmallIntegerField()
    file = models.UUIDField(unique=True)
    size = models.PositiveIntegerField()
    # Of the file and of whose it is, keyed: the same upload twice is one, and nobody else's files are compared.
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["document", "number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="files_of_a_document_follow"),
        ]

    def __str__(self) -> str:
        return f"original {self.pk}"


class Page(models.Model):
    """One row = one page, drawn anew as a picture and sealed: all that is ever shown of a document."""

    id = NumberedField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    file = models.UUIDField(unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    is_dark = models.BooleanField(default=False)
    is_blurred = models.BooleanField(default=False)
    # A photo of a sheet is shown cut out and lit; as it was taken it is kept beside, and can be shown instead.
    as_taken = models.UUIDField(unique=True, null=True, blank=True)
    taken_width = models.PositiveIntegerField(default=0)
    taken_height = models.PositiveIntegerField(default=0)
    is_as_taken = models.BooleanField(default=False)
    # The words read on it, to find it by; read behind everything else.
    words = EncryptedText(blank=True, person="document.person_id")
    is_read = models.BooleanField(default=False)

    class Meta:
        ordering = ["document", "number"]
        indexes = [
            models.Index(fields=["-document", "number"], condition=Q(is_read=False), name="pages_to_read")
        ]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="pages_of_a_document_follow"),
            models.CheckConstraint(condition=Q(words__sealed=True), name="page_of_document_is_sealed"),
            models.CheckConstraint(
                condition=Q(is_as_taken=False) | Q(as_taken__isnull=False), name="what_is_shown_is_there"
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.pk}"

    @property
    def shown(self) -> tuple[uuid.UUID, int, int]:
        """Return the file that is shown, its width and its height."""
        if self.is_as_taken and self.as_taken is not None:
            return self.as_taken, self.taken_width, self.taken_height
        return self.file, self.width, self.height
