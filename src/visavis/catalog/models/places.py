"""Places: regions, departments, communes."""

from django.db import models


class Region(models.Model):
    """One row = one region (INSEE code)."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """One row = one department (INSEE code)."""

    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=80)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """One row = one commune or municipal arrondissement of today (INSEE code, COG)."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=120)
    # The name without accents or hyphens, for searching.
    folded = models.CharField(max_length=120, db_index=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True)
    population = models.PositiveIntegerField(default=0)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    # 0 when the coordinates are the commune's own, else how far off they may be.
    precision_km = models.FloatField(default=0)

    class Meta:
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.department_id})"

    @property
    def postal_name(self) -> str:
        """Return its name as on an envelope; without a postcode where it has several, which only a street tells."""
        codes = {postcode.code for postcode in self.postcodes.all()}
        return f"{codes.pop()} {self.name}" if len(codes) == 1 else self.name


class Postcode(models.Model):
    """One row = one postcode that serves one commune."""

    code = models.CharField(max_length=5, db_index=True)
    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="postcodes")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "commune"], name="postcode_serves_commune_once")
        ]

    def __str__(self) -> str:
        return self.code
