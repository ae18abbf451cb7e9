"""Texts that an agency keeps ready, so that nobody writes the same answer a hundred times."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.people.enums import Role
from visavis.people.models import User


class ReadyTextQuerySet(models.QuerySet["ReadyText"]):
    """Who uses which."""

    def visible_to(self, actor: User) -> "ReadyTextQuerySet":
        """Keep those of the agencies in which somebody works."""
        return self.filter(agency__organisation__in=actor.organisation_ids(Role.COUNSELLOR, Role.HEAD))


class ReadyText(models.Model):
    """One row = one text that the counsellors of an agency put into an answer. About nobody."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="ready_texts")
    title = models.CharField(_("Title"), max_length=80)
    body = models.TextField(_("Text"), max_length=4000)

    objects = ReadyTextQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="one_ready_text_of_a_title")]

    def __str__(self) -> str:
        return f"ready text {self.pk}"
