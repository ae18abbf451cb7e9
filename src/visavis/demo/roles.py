"""Who one can be in the demonstration."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.jobseekers.models import Experience, Jobseeker, SkillHeld
from visavis.matches.models import MatchList, packing
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Vacancy


@dataclass(frozen=True)
class DemoRole:
    """A role and what to look at first."""

    slug: str
    role: Role
    label: str | Promise
    hint: str | Promise


ROLES = (
    DemoRole("jobseeker", Role.JOBSEEKER, _("a jobseeker"), _("See the openings that suit you, and why.")),
    DemoRole(
        "counsellor",
        Role.COUNSELLOR,
        _("her counsellor"),
        _("See the people you accompany and their openings."),
    ),
    DemoRole("employer", Role.EMPLOYER, _("an employer"), _("Write a vacancy and see who suits it.")),
    DemoRole("reception", Role.RECEPTION, _("the reception"), _("Open a file for a person at the counter.")),
    DemoRole("head", Role.HEAD, _("the agency head"), _("See the agency’s figures and hours.")),
    DemoRole(
        "protection", Role.PROTECTION, _("the data protection officer"), _("See who did and read what.")
    ),
    DemoRole("helper", Role.HELPER, _("a helper"), _("Act for the people who gave you a mandate.")),
)


MARKED = ("jobseeker", "employer")

# A list that suits: better than even odds, or nearly.
SUITS = -0.6
NEAR_KM, ENOUGH = 30, 8


def person(slug: str) -> User | None:
    """Return the demonstration's person for a role: one whose pages have something to show."""
    if slug in MARKED and (marked := User.objects.filter(email=address(slug)).first()):
        return marked
    if slug == "counsellor" and (known := Jobseeker.objects.filter(user__email=address("jobseeker")).first()):
        return known.counsellor
    if slug == "jobseeker":
        return _best_served().user if Jobseeker.objects.looking().exists() else None
    if slug == "counsellor" and Jobseeker.objects.looking().exists():
        return _best_served().counsellor
    role = next((one.role for one in ROLES if one.slug == slug), None)
    if role is None:
        return None
    if role == Role.EMPLOYER:
        return _best_employer()
    held = Membership.objects.filter(role=role).order_by("pk").select_related("user").first()
    return held.user if held else None


def address(slug: str) -> str:
    """Return the address that marks the demonstration's person for a role."""
    return f"{slug}@visavis.example"


def mark() -> None:
    """Choose once who is the jobseeker and the employer: they stay the same when their lists change."""
    for slug in MARKED:
        if user := person(slug):
            user.email = address(slug)
            user.save(update_fields=["email"])


def _best_served() -> Jobseeker:
    """Return the person with the longest list of openings that suit her, among those who told most."""
    told = (
        Jobseeker.objects.looking()
        .exclude(about="")
        .filter(radius_km__isnull=False, commune__isnull=False, counsellor__isnull=False)
    )
    told = told.filter(Exists(SkillHeld.objects.filter(jobseeker=OuterRef("pk"))))
    told = told.filter(Exists(Experience.objects.filter(jobseeker=OuterRef("pk"))))
    followed = told if told.exists() else Jobseeker.objects.looking().filter(counsellor__isnull=False)
    lists = MatchList.objects.filter(edition__is_served=True, jobseeker__in=followed.order_by())
    suits = {
        owner: sum(place.score >= SUITS for place in packing.unpacked(bytes(packed)))
        for owner, packed in lists.values_list("jobseeker", "packed")
    }
    ranked = sorted(
        followed.select_related("user", "counsellor"), key=lambda one: (-suits.get(one.pk, 0), one.pk)
    )
    # Openings round the corner say more than openings an hour away, when there are enough of them.
    near = (
        one
        for one in ranked
        if one.radius_km is not None and one.radius_km <= NEAR_KM and suits.get(one.pk, 0) >= ENOUGH
    )
    return next(near, ranked[0])


def _best_employer() -> User | None:
    """Return the person of the employer whose vacancies suit most people."""
    listed = MatchList.objects.filter(edition__is_served=True, vacancy=OuterRef("pk")).values("length")
    vacancy = (
        Vacancy.objects.filter(employer__organisation__isnull=False)
        .annotate(suits=Coalesce(Subquery(listed), 0))
        .order_by("-suits", "pk")
    )
    best = vacancy.select_related("employer").first()
    if best is None or best.employer is None:
        return None
    held = Membership.objects.filter(organisation=best.employer.organisation_id, role=Role.EMPLOYER)
    first = held.select_related("user").first()
    return first.user if first else None
