"""What the catalogue was made of, and when."""

from django.db import models


class Edition(models.Model):
    """One row = one import that changed something."""

    source = models.CharField(max_length=20)
    done_at = models.DateTimeField()
    # By table: created, changed, gone.
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.source} {self.done_at:%Y-%m-%d}"
