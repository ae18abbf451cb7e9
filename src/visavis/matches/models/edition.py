"""Editions: all the lists of one night, made apart and served from one instant."""

from django.db import models
from django.db.models import Q

from visavis.common import clock
from visavis.vacancies.models import Vacancy


class EditionQuerySet(models.QuerySet["Edition"]):
    """Readings of the editions."""

    def served(self) -> "Edition":
        """Return the edition that people read; the first one is made empty."""
        edition, _created = self.get_or_create(is_served=True, defaults={"served_at": clock.now()})
        return edition


class Edition(models.Model):
    """One row = one edition of all the lists. People read the one that is served, and nothing of the others."""

    began_at = models.DateTimeField(default=clock.now)
    served_at = models.DateTimeField(null=True, blank=True)
    is_served = models.BooleanField(default=False)
    # By what the lists were spread: the strength of 0 to 1, in how many shown lists a position may stand
    # (without limit when null), and how many places stand above a limit because somebody had
    # no other that is nearly as good.
    strength = models.FloatField(default=0.0)
    times = models.FloatField(null=True, blank=True)
    over = models.PositiveIntegerField(default=0)
    # What part of the chances of their best twenty spreading took of people: on average, and at most.
    lost = models.FloatField(default=0.0)
    most_lost = models.FloatField(default=0.0)
    # What a vacancy costs that came after the night, when its occupation had none.
    usual_price = models.FloatField(default=0.0)
    engine_version = models.CharField(max_length=20, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_served"], condition=Q(is_served=True), name="one_edition_is_served"
            ),
            models.CheckConstraint(
                condition=Q(strength__gte=0, strength__lte=1), name="strength_is_a_part_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"edition {self.pk}"


class Price(models.Model):
    """One row = what the crowd makes one vacancy cost in one edition, in the unit of a logarithm of a chance."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="prices")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="+")
    price = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "vacancy"], name="one_price_a_vacancy_and_edition"),
            models.CheckConstraint(condition=Q(price__gte=0), name="price_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"price {self.vacancy_id}"


class Ground(models.Model):
    """One row = what weighed in one edition beside the rows: rarities, moves between occupations, ideal profiles."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, primary_key=True)
    packed = models.BinaryField()

    def __str__(self) -> str:
        return f"ground {self.pk}"
