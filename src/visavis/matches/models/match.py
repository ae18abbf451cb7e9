"""Lists of matches: kept a row a list, read a row a place."""

import datetime as dt
import json
from collections.abc import Callable, Collection, Container, Sequence
from functools import cached_property
from typing import Any, Self

from django.db import models
from django.db.models import Q, Subquery
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.jobseekers.models import Jobseeker
from visavis.matches import permissions
from visavis.matches.models import packing
from visavis.matches.models.edition import Edition
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

type Reasons = list[dict[str, Any]]

# Who words the reasons of places that were kept without: the bridge puts its door here, because it stands above.
TOLD_BY: "list[Callable[[Sequence[Match]], list[Reasons]]]" = []


class Whose(models.TextChoices):
    """Whose list it is."""

    JOBSEEKER = "jobseeker"
    VACANCY = "vacancy"


class Tier(models.IntegerChoices):
    """In which part of a jobseeker's list a place stands (`engine/score/tiers.py`)."""

    ASKED = 0, _("What was asked for")
    SAME = 1, _("The same occupation under another title")
    NEAR = 2, _("Close to it")
    DISCOVER = 3, _("To discover")
    BEYOND = 4, _("Farther away")


# What a tier takes off what ranks a place, as the engine has it (`engine/spread/serving.py`).
TIER_STEP = 200.0

# The number of a place is that of its list, then its slot, as the view of the database counts.
SLOTS = 65_536


class MatchListQuerySet(models.QuerySet["MatchList"]):
    """Readings of the lists."""

    def served(self) -> "MatchListQuerySet":
        """Keep those that people read."""
        return self.filter(edition__is_served=True)

    def with_places(self) -> "MatchListQuerySet":
        """Read of them what `places` gives, and no more."""
        return self.only(
            "edition_id",
            "jobseeker_id",
            "vacancy_id",
            "others",
            "slots",
            "packed",
            "told",
            "engine_version",
            "made_at",
        )


class MatchList(models.Model):
    """One row = one list of one edition: the vacancies of a jobseeker, or the people of a vacancy, best first.

    What each place is worth is packed (`packing.py`); places made by day keep their reasons as well, those of the
    night are worded when they are read, from what both owners were that night (`facts`).
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    jobseeker = models.ForeignKey(
        Jobseeker, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    vacancy = models.ForeignKey(
        Vacancy, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    # Numbers of those who stand in it, as JSON: the database reads them as rows.
    others = models.TextField(default="[]")
    length = models.PositiveSmallIntegerField(default=0)
    # The lasting number of each place in the list, as JSON; empty while they are counted from 1.
    slots = models.TextField(default="", blank=True)
    next_slot = models.PositiveIntegerField(default=1)
    packed = models.BinaryField(default=b"")
    told = models.BinaryField(default=b"")
    facts = models.BinaryField(default=b"")
    # What the last place shown is worth, in a jobseeker's list that is as long.
    bar = models.FloatField(null=True)
    # Of a jobseeker: what prices may take for her, in logarithms of chances.
    allowed = models.FloatField(default=0.0)
    # In whose lists the owner may stand: those of the night, packed, and who came since, after commas.
    holders = models.BinaryField(default=b"")
    came = models.TextField(default="", blank=True)
    # Of a vacancy: in how many lists it is shown, and in how many kept.
    shown = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    engine_version = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(default=clock.now)

    objects = MatchListQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker", "edition"],
                condition=Q(jobseeker__isnull=False),
                name="one_list_a_jobseeker_and_edition",
            ),
            models.UniqueConstraint(
                fields=["vacancy", "edition"],
                condition=Q(vacancy__isnull=False),
                name="one_list_a_vacancy_and_edition",
            ),
            models.CheckConstraint(
                condition=Q(jobseeker__isnull=True, vacancy__isnull=False)
                | Q(jobseeker__isnull=False, vacancy__isnull=True),
                name="a_list_is_of_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"list {self.jobseeker_id}-{self.vacancy_id}"

    @classmethod
    def of(cls, jobseeker: Jobseeker) -> "MatchList | None":
        """Read the list served of a jobseeker, in one simple question."""
        return LIST_OF_HERS.first(jobseeker.pk)

    @classmethod
    def of_vacancy(cls, vacancy: Vacancy) -> "MatchList | None":
        """Read the list served of a vacancy, in one simple question."""
        return LIST_OF_ITS.first(vacancy.pk)

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of those who stand in it, best first."""
        numbers: list[int] = json.loads(self.others)
        return numbers

    def places(self, among: Container[int] | None = None) -> "list[Match]":
        """Give its places, best first, as the view of the database gives them: all, or those of some numbers."""
        slots = json.loads(self.slots) if self.slots else range(1, len(self.numbers) + 1)
        places = zip(self.numbers, slots, strict=True)
        found = [
            self._place(rank, other, slot)
            for rank, (other, slot) in enumerate(places, start=1)
            if among is None or other in among
        ]
        return Match.read_together(found)

    def _place(self, rank: int, other: int, slot: int) -> "Match":
        hers = self.jobseeker_id
        # In the order of the columns, as a row is read: by name it takes three times as long.
        values = (
            self.pk * SLOTS + slot,
            self.edition_id,
            Whose.VACANCY if hers is None else Whose.JOBSEEKER,
            other if hers is None else hers,
            other if self.vacancy_id is None else self.vacancy_id,
            rank,
            self.packed,
            self.told,
            self.engine_version,
            self.made_at,
        )
        return Match.from_db(self._state.db, (), values)


LIST_OF_HERS = Prepared(lambda person: MatchList.objects.served().with_places().filter(jobseeker=person))
LIST_OF_ITS = Prepared(lambda vacancy: MatchList.objects.served().with_places().filter(vacancy=vacancy))


class MatchQuerySet(models.QuerySet["Match"]):
    """Who may see which match: both ends must be visible."""

    def visible_to(self, actor: User) -> "MatchQuerySet":
        """People’s lists: of whom one may read. Vacancies’ lists: of one’s own; any, for counsellors and heads."""
        people = permissions.people_with_openings(actor)
        vacancies = permissions.vacancies_with_candidates(actor)
        return self.filter(
            Q(side=Whose.JOBSEEKER, jobseeker__in=people) | Q(side=Whose.VACANCY, vacancy__in=vacancies)
        )

    def for_jobseeker(self, jobseeker: Jobseeker) -> "MatchQuerySet":
        """Return her list, best first."""
        return self.filter(jobseeker=jobseeker, side=Whose.JOBSEEKER).order_by("rank")

    def for_vacancy(self, vacancy: Vacancy) -> "MatchQuerySet":
        """Return a vacancy's list, best first."""
        return self.filter(vacancy=vacancy, side=Whose.VACANCY).order_by("rank")

    def _fetch_all(self) -> None:
        """Let the places read together be told together."""
        is_new = self._result_cache is None
        super()._fetch_all()
        if is_new:
            Match.read_together([one for one in self._result_cache or () if isinstance(one, Match)])


MatchManager = models.Manager.from_queryset(MatchQuerySet)


class ServedManager(MatchManager["Match"]):
    """The lists that people read: those of the edition that is served, found in the same statement."""

    def get_queryset(self) -> MatchQuerySet:
        served = Edition.objects.filter(is_served=True).order_by().values("pk")[:1]
        return MatchQuerySet(self.model, using=self._db).filter(edition=Subquery(served))


class Match(models.Model):
    """One row = one place in one list: a view of the database on the `MatchList`s, to which nothing is written.

    `objects` gives the lists served; `everything` those of the night in making as well. Of a jobseeker's
    fifty places the first twenty that she can answer are shown. The number of a place is that of its list and
    its slot: it tells nothing of who stands there.
    """

    Whose = Whose

    id = models.BigIntegerField(primary_key=True)
    edition = models.ForeignKey(Edition, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    side = models.CharField(max_length=10, choices=Whose)
    jobseeker = models.ForeignKey(
        Jobseeker, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    vacancy = models.ForeignKey(Vacancy, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    rank = models.PositiveSmallIntegerField()
    packed = models.BinaryField(default=b"")
    told = models.BinaryField(default=b"")
    engine_version = models.CharField(max_length=20)
    made_at = models.DateTimeField(default=clock.now)

    objects = ServedManager()
    everything = MatchQuerySet.as_manager()

    class Meta:
        managed = False
        verbose_name_plural = "matches"

    read_with: "Sequence[Match]" = ()
    _reasons: Reasons | None = None

    def __str__(self) -> str:
        return f"match {self.jobseeker_id}-{self.vacancy_id} {self.rank}"

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any
    ) -> Self:
        """Read one place; one that was put in by day says itself when, and by which engine."""
        match = super().from_db(db, field_names, values, **how)
        match.say_of_today()
        return match

    def say_of_today(self) -> None:
        """Say when and by which engine it was put in by day, and with what reasons, if it was."""
        by_day = packing.told(bytes(self.__dict__.get("told") or b""))
        if by_day and (place := by_day[self.rank - 1]):
            self.made_at = dt.datetime.fromisoformat(place["at"])
            self.engine_version, self._reasons = place["version"], place["reasons"]

    @classmethod
    def of(cls, jobseeker: Jobseeker, among: Container[int] | None = None) -> "list[Match]":
        """Read the list served of a jobseeker, best first: all its places, or those of some vacancies."""
        kept = MatchList.of(jobseeker)
        return kept.places(among) if kept else []

    @staticmethod
    def read_together(places: "list[Match]") -> "list[Match]":
        """Let places be told together: when the reasons of one are asked for, those of all are worded."""
        for one in places:
            one.read_with = places
        return places

    @property
    def values(self) -> packing.Values:
        """What is packed of the place."""
        return packing.unpacked(bytes(self.packed))[self.rank - 1]

    @property
    def score(self) -> float:
        """Logit of the engine; its parts in `reasons` sum to it."""
        return self.values.score

    @property
    def worth(self) -> float:
        """What gives the rank: the logarithm of the chance, turned for the day, less the price; else the score."""
        return self.values.worth

    @property
    def tier(self) -> "Tier":
        """In which part of a jobseeker's list it stands: what she asked for, what is near that, the rest."""
        return Tier(min(Tier.BEYOND, max(0, int((1.0 - self.worth) // TIER_STEP))))

    @property
    def reasons(self) -> Reasons:
        """What speaks for the pair and against it, as codes and values."""
        if self._reasons is None:
            together = [one for one in self.read_with or (self,) if one._reasons is None]
            for tell in TOLD_BY:
                for one, reasons in zip(together, tell(together), strict=True):
                    one._reasons = reasons
        return self._reasons or []

    @property
    def distance_km(self) -> float | None:
        """How far the work is, where a reason says so."""
        return next((one["values"]["km"] for one in self.reasons if "km" in one["values"]), None)
