"""What the words of an opening say, kept beside its words."""

from django.db import models

from visavis.vacancies.models import Vacancy


class Indexed(models.Model):
    """One row = one opening whose words are in the full text, as of one version of it."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveIntegerField()
    # What the words say of the conditions: bits of engine.search.documents.TAGS, as many bytes as they take.
    tags = models.BinaryField()

    class Meta:
        app_label = "searches"
        verbose_name_plural = "indexed"
