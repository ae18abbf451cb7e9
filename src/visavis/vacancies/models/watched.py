"""What people report of an ad, and each time that one was hidden."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vacancies.models.vacancy import Vacancy
from visavis.vault.fields import EncryptedText
from visavis.vault.numbers import NumberedField


class Why(models.TextChoices):
    """Why an ad is reported or hidden."""

    DISCRIMINATION = "discrimination", _("It leaves people out: age, sex, origin, health, family or looks")
    MONEY = "money", _("It asks for money, or for bank details")
    NOT_A_JOB = "not-a-job", _("It is not a real job")
    FILLED = "filled", _("The position is filled already")
    OTHER = "other", _("Something else")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, by whether somebody has settled them."""

    def visible_to(self, actor: User) -> "ReportQuerySet":
        """Counsellors and heads: who may hide an ad."""
        return self if actor.has_role(Role.COUNSELLOR, Role.HEAD) else self.none()

    def waiting(self) -> "ReportQuerySet":
        """Keep those that nobody has settled."""
        return self.filter(settled_at__isnull=True)


class Report(models.Model):
    """One row = one ad that somebody reported, or that its reading holds back. Nothing says who reported it."""

    id = NumberedField(primary_key=True)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="reports")
    why = models.CharField(max_length=16, choices=Why)
    words = EncryptedText(blank=True, max_length=500)
    # The service read forbidden words itself: of a feed's ad, or of one whose employer asks to let them stand.
    is_of_reading = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(
                fields=["vacancy"], condition=Q(settled_at__isnull=True), name="report_waits_for_somebody"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_a_report_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} {self.why}"


class Hiding(models.Model):
    """One row = one time that an ad was hidden: why, by whom, and until when.

    An ad and the copies of its job are hidden at one instant by one act; what is hidden is no copy of anything.
    """

    id = NumberedField(primary_key=True)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="hidings")
    why = models.CharField(max_length=16, choices=Why)
    words = EncryptedText(blank=True, max_length=500)
    at = models.DateTimeField(default=clock.now)
    # Nobody: the service held it back when it read its words.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy"], condition=Q(ended_at__isnull=True), name="an_ad_is_hidden_once_at_a_time"
            ),
            models.CheckConstraint(condition=Q(words__sealed=True), name="words_of_a_hiding_are_sealed"),
        ]

    def __str__(self) -> str:
        return f"hiding {self.pk} {self.why}"

    def of_the_act(self) -> "models.QuerySet[Hiding]":
        """Return all that were hidden with it, itself included: one job as several sources bring it."""
        return Hiding.objects.filter(at=self.at, by=self.by_id).order_by()
