"""Agencies: where the door is and when it is open."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.people.enums import Role
from visavis.people.models import Organisation, User


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies are public: anybody may know where the door is."""

    def of(self, actor: User) -> "AgencyQuerySet":
        """Keep the agencies in which the actor works."""
        ids = actor.organisation_ids(Role.COUNSELLOR, Role.RECEPTION, Role.HEAD)
        return self.filter(organisation__in=ids)


class Agency(models.Model):
    """One row = one agency that people can walk into."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="agency")
    name = models.CharField(_("Name"), max_length=160)
    address = models.CharField(_("Address"), max_length=200)
    commune = models.ForeignKey("catalog.Commune", on_delete=models.PROTECT, related_name="+")
    phone = models.CharField(_("Phone"), max_length=20)
    # OpenStreetMap syntax, as data·inclusion publishes it: "Mo-Fr 08:30-12:30,13:30-17:00".
    opening_hours = models.CharField(_("Opening hours"), max_length=300)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
