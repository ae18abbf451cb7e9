"""People introduced and hired, in the database: as many as a test asks."""

import datetime as dt
from collections.abc import Sequence

from tests import factories
from visavis.catalog.models import OccupationSkill, Skill
from visavis.common import clock
from visavis.introductions.models import Hire, Introduction
from visavis.jobseekers.models import Experience, Jobseeker, SkillHeld
from visavis.vacancies.models import Vacancy

LONG_AGO = dt.timedelta(days=90)


def skill(code: str, label: str) -> Skill:
    """Make a skill that the baker's sheet names."""
    found: Skill = factories.SkillFactory(code=code, label_fr=label, label_en="")
    OccupationSkill.objects.get_or_create(
        occupation=factories.OccupationFactory(),
        skill=found,
        defaults={"is_essential": True, "source": "starter"},
    )
    return found


def introduce(
    vacancy: Vacancy, skills: Sequence[Skill], number: int = 1, **more: object
) -> list[Introduction]:
    """Put so many new people to the employer, each with these skills."""
    return [_introduce(vacancy, skills, more) for _ in range(number)]


def _introduce(vacancy: Vacancy, skills: Sequence[Skill], more: dict[str, object]) -> Introduction:
    jobseeker: Jobseeker = factories.JobseekerFactory(agency=None, **more)
    SkillHeld.objects.bulk_create(SkillHeld(jobseeker=jobseeker, skill=one, level=2) for one in skills)
    put: dict[str, object] = {"origin": "jobseeker", "state": "put"}
    put |= dict.fromkeys(("opened_at", "jobseeker_yes_at", "put_at"), clock.now() - LONG_AGO)
    return Introduction.objects.create(jobseeker=jobseeker, vacancy=vacancy, **put)


def hire(vacancy: Vacancy, skills: Sequence[Skill], number: int = 1, **more: object) -> list[Hire]:
    """Hire so many new people, each with these skills."""
    return [confirm(one) for one in introduce(vacancy, skills, number, **more)]


def confirm(introduction: Introduction) -> Hire:
    """Confirm the hire that an introduction led to."""
    now = clock.now()
    Introduction.objects.filter(pk=introduction.pk).update(
        state="hired", employer_yes_at=now - LONG_AGO, closed_at=now
    )
    seats = Hire.objects.filter(vacancy=introduction.vacancy).count()
    said = {"kind": "permanent", "starts_on": clock.today(), "declared_side": "employer", "seat": seats + 1}
    said |= {"confirmed_side": "jobseeker", "confirmed_at": now}
    return Hire.objects.create(introduction=introduction, vacancy=introduction.vacancy, **said)


def job(jobseeker: Jobseeker, starts_on: dt.date | None, months: int = 6, **more: object) -> Experience:
    """Add a job of a baker to a profile."""
    fields = {"title": "Boulanger", "occupation": factories.OccupationFactory()} | more
    return Experience.objects.create(jobseeker=jobseeker, starts_on=starts_on, months=months, **fields)
