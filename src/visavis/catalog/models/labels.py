"""A thing of the catalogue has a code and a label in each language."""

from django.db import models
from django.utils.translation import get_language


class Labelled(models.Model):
    """French is always there; English falls back on it."""

    label_fr = models.CharField(max_length=250)
    label_en = models.CharField(max_length=250, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Return the label in the reader's language."""
        if (get_language() or "fr").startswith("en") and self.label_en:
            return self.label_en
        return self.label_fr
