"""When each part of the service was last seen at work."""

from django.db import models

from visavis.common import clock

# The part that a sweep's failure is kept under.
SWEEP_FAILED = "sweep-failed"


class Beat(models.Model):
    """One row = one part of the service, and when it last did what it is there for."""

    part = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.part} at {self.at}"


def beat(part: str) -> None:
    """Say that a part has just done its work."""
    Beat.objects.update_or_create(part=part, defaults={"at": clock.now()})
