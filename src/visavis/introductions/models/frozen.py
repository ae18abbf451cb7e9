"""What an introduction told the employer of a person, as it stood then."""

from django.db import models

from visavis.common import clock
from visavis.introductions.models.introduction import Introduction


class Frozen(models.Model):
    """One row = what one introduction shows of her work since both said yes, or since it ended. Nothing of who."""

    introduction = models.OneToOneField(Introduction, on_delete=models.CASCADE, related_name="frozen")
    at = models.DateTimeField(default=clock.now)
    # Codes, and labels of the catalogue in both languages: `work.Work`.
    work = models.JSONField()

    def __str__(self) -> str:
        return f"frozen {self.introduction_id}"
