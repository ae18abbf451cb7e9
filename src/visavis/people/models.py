"""People: who they are, what they may do, how to reach them."""

import datetime as dt
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people.addresses import phone_as_written
from visavis.people.enums import STAFF_ROLES, Channel, Role
from visavis.people.names import LONGEST, Folded, FoldedInAnyOrder
from visavis.vault.fields import EncryptedContact, EncryptedText, MarkOf
from visavis.vault.numbers import NumberedField


class UserManager(BaseUserManager["User"]):
    """Makes people; a person needs neither e-mail nor phone."""

    def create_user(self, name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(name=name, **fields)
        user.email = (user.email or "").strip().lower() or None
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One row = one person, whatever her roles. E-mail and phone may both be missing."""

    id = NumberedField(primary_key=True)
    name = models.CharField(_("Name"), max_length=120)
    # As lists put it in order, and what namesakes share.
    folded_name = Folded()
    name_key = FoldedInAnyOrder()
    email = EncryptedContact(_("E-mail"), null=True, blank=True, max_length=254, person="pk")
    phone = EncryptedContact(_("Phone"), null=True, blank=True, max_length=20, person="pk")
    phone_is_verified = models.BooleanField(default=False)
    # Where letters go: the lines under her name.
    postal_address = EncryptedText(_("Postal address"), blank=True, default="", max_length=250, person="pk")
    language = models.CharField(_("Language"), max_length=5, default="fr")
    channel = models.CharField(_("Preferred channel"), max_length=8, choices=Channel, default=Channel.WEB)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    # How many times she was signed out everywhere: a session begun before the last one is over.
    sign_outs = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(MarkOf("email"), name="an_email_opens_one_account"),
            models.UniqueConstraint(MarkOf("phone"), name="a_phone_opens_one_account"),
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email__sealed=True), name="email_is_absent_or_sealed"
            ),
            models.CheckConstraint(
                condition=Q(phone__isnull=True) | Q(phone__sealed=True), name="phone_is_absent_or_sealed"
            ),
            models.CheckConstraint(condition=Q(postal_address__sealed=True), name="postal_address_is_sealed"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="channel_is_known"),
        ]

    def __str__(self) -> str:
        return f"user {self.pk}"

    def get_short_name(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must carry to be hers; another after she was signed out everywhere."""
        carried: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]
        return f"{carried}{self.sign_outs or ''}"

    @property
    def phone_shown(self) -> str:
        """Return her number as people write it, empty when there is none."""
        return phone_as_written(self.phone) if self.phone else ""

    @property
    def can_sign_in_alone(self) -> bool:
        """Say whether a code can reach her: that something is kept is enough, nothing is unsealed for it."""
        kept = self.__dict__
        return any(kept[name] if name in kept else getattr(self, name) for name in ("email", "phone"))

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """Her memberships of today, read once per request."""
        return MEMBERSHIPS(self.pk, clock.today()) if self.pk else []

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(Role(membership.role) for membership in self.current_memberships)

    @property
    def is_service_staff(self) -> bool:
        """Say whether she works for the service: then a second factor is always asked."""
        return bool(self.roles & STAFF_ROLES)

    def has_role(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))

    def organisation_ids(self, *roles: Role) -> list[int]:
        """Return the organisations in which she holds one of these roles."""
        return [
            membership.organisation_id
            for membership in self.current_memberships
            if membership.role in roles and membership.organisation_id is not None
        ]


class NameWord(models.Model):
    """One row = one word of one person's name, folded; kept in step by the database (`names.py`)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="name_words")
    word = models.CharField(max_length=LONGEST, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["word", "user"], name="a_word_of_a_name_stands_once"),
        ]

    def __str__(self) -> str:
        return f"word {self.pk}"


class LinkedIdentity(models.Model):
    """One row = an identity of another service that opens one person's account, since she linked it."""

    id = NumberedField(primary_key=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    provider = models.CharField(max_length=10)
    # A digest of the provider's name for her, found by its mark (`identity/services.py`).
    subject = EncryptedContact(max_length=64, person="user_id")
    linked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(MarkOf("subject"), name="an_identity_opens_one_account"),
            models.UniqueConstraint(
                fields=["user", "provider"], name="an_account_has_one_identity_of_a_provider"
            ),
            models.CheckConstraint(condition=Q(subject__sealed=True), name="identity_has_a_sealed_subject"),
        ]

    def __str__(self) -> str:
        return f"identity {self.pk}"


class Letter(models.Model):
    """One row = one code on paper that lets a person in once, kept as a digest of it and of her name."""

    LIFE = dt.timedelta(days=14)

    user = models.ForeignKey("User", on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey("User", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"letter {self.pk}"

    @property
    def works_until(self) -> dt.datetime:
        return self.at + self.LIFE


class Over(models.TextChoices):
    """Why a session ended otherwise than by signing out."""

    IDLE = "idle"
    WHOLE = "whole"
    ELSEWHERE = "elsewhere"


class Session(AbstractBaseSession):
    """One row = one browser's session, under a digest of its key and sealed by it (`sessions/store.py`)."""

    user = models.ForeignKey("User", on_delete=models.CASCADE, null=True, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)
    # The browser and the system, of closed lists (`sessions/devices.py`).
    device = models.CharField(max_length=40, blank=True)
    over = models.CharField(max_length=9, choices=Over, blank=True)

    class Meta(AbstractBaseSession.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(over__in=["", *Over.values]), name="why_it_ended_is_known"),
            models.CheckConstraint(
                condition=Q(over="") | Q(session_data=""), name="what_ended_holds_nothing"
            ),
        ]

    def __str__(self) -> str:
        return f"session of {self.user_id}"

    @classmethod
    def get_session_store_class(cls) -> Any:
        return import_module(settings.SESSION_ENGINE).SessionStore


class Organisation(models.Model):
    """One row = what people belong to: an agency or an employer, described in its own app."""

    class Kind(models.TextChoices):
        AGENCY = "agency", _("Agency")
        EMPLOYER = "employer", _("Employer")
        HELPING = "helping", _("Association or social service")

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(_("Name"), max_length=160)

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Readings of memberships."""

    def current(self, on: dt.date | None = None) -> "MembershipQuerySet":
        """Keep those that hold on a day, today if none is given."""
        day = on or clock.today()
        return self.filter(Q(starts_on__lte=day), Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Membership(models.Model):
    """One row = one role of one person, in an organisation or in none, for a time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, blank=True)
    role = models.CharField(max_length=12, choices=Role)
    starts_on = models.DateField(default=clock.today)
    ends_on = models.DateField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two, because SQLite takes every NULL for another.
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_per_role"),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(organisation__isnull=True),
                name="one_membership_per_role_outside",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_known"),
            models.CheckConstraint(
                condition=Q(role__in=[Role.JOBSEEKER, Role.HELPER, Role.PROTECTION])
                | Q(organisation__isnull=False),
                name="staff_and_employers_belong_somewhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"


MEMBERSHIPS = Prepared(
    lambda user, day: Membership.objects.filter(user=user).current(day).select_related("organisation")
)


class Outgoing(models.Model):
    """One row = a code or a warning that has still to leave, sealed by the installation's key; gone once it has left.

    It is handed over once: who stopped after `handed_at` is not followed by another.
    """

    key = models.CharField(max_length=8)
    sealed = models.BinaryField()
    at = models.DateTimeField(default=clock.now)
    until = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["until"], name="outgoing_by_end")]

    def __str__(self) -> str:
        return f"outgoing {self.pk}"
