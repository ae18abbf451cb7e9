"""An introduction between a jobseeker and an employer, and every step of it."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from visavis.acts import models as acts
from visavis.appointments.models import Meeting
from visavis.common import clock
from visavis.introductions import limits
from visavis.introductions.enums import OPEN, Act, Place, Reason, Side, State
from visavis.introductions.table import TABLE
from visavis.jobseekers.models import Experience, Jobseeker, SkillHeld
from visavis.people.acting import people_of
from visavis.people.addresses import phone_as_written
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Vacancy
from visavis.vault.fields import EncryptedJSON, EncryptedText
from visavis.vault.numbers import NumberedField

# Does the employer know of it: put to him, or asked by himself? `Introduction.has_reached_employer` for one row.
REACHED = Q(put_at__isnull=False) | Q(origin=Side.EMPLOYER)


def still_read(now: dt.datetime | None = None) -> Q:
    """Return what an employer still reads: what is open, what ended lately, a hire until its last question."""
    now = now or clock.now()
    ended_lately = Q(closed_at__gt=now - limits.READ_AFTER_END)
    begun_lately = Q(
        state=State.HIRED, hire__starts_on__gte=timezone.localdate(now) - limits.NAMES_AFTER_START
    )
    return Q(closed_at__isnull=True) | ended_lately | begun_lately


def in_course_since(since: dt.datetime) -> Q:
    """Say of a user of the outer query whether an introduction of hers is open, or moved since a moment."""
    moved = Introduction.objects.filter(Q(state__in=OPEN) | Q(changed_at__gte=since)).order_by()
    theirs = Membership.objects.current().filter(
        user=OuterRef(OuterRef("pk")),
        role=Role.EMPLOYER,
        organisation=OuterRef("vacancy__employer__organisation"),
    )
    hers = moved.filter(jobseeker__user=OuterRef("pk"))
    return Q(Exists(hers)) | Q(Exists(moved.filter(Exists(theirs))))


def work(way: str = "") -> list[Any]:
    """Return what to fetch at once of what tells of somebody's work; `way` leads to her profile."""
    skills = SkillHeld.objects.select_related("skill")
    jobs = Experience.objects.select_related("occupation")
    return [Prefetch(f"{way}skills_held", skills), Prefetch(f"{way}experiences", jobs), f"{way}languages"]


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Who may see which introduction, and which are waiting for whom."""

    def visible_to(self, actor: User) -> "IntroductionQuerySet":
        """Who acts for her; the employer once it was put to him or he asked, until a year after its end."""
        of_employer = Q(vacancy__employer__organisation__in=actor.organisation_ids(Role.EMPLOYER))
        hers = Q(jobseeker__user__in=people_of(actor))
        return self.filter(hers | (of_employer & REACHED & still_read()))

    def of_employer(self, actor: User) -> "IntroductionQuerySet":
        """Keep those that an employer answers."""
        mine = Q(vacancy__employer__organisation__in=actor.organisation_ids(Role.EMPLOYER))
        return self.visible_to(actor).filter(mine)

    def counted_by(self, actor: User) -> "IntroductionQuerySet":
        """Keep those of the people of the agencies that the actor heads: to be counted, never to be opened."""
        return self.filter(jobseeker__agency__organisation__in=actor.organisation_ids(Role.HEAD))

    def to_second(self, actor: User) -> "IntroductionQuerySet":
        """Keep those of the actor's agencies whose both yes somebody else noted alone."""
        desks = actor.organisation_ids(Role.COUNSELLOR, Role.RECEPTION, Role.HEAD)
        delayed = self.filter(delayed_since__isnull=False, jobseeker__agency__organisation__in=desks)
        said = Step.objects.filter(
            introduction=OuterRef("pk"), act__in=[Act.AGREE, Act.ASK], undone_at__isnull=True, by=actor.pk
        )
        return delayed.exclude(Exists(said.order_by()))

    def open(self) -> "IntroductionQuerySet":
        """Keep those that have not ended."""
        return self.filter(state__in=OPEN)

    def closed(self) -> "IntroductionQuerySet":
        """Keep those that have ended."""
        return self.exclude(state__in=OPEN)

    def with_line(self) -> "IntroductionQuerySet":
        """Fetch at once what one line of a list says: few tables, so that the database need not plan for long."""
        return self.select_related("vacancy__employer", "jobseeker__user", "hire")

    def with_both(self) -> "IntroductionQuerySet":
        """Fetch at once what the page of one says of either side; her lists are asked where they are told."""
        return self.select_related(
            "vacancy__employer",
            "vacancy__commune",
            "jobseeker__user",
            "jobseeker__commune",
            "employer_contact",
            "hire",
        )

    def with_card(self) -> "IntroductionQuerySet":
        """Fetch at once what a card shows of either side."""
        return self.select_related(
            "vacancy__employer",
            "vacancy__commune",
            "vacancy__department",
            "vacancy__occupation",
            "jobseeker__user",
            "jobseeker__commune__department",
            "hire",
        )

    def with_person(self) -> "IntroductionQuerySet":
        """Fetch at once what both cards show, in a fixed number of queries."""
        whole = self.with_card().select_related("employer_contact", "frozen")
        return whole.prefetch_related(*work("jobseeker__"))


class Introduction(acts.Moving):
    """One row = one introduction of one jobseeker for one vacancy, from the first word to its end.

    Only services.py writes it: each change is a `Step`, and `version` is the number of the last one.
    """

    TABLE = TABLE
    THING = "introduction"
    KEPT = (
        "state", "answer_by", "jobseeker_yes_at", "put_at", "employer_yes_at", "employer_contact_id",
        "closed_at", "closed_by", "reason", "meeting_at", "meeting_place", "meeting_by", "meeting_agreed_at",
        "reminded_at", "meeting_slots", "meeting_minutes", "meeting_address", "meeting_contact", "meeting_phone",
        "meeting_wish", "meeting_off", "meeting_off_by", "day_before_at", "delayed_since",
    )  # fmt: skip
    EFFECTS = frozenset({Act.PUT})

    id = NumberedField(primary_key=True)
    jobseeker = models.ForeignKey(Jobseeker, on_delete=models.CASCADE, related_name="introductions")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="introductions")
    origin = models.CharField(max_length=10, choices=Side)
    state = models.CharField(max_length=10, choices=State)
    # Logit of the match when it began: who suits best is put first. Empty when nobody computed it.
    score = models.FloatField(null=True, blank=True)
    # The counsellor's words to the person. The employer never reads them.
    note = EncryptedText(blank=True, max_length=500, person="jobseeker.user_id")

    opened_at = models.DateTimeField(default=clock.now)
    # The last day to answer a proposal, told with it.
    answer_by = models.DateField(null=True, blank=True)
    jobseeker_yes_at = models.DateTimeField(null=True, blank=True)
    put_at = models.DateTimeField(null=True, blank=True)
    employer_yes_at = models.DateTimeField(null=True, blank=True)
    # Who said the employer's yes: the contact that the jobseeker then reads.
    employer_contact = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # One person noted both yes: since when either side can stop it. Until it is over nobody reads a name.
    delayed_since = models.DateTimeField(null=True, blank=True)
    # When she, or who answers for her, last acted on it: the latest of her steps, kept here for a caseload at once.
    heard_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=10, choices=Side, blank=True)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)

    # The time of hers that is taken once both agree (`appointed.py`).
    meeting = models.OneToOneField(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="introduction"
    )
    meeting_at = models.DateTimeField(null=True, blank=True)
    meeting_place = models.CharField(max_length=8, choices=Place, blank=True)
    meeting_by = models.CharField(max_length=10, choices=Side, blank=True)
    meeting_agreed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    # Where several times are proposed, all of them (ISO 8601), the first one being `meeting_at`.
    meeting_slots = models.JSONField(default=list, blank=True)
    meeting_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    meeting_address = EncryptedText(blank=True, max_length=200, person="jobseeker.user_id")
    # Whom to ask for, and where to call when late.
    meeting_contact = EncryptedText(blank=True, max_length=120, person="jobseeker.user_id")
    meeting_phone = EncryptedText(blank=True, max_length=20, person="jobseeker.user_id")
    # None of the times suited: when would, in her own words or his (`meeting_by`).
    meeting_wish = EncryptedText(blank=True, max_length=300, person="jobseeker.user_id")
    # Why the last meeting was cancelled, and by whom.
    meeting_off = models.CharField(max_length=20, choices=Reason, blank=True)
    meeting_off_by = models.CharField(max_length=10, choices=Side, blank=True)
    # When both were reminded, the day before.
    day_before_at = models.DateTimeField(null=True, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jobseeker", "vacancy"],
                condition=Q(state__in=sorted(OPEN)),
                name="one_open_introduction_a_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="introduction_is_in_a_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "interview", "hired"])
                | Q(jobseeker_yes_at__isnull=False, employer_yes_at__isnull=False),
                name="nobody_is_introduced_before_both_said_yes",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN), closed_at__isnull=True)
                | (~Q(state__in=sorted(OPEN)) & Q(closed_at__isnull=False)),
                name="what_has_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="put") | Q(put_at__isnull=False), name="what_was_put_says_when"
            ),
            models.CheckConstraint(
                condition=Q(delayed_since__isnull=True) | Q(state="agreed"),
                name="only_both_yes_are_delayed",
            ),
            models.CheckConstraint(
                condition=Q(
                    note__sealed=True,
                    meeting_address__sealed=True,
                    meeting_contact__sealed=True,
                    meeting_phone__sealed=True,
                    meeting_wish__sealed=True,
                ),
                name="words_of_an_introduction_are_sealed",
            ),
        ]
        indexes = [
            models.Index(fields=["vacancy", "state", "-score"], name="introduction_by_vacancy"),
            models.Index(fields=["state", "changed_at"], name="introduction_by_state"),
            # What a person has in course, of the many that have ended: a caseload asks for hundreds at once.
            # That it has not ended is in the index too, else SQLite takes that of all of a person's.
            models.Index(
                fields=["jobseeker", "closed_at"],
                condition=Q(closed_at__isnull=True),
                name="introduction_in_course",
            ),
            # When each was last heard.
            models.Index(
                fields=["jobseeker", "heard_at"],
                condition=Q(heard_at__isnull=False),
                name="introduction_heard",
            ),
            # The few whose both yes one person noted alone: homes count them.
            models.Index(
                fields=["delayed_since"],
                condition=Q(delayed_since__isnull=False),
                name="introduction_delayed",
            ),
        ]

    def __str__(self) -> str:
        return f"introduction {self.pk} {self.state}"

    def heard(self, side: str) -> None:
        if side == Side.JOBSEEKER:
            self.heard_at = self.changed_at

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def employer_has_answered(self) -> bool:
        """Say whether the employer has answered for good: hired or not, or said no."""
        said_no = self.state == State.DECLINED and self.closed_by == Side.EMPLOYER
        return said_no or self.state in (State.HIRED, State.NOT_HIRED)

    @property
    def has_reached_employer(self) -> bool:
        """Say whether the employer knows of it, as `REACHED` says it to the database."""
        return self.put_at is not None or self.origin == Side.EMPLOYER

    def times(self) -> list[dt.datetime]:
        """Return the times proposed, or the one agreed."""
        if self.meeting_at is None:
            return []
        slots = [dt.datetime.fromisoformat(said) for said in self.meeting_slots]
        return slots if slots and self.meeting_agreed_at is None else [self.meeting_at]

    def times_left(self) -> list[dt.datetime]:
        """Return those of the times that have not passed."""
        return [at for at in self.times() if at > clock.now()]

    @property
    def meeting_phone_shown(self) -> str:
        return phone_as_written(self.meeting_phone) if self.meeting_phone else ""

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return reverse("introductions:page", kwargs={"introduction_id": self.pk})

    @property
    def person_id(self) -> int:
        return self.jobseeker.user_id

    @property
    def is_off(self) -> bool:
        """Say whether the meeting was cancelled and no other time is proposed since."""
        return self.state == State.AGREED and bool(self.meeting_off) and self.meeting_at is None

    def said(self) -> dict[str, Any]:
        return {"reason": "" if self.is_open else self.reason}


class Step(acts.Step):
    """One row = one act on one introduction: who, for which side, from which state to which."""

    id = NumberedField(primary_key=True)
    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=10, choices=Act)
    side = models.CharField(max_length=10, choices=Side)
    from_state = models.CharField(max_length=10, choices=State, blank=True)
    to_state = models.CharField(max_length=10, choices=State)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    # Where to meet, whom to ask for and her words stand in it.
    before = EncryptedJSON(blank=True, default=dict, person="introduction.jobseeker.user_id")

    class Meta:
        ordering = ["introduction", "number"]
        constraints = [
            models.UniqueConstraint(fields=["introduction", "number"], name="steps_follow_one_another"),
            models.CheckConstraint(condition=Q(before__sealed=True), name="what_was_before_is_sealed"),
        ]

    def moved(self) -> Introduction:
        return Introduction.objects.select_for_update(of=("self",)).get(pk=self.introduction_id)
