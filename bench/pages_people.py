"""Who asks the pages of `pages.py`: some people of each role, with the numbers of what is theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Q

from visavis.agencies.models import Agency
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.mandates import services
from visavis.mandates.enums import Days
from visavis.mandates.errands import Code
from visavis.mandates.models import Mandate
from visavis.matches.models import Match, MatchList
from visavis.matches.models.ideal import IdealProfile
from visavis.people.enums import Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Vacancy

SOME = 8


@dataclass(frozen=True)
class Asking:
    """One person who asks, and what stands in the addresses of her pages; a visitor has no number."""

    user_id: int
    numbers: dict[str, int | str]


def people_of(role: str) -> list[Asking]:
    """Give some people of a role."""
    return WHO[role]()


def _visitors() -> list[Asking]:
    public = Vacancy.objects.public().order_by("pk").values_list("pk", flat=True)[:SOME]
    agency = Agency.objects.order_by("pk").values_list("pk", flat=True)[0]
    return [Asking(0, {"public": pk, "agency": agency}) for pk in public]


def _jobseekers() -> list[Asking]:
    """People with a full list and an introduction."""
    listed = MatchList.objects.filter(edition__is_served=True, jobseeker__isnull=False, length__gte=30)
    met = (
        Jobseeker.objects.looking()
        .filter(pk__in=listed.values("jobseeker"))
        .annotate(met=Count("introductions"))
        .filter(met__gt=0)
        .order_by("pk")[:SOME]
    )
    return [
        Asking(
            person.user_id,
            {
                "vacancy": Match.objects.for_jobseeker(person)
                .filter(vacancy__in=Vacancy.objects.open())[0]
                .vacancy_id,
                "introduction": person.introductions.latest("opened_at").pk,
            },
        )
        for person in met
    ]


def _counsellors() -> list[Asking]:
    found = []
    for member in Membership.objects.current().filter(role=Role.COUNSELLOR).order_by("pk")[:SOME]:
        theirs = Jobseeker.objects.filter(counsellor=member.user_id, is_looking=True)
        introduced = Introduction.objects.filter(jobseeker__in=theirs).latest("opened_at")
        numbers = {"person": introduced.jobseeker_id, "introduction": introduced.pk}
        found.append(Asking(member.user_id, numbers))
    return found


def _desk(role: Role) -> Callable[[], list[Asking]]:
    def found() -> list[Asking]:
        profile = IdealProfile.objects.order_by("pk").values_list("occupation", flat=True).first()
        members = Membership.objects.current().filter(role=role).order_by("pk")[:SOME]
        return [
            Asking(
                one.user_id,
                {
                    "agency": agency.pk,
                    "person": person,
                    "occupation": profile or "",
                },
            )
            for one in members
            for agency in Agency.objects.filter(organisation=one.organisation_id)
            for person in agency.jobseekers.order_by("pk").values_list("pk", flat=True)[: SOME // 2]
        ]

    return found


def _employers() -> list[Asking]:
    """The contacts of employers with the most vacancies somebody is introduced for."""
    busy = (
        Vacancy.objects.open()
        .filter(employer__organisation__isnull=False)
        .annotate(met=Count("introductions", filter=Q(introductions__employer_yes_at__isnull=False)))
        .filter(met__gt=0)
        .order_by("-met", "pk")
        .select_related("employer")
    )
    found: dict[int, Asking] = {}
    for vacancy in busy[: SOME * 4]:
        member = Membership.objects.filter(
            role=Role.EMPLOYER, organisation=vacancy.employer.organisation_id if vacancy.employer else None
        ).first()
        if member:
            introduction = vacancy.introductions.filter(employer_yes_at__isnull=False).latest("opened_at")
            numbers: dict[str, int | str] = {"own": vacancy.pk, "introduction": introduction.pk}
            found.setdefault(member.user_id, Asking(member.user_id, numbers))
    return list(found.values())[:SOME]


def _helpers() -> list[Asking]:
    """One who helps some jobseekers in all that she may be let; they let her where they had not yet."""
    helper = User.objects.filter(memberships__role=Role.HELPER, memberships__ends_on=None).earliest("pk")
    return [
        Asking(helper.pk, {"mandate": _mandate(helper, one.user_id).pk, **one.numbers})
        for one in people_of("jobseeker")
    ]


def _mandate(helper: User, person_id: int) -> Mandate:
    """Return what a helper holds of somebody, given now if it is not: half a year of every errand."""
    held = Mandate.objects.in_force().filter(helper=helper, person=person_id, errands=[*Code]).first()
    if held is not None:
        return held
    person = User.objects.get(pk=person_id)
    asked = services.Asked(Days.HALF, [*Code])
    _row, code = services.offer(person=person, asked=asked, by=person)
    return services.take(code=code, helper=helper)


def _protection() -> list[Asking]:
    """The data protection officers, who look at somebody's entries and at what somebody did."""
    last = Entry.objects.filter(person_id__isnull=False, actor_id__isnull=False).order_by("-pk")
    seen = last.values_list("pk", "person_id", "actor_id")[:SOME]
    officers = Membership.objects.current().filter(role=Role.PROTECTION).order_by("pk")
    return [
        Asking(one.user_id, {"entry": entry, "person": person, "actor": actor})
        for one in officers
        for entry, person, actor in seen
    ]


WHO: dict[str, Callable[[], list[Asking]]] = {
    "visitor": _visitors,
    "jobseeker": _jobseekers,
    "counsellor": _counsellors,
    "reception": _desk(Role.RECEPTION),
    "employer": _employers,
    "head": _desk(Role.HEAD),
    "helper": _helpers,
    "protection": _protection,
}
