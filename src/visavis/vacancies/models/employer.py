"""Employers: those who sign in, and those that only a feed names."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from visavis.catalog.models import Commune
from visavis.people.enums import Role
from visavis.people.models import Organisation, User


class EmployerQuerySet(models.QuerySet["Employer"]):
    """Employers, by who belongs to them."""

    def of(self, actor: User) -> "EmployerQuerySet":
        """Keep the employers whose people the actor is one of."""
        return self.filter(organisation__in=actor.organisation_ids(Role.EMPLOYER))

    def with_account(self) -> "EmployerQuerySet":
        """Keep the employers who answer here: those whom the agency has opened, and not taken down."""
        return self.filter(organisation__isnull=False, taken_down_at__isnull=True)


class Employer(models.Model):
    """One row = one employer. Without an organisation, it is only known from a feed."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="employer"
    )
    name = models.CharField(_("Name"), max_length=200)
    siret = models.CharField(max_length=14, blank=True)
    naf = models.CharField(max_length=6, blank=True)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    about = models.TextField(blank=True, max_length=3000)
    is_adapted_company = models.BooleanField(default=False)
    # Since when the agency has taken the employer down: nothing of it is published.
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["siret"], condition=~Q(siret=""), name="one_employer_per_siret"),
        ]

    def __str__(self) -> str:
        return self.name
