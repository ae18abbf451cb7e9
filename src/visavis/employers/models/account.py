"""The account of an employer, and every step of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from visavis.acts import models as acts
from visavis.common import clock
from visavis.employers import siret
from visavis.employers.enums import LIVING, TO_CHECK, Act, Kind, Reason, Side, State
from visavis.employers.table import TABLE
from visavis.people.addresses import phone_as_written
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Employer
from visavis.vault.fields import EncryptedJSON, EncryptedText
from visavis.vault.numbers import NumberedField


class AccountQuerySet(models.QuerySet["Account"]):
    """Who may see which account."""

    def visible_to(self, actor: User) -> "AccountQuerySet":
        """Who asked for it; the employer's people; counsellors and heads, who check it. Nobody else."""
        if actor.has_role(Role.COUNSELLOR, Role.HEAD):
            return self
        own = Q(employer__organisation__in=actor.organisation_ids(Role.EMPLOYER))
        return self.filter(Q(contact=actor.pk) | own)

    def handled_by(self, actor: User) -> "AccountQuerySet":
        """Keep the accounts that the actor may check, open and take down: counsellors and heads."""
        return self if actor.has_role(Role.COUNSELLOR, Role.HEAD) else self.none()

    def joined_by(self, actor: User) -> "AccountQuerySet":
        """Keep the open accounts whose people the actor is one of."""
        mine = actor.organisation_ids(Role.EMPLOYER)
        return self.filter(state=State.OPEN, employer__organisation__in=mine)

    def to_check(self) -> "AccountQuerySet":
        return self.filter(state__in=TO_CHECK)

    def living(self) -> "AccountQuerySet":
        """Keep those asked for or open: nobody else asks for the same SIRET."""
        return self.filter(state__in=LIVING)


class Account(acts.Moving):
    """One row = one employer's account, from the request to its end. Only services write it."""

    TABLE = TABLE
    THING = "employer-account"
    KEPT = ("state", "reason", "words", "decided_at", "employer_id")

    id = NumberedField(primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.COMPANY)
    name = models.CharField(max_length=160)
    siret = models.CharField(max_length=14, blank=True)
    origin = models.CharField(max_length=10, choices=Side)
    state = models.CharField(max_length=10, choices=State)
    # Who asked, with an address that a code proved or that the agency noted.
    contact = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    # The number given in the request: the one that the agency does not call to check it.
    phone = EncryptedText(blank=True, max_length=20)
    looking_for = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now)

    employer = models.ForeignKey(
        Employer, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts"
    )
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    # The agency's own words to the employer, beside the reason.
    words = EncryptedText(blank=True, max_length=300)
    decided_at = models.DateTimeField(null=True, blank=True)
    # What a taking down took away, to put it back: numbers of people and of vacancies.
    taken = models.JSONField(default=dict, blank=True)

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["siret"],
                condition=~Q(siret="") & Q(state__in=sorted(LIVING)),
                name="one_living_account_a_siret",
            ),
            models.CheckConstraint(
                condition=~Q(siret="") | (~Q(kind="company") & Q(origin="agency")),
                name="without_a_siret_only_the_agency_asks",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "down"]) | Q(employer__isnull=False),
                name="an_open_account_has_an_employer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "down"]) | ~Q(reason=""), name="a_no_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(phone__sealed=True, words__sealed=True), name="words_of_an_account_are_sealed"
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="account_by_state")]

    def __str__(self) -> str:
        return f"employer account {self.pk} {self.state}"

    @property
    def person_id(self) -> int | None:
        return self.contact_id

    @property
    def siret_shown(self) -> str:
        return siret.as_written(self.siret)

    @property
    def phone_shown(self) -> str:
        return phone_as_written(self.phone) if self.phone else ""

    @property
    def is_to_check(self) -> bool:
        return self.state in TO_CHECK

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def url(self) -> str:
        """Return the address of the agency's page of it."""
        return reverse("employers:account", kwargs={"account_id": self.pk})

    def said(self) -> dict[str, Any]:
        return {"reason": self.reason}

    def members(self) -> "models.QuerySet[Membership]":
        """Return who belongs to the employer today, the longest first."""
        organisation = self.employer.organisation_id if self.employer else None
        if organisation is None:
            return Membership.objects.none()
        held = Membership.objects.current().filter(organisation=organisation, role=Role.EMPLOYER)
        return held.select_related("user").order_by("starts_on", "pk")


class Step(acts.Step):
    """One row = one act on one account: who, for which side, from which state to which."""

    id = NumberedField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=10, choices=Act)
    side = models.CharField(max_length=10, choices=Side)
    from_state = models.CharField(max_length=10, choices=State, blank=True)
    to_state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    # The agency's own words stand in it.
    before = EncryptedJSON(blank=True, default=dict)

    class Meta:
        ordering = ["account", "number"]
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="account_steps_follow_one_another"),
            models.CheckConstraint(condition=Q(before__sealed=True), name="what_an_account_was_is_sealed"),
        ]

    def moved(self) -> Account:
        return Account.objects.select_for_update(of=("self",)).get(pk=self.account_id)
