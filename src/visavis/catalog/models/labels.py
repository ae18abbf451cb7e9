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
        return label_of(self.label_fr, self.label_en)


def label_of(french: str, english: str) -> str:
    """Return a label in the reader's language."""
    return english if english and (get_language() or "fr").startswith("en") else french
