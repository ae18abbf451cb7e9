"""Vacancies: what is offered, where, for whom."""

import datetime as dt

from django.db import models
from django.db.models import F, Q

from visavis.catalog.enums import ContractKind, EducationLevel, LanguageLevel, OwnVehicle, SpokenLanguage
from visavis.catalog.models import Commune, Department, Occupation, Skill
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people.enums import STAFF_ROLES, Role
from visavis.people.models import User
from visavis.vacancies.models.employer import Employer
from visavis.vacancies.models.feed import Feed


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """Who may see which vacancy."""

    def visible_to(self, actor: User) -> "VacancyQuerySet":
        """Open vacancies: everybody signed in. Drafts, closed and hidden ones: their employer and the staff."""
        if actor.roles & STAFF_ROLES:
            return self
        own = Q(employer__organisation__in=actor.organisation_ids(Role.EMPLOYER))
        return self.filter(own | Q(state=Vacancy.State.OPEN))

    def editable_by(self, actor: User) -> "VacancyQuerySet":
        """Its employer's own people; counsellors and heads. Nobody, when a feed brought it."""
        if actor.has_role(Role.COUNSELLOR, Role.HEAD):
            return self.filter(feed__isnull=True)
        return self.filter(
            employer__organisation__in=actor.organisation_ids(Role.EMPLOYER), feed__isnull=True
        )

    def live(self, on: dt.date | None = None) -> "VacancyQuerySet":
        """Keep the vacancies one can answer today, every source's copy of them."""
        return self.filter(live_on(on or clock.today()))

    def open(self, on: dt.date | None = None) -> "VacancyQuerySet":
        """Keep the vacancies one can answer today, each job once: a copy shows when what it copies is over."""
        day = on or clock.today()
        over = ~Q(same_as__state=Vacancy.State.OPEN) | Q(same_as__closes_on__lt=day)
        return self.live(day).filter(Q(same_as__isnull=True) | over)

    def once_shown(self) -> "VacancyQuerySet":
        """Keep what anybody may have found once, by its number: everything but drafts."""
        return self.exclude(state=Vacancy.State.DRAFT)

    def published_by_us(self) -> "VacancyQuerySet":
        """Keep our own vacancies that anybody may have read once: no draft, and none that a feed brought."""
        return self.filter(feed__isnull=True).exclude(state=Vacancy.State.DRAFT)

    def public(self, on: dt.date | None = None) -> "VacancyQuerySet":
        """Keep what anybody may read without signing in: our own vacancies that are open."""
        still = Q(closes_on__isnull=True) | Q(closes_on__gte=on or clock.today())
        return self.published_by_us().filter(still, state=Vacancy.State.OPEN)

    def over(self, on: dt.date | None = None) -> "VacancyQuerySet":
        """Keep those that people call closed: filled, closed, or open with a last day that has passed."""
        return self.filter(over_on(on or clock.today()))

    def to_confirm(self) -> "VacancyQuerySet":
        """Keep what the agency wrote for an employer who has not said yet that it is right."""
        return self.live().filter(is_by_agency=True, confirmed_at__isnull=True)

    def with_posting(self) -> "VacancyQuerySet":
        """Fetch at once what is published of a vacancy."""
        return self.select_related(
            "employer", "commune__department", "occupation", "department"
        ).prefetch_related("skills_asked__skill", "languages_asked", "commune__postcodes")

    def with_card(self) -> "VacancyQuerySet":
        """Fetch at once what a card shows."""
        return self.select_related("employer", "commune", "occupation", "department")


def live_on(day: dt.date) -> Q:
    """Say of a vacancy that one can answer it on a day."""
    return Q(Q(closes_on__isnull=True) | Q(closes_on__gte=day), state=Vacancy.State.OPEN)


def over_on(day: dt.date) -> Q:
    """Say of a vacancy that people call it closed: filled, closed, or open with a last day that has passed."""
    ended = Q(state__in=[Vacancy.State.FILLED, Vacancy.State.CLOSED])
    return ended | Q(state=Vacancy.State.OPEN, closes_on__lt=day)


OPEN_CARDS: "Prepared[Vacancy]" = Prepared(
    lambda day, numbers: Vacancy.objects.open(day).with_card().filter(pk__in=numbers)
)
"""The vacancies among some numbers that one can answer on a day, with what a card shows: everybody may see them."""

IN_A_LIST = (
    *("title", "version", "employer__name", "employer__organisation", "feed"),
    *("commune__name", "commune__department", "department__name", "place_text"),
    *("latitude", "longitude", "precision_km", "is_remote"),
    *("contract", "contract_months", "hours_min", "hours_max", "pay_min_hour", "pay_max_hour"),
    "experience_months",
)
"""What of a vacancy a card of somebody's own list reads: a tenth of the row, and no description."""

IN_A_SEARCH = ("description", "published_at", "source_url", "occupation__label_fr", "occupation__label_en")

OPEN_IN_A_LIST: "Prepared[Vacancy]" = Prepared(
    lambda day, numbers: (
        Vacancy.objects.open(day)
        .select_related("employer", "commune", "department")
        .only(*IN_A_LIST)
        .filter(pk__in=numbers)
    )
)
"""The same, with no more than a card of a list reads."""

OPEN_IN_A_SEARCH: "Prepared[Vacancy]" = Prepared(
    lambda day, numbers: (
        Vacancy.objects.open(day).with_card().only(*IN_A_LIST, *IN_A_SEARCH).filter(pk__in=numbers)
    )
)
"""The same, with what a card of a search reads beside: what was found in it, since when it stands, and where."""


class Vacancy(models.Model):
    """One row = one vacancy, for one or more positions."""

    class State(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        FILLED = "filled"
        CLOSED = "closed"
        # Taken away from everybody while the agency checks it, or before anybody saw it (`hiding.py`).
        HIDDEN = "hidden"

    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="vacancies"
    )
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, null=True, blank=True, related_name="vacancies")
    feed_key = models.CharField(max_length=80, blank=True)
    # The vacancy shown in place of this one: the same job, from another source (feeds.merging).
    same_as = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)

    title = models.CharField(max_length=250)
    description = models.TextField(blank=True)
    occupation = models.ForeignKey(
        Occupation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # How the occupation was found: given, feed (its code was added), esco or isco (by a code of theirs),
    # title (by our index), confirmed (by a person).
    occupation_from = models.CharField(max_length=10, blank=True)
    # Codes of what it is besides, when its title names several jobs ("Serveur / barman").
    other_occupations = models.JSONField(default=list, blank=True)
    commune = models.ForeignKey(Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # How far off the coordinates may be: 0 for a commune, more when only a department is known.
    precision_km = models.FloatField(default=0)
    # The place as it was said, when no commune answers to it.
    place_text = models.CharField(max_length=120, blank=True)
    is_remote = models.BooleanField(default=False)

    contract = models.CharField(max_length=16, choices=ContractKind, blank=True)
    contract_months = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_min = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    hours_max = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    # The last day of a contract that has one.
    ends_on = models.DateField(null=True, blank=True)
    is_on_call = models.BooleanField(default=False)
    # Hours are counted over the year: more in some weeks, fewer in others.
    is_annualised = models.BooleanField(default=False)
    pay_min_hour = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    pay_max_hour = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    pay_text = models.CharField(max_length=250, blank=True)
    # As the employer typed it: low, high and period; what is per hour is counted from it.
    pay_said = models.JSONField(default=dict, blank=True)
    licences = models.JSONField(default=list, blank=True)
    licences_wished = models.JSONField(default=list, blank=True)
    own_vehicle = models.CharField(max_length=8, choices=OwnVehicle, blank=True)
    conditions = models.JSONField(default=list, blank=True)
    experience_months = models.PositiveSmallIntegerField(null=True, blank=True)
    experience_is_required = models.BooleanField(default=False)
    education_level = models.PositiveSmallIntegerField(choices=EducationLevel, null=True, blank=True)
    education_is_required = models.BooleanField(default=False)
    positions = models.PositiveSmallIntegerField(default=1)
    is_open_to_disability = models.BooleanField(default=False)
    source_url = models.URLField(max_length=400, blank=True)

    # Why words that the law forbids stay: a genuine occupational requirement, confirmed by a person.
    legal_exception = models.CharField(max_length=500, blank=True)

    # Written by the agency, for an employer who telephoned; and since when he has said that it is right.
    is_by_agency = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    published_at = models.DateTimeField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)
    # Column → the words it was read in and, where a field of the feed said otherwise, the field's; the skills by code.
    evidence = models.JSONField(default=dict, blank=True)
    # Of what the feed said last: unchanged content is not written again.
    digest = models.CharField(max_length=64, blank=True)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "vacancies"
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["feed", "feed_key"],
                condition=Q(feed__isnull=False),
                name="a_feed_brings_a_vacancy_once",
            ),
            models.CheckConstraint(condition=Q(positions__gte=1), name="vacancy_has_a_position"),
            models.CheckConstraint(
                condition=Q(pay_min_hour__isnull=True)
                | Q(pay_max_hour__isnull=True)
                | Q(pay_max_hour__gte=F("pay_min_hour")),
                name="highest_pay_not_below_lowest",
            ),
            models.CheckConstraint(
                condition=Q(hours_min__isnull=True)
                | Q(hours_max__isnull=True)
                | Q(hours_max__gte=F("hours_min")),
                name="vacancy_most_hours_not_below_least",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "closes_on"], name="vacancy_is_open"),
            models.Index(fields=["changed_at"], name="vacancy_by_change"),
            # The newest that anybody may read, for the first page.
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(state="open", feed__isnull=True),
                name="vacancy_ours_by_newest",
            ),
        ]

    def __str__(self) -> str:
        return f"vacancy {self.pk}"

    @property
    def is_live(self) -> bool:
        """Say whether one can answer it today, as `live` says it to the database."""
        return self.is_open_on(clock.today())

    def is_open_on(self, day: dt.date) -> bool:
        return self.state == Vacancy.State.OPEN and (self.closes_on is None or self.closes_on >= day)


class SkillAsked(models.Model):
    """One row = one skill a vacancy asks for; words the catalogue does not know are kept as they are."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="skills_asked")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, null=True, blank=True)
    typed = models.CharField(max_length=250, blank=True)
    is_essential = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_essential", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "skill"], condition=Q(skill__isnull=False), name="skill_is_asked_once"
            )
        ]


class LanguageAsked(models.Model):
    """One row = one language a vacancy asks for."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="languages_asked")
    language = models.CharField(max_length=2, choices=SpokenLanguage)
    level = models.PositiveSmallIntegerField(choices=LanguageLevel, default=LanguageLevel.B1)
    is_required = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vacancy", "language"], name="language_is_asked_once")]
