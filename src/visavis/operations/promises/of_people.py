"""What is promised of people: asked first, few things told of them, never fewer than many at once."""

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Sum

from visavis.consents import services as consents
from visavis.consents.models import Consent
from visavis.introductions.enums import BOTH_SAID_YES
from visavis.introductions.models import Introduction
from visavis.jobseekers import agreed
from visavis.jobseekers.models import ApprovedInterest
from visavis.matches.models import FamilyProfile, IdealProfile
from visavis.matches.models.ideal import LEAST_PEOPLE
from visavis.operations.promises.promise import Answer, Promise, counted
from visavis.traces.models import Figure, Permit, Standing


def interests_agreed() -> Answer:
    yes = Consent.objects.in_force().filter(purpose=agreed.INTERESTS, user=OuterRef("jobseeker__user"))
    rows = ApprovedInterest.objects.all()
    return counted(rows.exclude(Exists(yes)).count(), "interests without a yes in force", rows.count())


def words_proved() -> Answer:
    rows = Consent.objects.exclude(how=Consent.How.BEFORE)
    wrong = sum(one.words_sha256 != consents.digest(one.words) for one in rows.iterator())
    return counted(wrong, "consents whose words are not those agreed to", rows.count())


def noise_within_budget() -> Answer:
    spent = Permit.objects.order_by().values("user").annotate(sum=Sum("epsilon_thousandths"))
    over = spent.filter(sum__gt=settings.VISAVIS_REPORT_CAP).count()
    return counted(over, "people beyond the budget of a life", spent.count())


def figures_of_many() -> Answer:
    enough = Standing.objects.filter(period=OuterRef("period"), group=OuterRef("group"), more_needed=0)
    wrong = Figure.objects.exclude(Exists(enough)).count()
    wrong += IdealProfile.objects.filter(is_seed=False, hired__lt=LEAST_PEOPLE).count()
    wrong += FamilyProfile.objects.filter(is_seed=False, hired__lt=LEAST_PEOPLE).count()
    looked_at = Figure.objects.count() + IdealProfile.objects.count() + FamilyProfile.objects.count()
    return counted(wrong, "published figures of too few people", looked_at)


def names_after_both_yes() -> Answer:
    rows = Introduction.objects.filter(state__in=BOTH_SAID_YES)
    early = rows.filter(Q(jobseeker_yes_at__isnull=True) | Q(employer_yes_at__isnull=True)).count()
    return counted(early, "introductions that share a name without both yes", rows.count())


PROMISES = (
    Promise(
        "interests",
        "Interests stand in a file only with a yes of this year.",
        "/account/consents/",
        interests_agreed,
    ),
    Promise(
        "consents", "Each yes is kept with the words that were read.", "/account/consents/", words_proved
    ),
    Promise(
        "noise", "Private reports stay within the budget of a life.", "/what-we-know/", noise_within_budget
    ),
    Promise("figures", "No figure is published of few people.", "docs/privacy/reports.md", figures_of_many),
    Promise("names", "An employer reads a name only after both said yes.", "/privacy/", names_after_both_yes),
)
